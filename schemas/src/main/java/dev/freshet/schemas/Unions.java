package dev.freshet.schemas;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Sealed interfaces, whose records say by a property which of them they are. */
final class Unions {
  private Unions() {}

  /** The records that it permits, also by way of other sealed interfaces, in order. */
  static List<Class<?>> members(Class<?> sealed) {
    if (!sealed.isSealed()) throw new IllegalArgumentException(sealed + " is not sealed");
    return Arrays.stream(sealed.getPermittedSubclasses())
        .flatMap(type -> type.isSealed() ? members(type).stream() : Stream.of(type))
        .<Class<?>>map(type -> type)
        .distinct()
        .toList();
  }

  /** What tells a record from the others of its union. */
  static String name(Class<?> record) {
    JsonTypeName name = record.getAnnotation(JsonTypeName.class);
    if (name != null) return name.value();
    throw new IllegalArgumentException(record.getName() + " has no @JsonTypeName");
  }

  /** The property that the name is in; none for a record that is in no such union. */
  static Optional<String> discriminator(Class<?> type) {
    JsonTypeInfo info = info(type).orElse(null);
    if (info == null) return Optional.empty();
    if (info.use() != JsonTypeInfo.Id.NAME || info.include() != JsonTypeInfo.As.PROPERTY)
      throw new IllegalArgumentException(
          type.getName() + " is not told from others by a name in a property");
    String property = info.property();
    return Optional.of(property.isEmpty() ? info.use().getDefaultPropertyName() : property);
  }

  private static Optional<JsonTypeInfo> info(Class<?> type) {
    return Stream.concat(
            Stream.ofNullable(type.getAnnotation(JsonTypeInfo.class)),
            Arrays.stream(type.getInterfaces()).flatMap(i -> info(i).stream()))
        .findFirst();
  }
}
