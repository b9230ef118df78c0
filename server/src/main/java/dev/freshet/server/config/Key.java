package dev.freshet.server.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One key that can be set.
 *
 * @param type of the value, or of the items where it is a list
 */
record Key(String name, Class<?> type, boolean list, Setting setting) {
  private static final String ITEM = "[].";
  private static final Pattern INDEX = Pattern.compile("\\[(0|[1-9]\\d{0,3})]");

  /** The keys of a record and of the records in it, in order. */
  static List<Key> of(Class<?> record, String prefix) {
    List<Key> keys = new ArrayList<>();
    for (RecordComponent component : record.getRecordComponents()) {
      String name = prefix + component.getName();
      if (component.isAnnotationPresent(Setting.class)) keys.add(of(component, prefix));
      else if (component.getType() == List.class) keys.addAll(of(item(component), name + ITEM));
      else keys.addAll(of(component.getType(), name + "."));
    }
    return keys;
  }

  static Key of(RecordComponent component, String prefix) {
    boolean list = component.getType() == List.class;
    Class<?> type = list ? item(component) : component.getType();
    return new Key(
        prefix + kebab(component.getName()), type, list, component.getAnnotation(Setting.class));
  }

  /** The type of a list's items. */
  static Class<?> item(RecordComponent list) {
    return (Class<?>) ((ParameterizedType) list.getGenericType()).getActualTypeArguments()[0];
  }

  /** Whether this is one key of each item of a list, {@code resources[].path}. */
  boolean repeated() {
    return name.contains(ITEM);
  }

  /** Whether a name is this key's, {@code resources[7].path} of {@code resources[].path}. */
  boolean matches(String other) {
    Matcher item = INDEX.matcher(other);
    return repeated() ? item.find() && name.equals(item.replaceFirst("[]")) : name.equals(other);
  }

  /**
   * The key that a variable names; {@code FRESHET_RESOURCES_7_PATH} is {@code resources[7].path}.
   */
  Optional<String> named(String variable) {
    if (!repeated()) return Optional.of(name).filter(own -> environment().equals(variable));
    Matcher found = Pattern.compile(environment().replace("_0_", "_(\\d{1,4})_")).matcher(variable);
    return found.matches()
        ? Optional.of(name.replace("[]", "[" + Integer.parseInt(found.group(1)) + "]"))
        : Optional.empty();
  }

  /** {@code stream.heartbeat} is {@code FRESHET_STREAM_HEARTBEAT}; of a list, its first item's. */
  String environment() {
    return "FRESHET_"
        + name.replace("[]", ".0").replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
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
