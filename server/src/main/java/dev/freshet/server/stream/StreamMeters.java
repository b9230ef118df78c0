package dev.freshet.server.stream;

import dev.freshet.subscription.EndReason;
import dev.freshet.subscription.ResetReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * What streams count. Thread-safe; the counts on the delivery path are adders, which the registry
 * reads.
 */
final class StreamMeters {
  final LongAdder deliveries = new LongAdder();
  final LongAdder bytes = new LongAdder();
  final LongAdder slow = new LongAdder();
  final LongAdder resumed = new LongAdder();
  final LongAdder pages = new LongAdder();
  private final MeterRegistry registry;

  /** The registry does not hold on to it. */
  @SuppressWarnings({"unused", "FieldCanBeLocal"})
  private final LongSupplier encoded;

  StreamMeters(MeterRegistry registry, IntSupplier open, LongSupplier encoded) {
    this.registry = registry;
    this.encoded = encoded;
    FunctionCounter.builder("freshet.stream.encodings", encoded, LongSupplier::getAsLong)
        .description("Frames encoded, each for all who see the same")
        .register(registry);
    count("freshet.stream.deliveries", "Events and states delivered", deliveries);
    count("freshet.stream.bytes", "Bytes of streams handed to connections", bytes);
    count("freshet.stream.slow", "Times that a live reader fell out of the shared pages", slow);
    count("freshet.stream.resumed", "Streams that resumed after a position (replay)", resumed);
    count("freshet.stream.pages", "Pages answered (polling)", pages);
    Gauge.builder("freshet.stream.connections", open::getAsInt)
        .description("Open streams")
        .register(registry);
    for (ResetReason reason : ResetReason.values()) resets(reason);
    for (EndReason reason : EndReason.values()) ends(reason.wire());
  }

  private void count(String name, String description, LongAdder adder) {
    FunctionCounter.builder(name, adder, LongAdder::sum)
        .description(description)
        .register(registry);
  }

  void reset(ResetReason reason) {
    resets(reason).increment();
  }

  void ended(String reason) {
    ends(reason).increment();
  }

  private Counter resets(ResetReason reason) {
    return Counter.builder("freshet.stream.resets")
        .description("Streams that could not be continued from where the client was")
        .tag("reason", reason.wire())
        .register(registry);
  }

  private Counter ends(String reason) {
    return Counter.builder("freshet.stream.ends")
        .description("Streams that are over, by reason")
        .tag("reason", reason)
        .register(registry);
  }
}
