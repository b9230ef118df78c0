/**
 * The Java client: publishes, reads and writes states, and subscribes by blocking pull. {@code
 * dev.freshet.client.push} calls a listener instead. Imports nothing else of ours.
 */
@NullMarked
package dev.freshet.client;

import org.jspecify.annotations.NullMarked;
