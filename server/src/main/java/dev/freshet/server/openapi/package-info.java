/**
 * The routes as the OpenAPI documents describe them: routing and validation, and nothing beside
 * them.
 */
@NullMarked
package dev.freshet.server.openapi;

import org.jspecify.annotations.NullMarked;
