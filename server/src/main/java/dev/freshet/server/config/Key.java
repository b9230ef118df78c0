package dev.freshet.server.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One key that can be set.
 *
 * @param type of the value, or of the items where it is a list
 */
record Key(String name, Class<?> type, boolean list, Setting setting) {
  /** The keys of a record and of the records in it, in order. */
  static List<Key> of(Class<?> record, String prefix) {
    List<Key> keys = new ArrayList<>();
    for (RecordComponent component : record.getRecordComponents()) {
      if (component.isAnnotationPresent(Setting.class)) {
        keys.add(of(component, prefix));
      } else {
        keys.addAll(of(component.getType(), prefix + component.getName() + "."));
      }
    }
    return keys;
  }

  static Key of(RecordComponent component, String prefix) {
    boolean list = component.getType() == List.class;
    Class<?> type =
        list
            ? (Class<?>)
                ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0]
            : component.getType();
    return new Key(
        prefix + kebab(component.getName()), type, list, component.getAnnotation(Setting.class));
  }

  /** {@code stream.heartbeat} is {@code FRESHET_STREAM_HEARTBEAT}. */
  String environment() {
    return "FRESHET_" + name.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
  }

  Object parse(String text) {
    try {
      Object value = list ? Values.list(type, text) : Values.parse(type, text);
      if (!inRange(value)) throw new IllegalArgumentException(text);
      return value;
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw ConfigException.value(name, text, allowed());
    }
  }

  String allowed() {
    String bounds =
        setting.max().isEmpty()
            ? setting.min().isEmpty() ? "" : ", at least " + setting.min()
            : ", from " + setting.min() + " to " + setting.max();
    return "allowed is "
        + (list && type == String.class ? "a list joined by commas" : Values.describe(type))
        + bounds;
  }

  private boolean inRange(Object value) {
    return (setting.min().isEmpty() || compare(value, Values.parse(type, setting.min())) >= 0)
        && (setting.max().isEmpty() || compare(value, Values.parse(type, setting.max())) <= 0);
  }

  @SuppressWarnings("unchecked")
  private static int compare(Object a, Object b) {
    return ((Comparable<Object>) a).compareTo(b);
  }

  private static String kebab(String camel) {
    return camel.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
