package dev.freshet.server.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
      if (component.getType() == List.class) return items(component, prefix, texts);
      return bind(component.getType(), prefix + component.getName() + ".", texts);
    }
    Key key = Key.of(component, prefix);
    return key.parse(texts.getOrDefault(key.name(), key.setting().value()));
  }

  /** An item for each number in brackets, which begin at 0 and leave none out. */
  private static List<?> items(
      RecordComponent component, String prefix, Map<String, String> texts) {
    String name = prefix + component.getName();
    Pattern item = Pattern.compile(Pattern.quote(name) + "\\[(\\d+)]\\..*");
    List<Integer> numbers =
        texts.keySet().stream()
            .map(item::matcher)
            .filter(Matcher::matches)
            .map(found -> Integer.parseInt(found.group(1)))
            .distinct()
            .sorted()
            .toList();
    for (int i = 0; i < numbers.size(); i++) {
      if (numbers.get(i) != i)
        throw new ConfigException(
            name
                + "["
                + numbers.get(i)
                + "]: there is no "
                + name
                + "["
                + i
                + "]; allowed are items numbered from 0");
    }
    return numbers.stream()
        .map(i -> bind(itemType(component), name + "[" + i + "].", texts))
        .toList();
  }

  private static Class<? extends Record> itemType(RecordComponent list) {
    return Key.item(list).asSubclass(Record.class);
  }

  /** What {@link #bind} would make the same of, secrets aside. */
  static Map<String, String> texts(Record bound, String prefix) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (RecordComponent component : bound.getClass().getRecordComponents()) {
      Object value = read(component, bound);
      if (!component.isAnnotationPresent(Setting.class) && value instanceof List<?> items) {
        for (int i = 0; i < items.size(); i++)
          texts.putAll(texts((Record) items.get(i), prefix + component.getName() + "[" + i + "]."));
      } else if (value instanceof Record nested && !component.isAnnotationPresent(Setting.class)) {
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
