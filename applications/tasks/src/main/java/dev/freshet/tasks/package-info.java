/** Long jobs with sub-tasks and progress, of which anybody may watch what they may read. */
@NullMarked
package dev.freshet.tasks;

import org.jspecify.annotations.NullMarked;
