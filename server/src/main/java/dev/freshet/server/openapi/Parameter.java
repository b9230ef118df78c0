package dev.freshet.server.openapi;

import com.networknt.schema.Schema;
import java.util.Set;

/**
 * A parameter of an operation.
 *
 * @param in {@code path}, {@code query} or {@code header}
 * @param explode whether the items of a list are repeated parameters; otherwise they are joined by
 *     commas
 * @param rest whether a path parameter takes what is left of the path, slashes included
 * @param kinds the JSON types that its schema admits
 */
record Parameter(
    String name,
    String in,
    boolean required,
    boolean explode,
    boolean rest,
    Set<String> kinds,
    Schema schema) {}
