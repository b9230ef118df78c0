/** Freshet as a library: open a store, get a tenant, publish and subscribe. */
@NullMarked
package dev.freshet;

import org.jspecify.annotations.NullMarked;
