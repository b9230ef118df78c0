package dev.freshet.agents.route;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds what a record that was read lacks. */
final class Members {
  private Members() {}

  /** The first member, with those around it, that is missing though it may not be. */
  static Optional<String> missing(Record record) {
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      Optional<String> lacks =
          missing(component, value(component, record))
              .map(path -> "/" + component.getName() + path);
      if (lacks.isPresent()) return lacks;
    }
    return Optional.empty();
  }

  private static Optional<String> missing(RecordComponent component, @Nullable Object value) {
    if (value == null) {
      boolean optional = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
      return optional ? Optional.empty() : Optional.of("");
    }
    if (value instanceof Record inner) return missing(inner);
    if (!(value instanceof List<?> list)) return Optional.empty();
    for (int i = 0; i < list.size(); i++) {
      if (!(list.get(i) instanceof Record inner)) continue;
      String place = "/" + i;
      Optional<String> lacks = missing(inner).map(path -> place + path);
      if (lacks.isPresent()) return lacks;
    }
    return Optional.empty();
  }

  private static @Nullable Object value(RecordComponent component, Record record) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
