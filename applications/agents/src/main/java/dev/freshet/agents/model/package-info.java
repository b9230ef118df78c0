/** Models: those of providers, through LangChain4j, and the scripted one that needs no network. */
@NullMarked
package dev.freshet.agents.model;

import org.jspecify.annotations.NullMarked;
