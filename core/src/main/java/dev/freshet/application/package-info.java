/** What an application contributes: operations, feeds and their OpenAPI description. */
@NullMarked
package dev.freshet.application;

import org.jspecify.annotations.NullMarked;
