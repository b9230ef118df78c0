/** Load from separate processes; see {@code benchmarks/RESULTS.md}. */
@NullMarked
package dev.freshet.benchmarks.load;

import org.jspecify.annotations.NullMarked;
