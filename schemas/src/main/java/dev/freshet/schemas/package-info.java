/** JSON Schemas of the records that clients get, for the tests of those who declare them. */
@NullMarked
package dev.freshet.schemas;

import org.jspecify.annotations.NullMarked;
