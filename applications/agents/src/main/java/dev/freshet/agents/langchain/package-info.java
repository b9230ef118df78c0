/** Tells of the runs of assistants that were made with LangChain4j. */
@NullMarked
package dev.freshet.agents.langchain;

import org.jspecify.annotations.NullMarked;
