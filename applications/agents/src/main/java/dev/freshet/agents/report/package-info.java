/** How an agent elsewhere tells a server of its run (PROTOCOL §8.9, Reporting). */
@NullMarked
package dev.freshet.agents.report;

import org.jspecify.annotations.NullMarked;
