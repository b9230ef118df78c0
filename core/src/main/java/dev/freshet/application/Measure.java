package dev.freshet.application;

import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * A number that an application keeps, for those who watch over the server; of all tenants together.
 *
 * @param name lower-case words joined by dots
 * @param counts whether it only grows, from the start of the server on
 * @param labels that tell it from others of its name, few values each
 * @param value read when somebody asks, on any thread; does not block
 */
public record Measure(
    String name,
    String description,
    boolean counts,
    Map<String, String> labels,
    DoubleSupplier value) {
  public Measure {
    labels = Map.copyOf(labels);
  }

  /** How often something has happened. */
  public static Measure counter(String name, String description, DoubleSupplier value) {
    return new Measure(name, description, true, Map.of(), value);
  }

  /** How much there is of something now. */
  public static Measure gauge(String name, String description, DoubleSupplier value) {
    return new Measure(name, description, false, Map.of(), value);
  }

  public Measure of(String label, String is) {
    return new Measure(name, description, counts, Map.of(label, is), value);
  }
}
