package dev.freshet.microscopy;

import tools.jackson.databind.node.ObjectNode;

/**
 * An entity and where it is kept.
 *
 * @param value as its kind's response schema says
 */
record Entity(Place place, ObjectNode value) {
  String status() {
    return value.path("status").asString();
  }
}
