package dev.freshet.server.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes the records from texts by key, with the defaults where there is none. */
final class Binder {
  private Binder() {}

  static <T> T bind(Class<T> record, String prefix, Map<String, String> texts) {
    RecordComponent[] components = record.getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    Object[] values = Arrays.stream(components).map(c -> value(c, prefix, texts)).toArray();
    try {
      return record.getDeclaredConstructor(types).newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof ConfigException cause) throw cause;
      throw new IllegalStateException(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object value(RecordComponent component, String prefix, Map<String, String> texts) {
    if (!component.isAnnotationPresent(Setting.class)) {
      return bind(component.getType(), prefix + component.getName() + ".", texts);
    }
    Key key = Key.of(component, prefix);
    return key.parse(texts.getOrDefault(key.name(), key.setting().value()));
  }

  /** What {@link #bind} would make the same of, secrets aside. */
  static Map<String, String> texts(Record bound, String prefix) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (RecordComponent component : bound.getClass().getRecordComponents()) {
      Object value = read(component, bound);
      if (value instanceof Record nested && !component.isAnnotationPresent(Setting.class)) {
        texts.putAll(texts(nested, prefix + component.getName() + "."));
      } else {
        Key key = Key.of(component, prefix);
        texts.put(key.name(), shown(key, Values.text(value)));
      }
    }
    return texts;
  }

  private static String shown(Key key, String text) {
    return key.setting().secret() && !text.isEmpty() ? "set" : text;
  }

  private static Object read(RecordComponent component, Record bound) {
    try {
      return component.getAccessor().invoke(bound);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
