/**
 * HTTP to hosts that others name: only to addresses that may be reached. Imports nothing of ours.
 */
@NullMarked
package dev.freshet.net;

import org.jspecify.annotations.NullMarked;
