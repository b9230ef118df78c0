package dev.freshet.runtime;

import dev.freshet.event.Json;
import dev.freshet.log.Revision.Cause;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A named part of a runtime: the type of its values, the first of them, and the reducers that
 * change it, one for a type of actions. Immutable.
 *
 * <pre>{@code
 * Slice<Cart> cart =
 *     Slice.of("cart", Cart.class, Cart.EMPTY)
 *         .allow("cart.add", Item.class, Cart::plus)
 *         .on("cart.paid", Receipt.class, (held, receipt) -> Cart.EMPTY);
 * }</pre>
 */
public final class Slice<T extends @Nullable Object> {
  private final String name;
  private final Class<?> type;
  private final Json initial;
  private final Map<String, Rule> rules;
  private final boolean showsPayload;

  /**
   * What an action does to the slice.
   *
   * @param outside whether actions from outside of the program may
   */
  private record Rule(Step step, boolean outside) {}

  private interface Step {
    @Nullable Object apply(@Nullable Object value, Action action);
  }

  private Slice(
      String name, Class<?> type, Json initial, Map<String, Rule> rules, boolean showsPayload) {
    this.name = Names.checked("slice", name);
    this.type = type;
    this.initial = initial;
    this.rules = rules;
    this.showsPayload = showsPayload;
  }

  /**
   * @param type a record, a scalar, or a tree; what Jackson writes of its values it reads again
   */
  public static <T extends @Nullable Object> Slice<T> of(
      String name, Class<? extends T> type, T initial) {
    return new Slice<>(name, type, Json.from(initial), Map.of(), false);
  }

  /** With a reducer for actions of the program itself. */
  public <P extends @Nullable Object> Slice<T> on(
      String action, Class<? extends P> payload, Reducer<T, P> reducer) {
    return with(action, step(payload, reducer), false);
  }

  /** The same for an action whose payload does not matter. */
  public Slice<T> on(String action, UnaryOperator<T> reducer) {
    return with(action, step(reducer), false);
  }

  /** With a reducer for actions of the program and, where grants permit, of its clients. */
  public <P extends @Nullable Object> Slice<T> allow(
      String action, Class<? extends P> payload, Reducer<T, P> reducer) {
    return with(action, step(payload, reducer), true);
  }

  /** The same for an action whose payload does not matter. */
  public Slice<T> allow(String action, UnaryOperator<T> reducer) {
    return with(action, step(reducer), true);
  }

  /**
   * Whoever sees a change sees the payload of the action that made it; otherwise nobody does, for
   * it is not kept.
   */
  public Slice<T> showPayload() {
    return new Slice<>(name, type, initial, rules, true);
  }

  private Slice<T> with(String action, Step step, boolean outside) {
    Map<String, Rule> more = new LinkedHashMap<>(rules);
    if (more.put(action, new Rule(step, outside)) != null)
      throw new IllegalArgumentException(
          "slice '" + name + "' has a reducer for '" + action + "' already");
    return new Slice<>(name, type, initial, more, showsPayload);
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // What is read is of the slice's type.
  private static <T extends @Nullable Object, P extends @Nullable Object> Step step(
      Class<? extends P> payload, Reducer<T, P> reducer) {
    return (value, action) -> reducer.reduce((T) value, (P) payload(action, payload));
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // What is read is of the slice's type.
  private static <T extends @Nullable Object> Step step(UnaryOperator<T> reducer) {
    return (value, action) -> reducer.apply((T) value);
  }

  private static Object payload(Action action, Class<?> type) {
    try {
      Object payload = action.payload().as(type);
      if (payload != null) return payload;
    } catch (JacksonException mismatch) {
      throw new ActionException.Invalid(action.type(), mismatch.getOriginalMessage());
    }
    throw new ActionException.Invalid(action.type(), "it is null");
  }

  public String name() {
    return name;
  }

  JsonNode initial() {
    return initial.node();
  }

  /** Whether an action changes this. */
  boolean takes(Action action, boolean outside) {
    Rule rule = rules.get(action.type());
    return rule != null && (rule.outside() || !outside);
  }

  /** What the action makes of the value. */
  JsonNode reduce(JsonNode value, Action action) {
    Rule rule = rules.get(action.type());
    if (rule == null) throw new IllegalArgumentException("no reducer for '" + action.type() + "'");
    return Json.from(rule.step().apply(read(value), action)).node();
  }

  @Nullable Object read(JsonNode value) {
    try {
      return Json.MAPPER.treeToValue(value, type);
    } catch (JacksonException other) {
      throw new IllegalStateException(
          "slice '" + name + "' holds what is not a " + type.getSimpleName(), other);
    }
  }

  /** What a change says of the action that made it. */
  Cause cause(Action action) {
    return new Cause(action.type(), action.id(), showsPayload ? action.payload() : null);
  }
}
