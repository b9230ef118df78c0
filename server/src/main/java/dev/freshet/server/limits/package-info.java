/** Rates and bounds per principal (R1). */
@NullMarked
package dev.freshet.server.limits;

import org.jspecify.annotations.NullMarked;
