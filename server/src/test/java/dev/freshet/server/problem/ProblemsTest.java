package dev.freshet.server.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.freshet.event.Json;
import dev.freshet.event.Topic;
import dev.freshet.event.TopicPattern;
import dev.freshet.log.LogException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

class ProblemsTest {
  private static final Topic TOPIC = Topic.of("a");

  static Stream<Arguments> failures() {
    return Stream.of(
        arguments(new LogException.VersionConflict(TOPIC, 1, 2), ErrorCode.VERSION_MISMATCH),
        arguments(new LogException.TopicEnded(TOPIC), ErrorCode.TOPIC_ENDED),
        arguments(new LogException.StorageFull("full", new IOException()), ErrorCode.STORAGE_FULL),
        arguments(
            new LogException.StorageFailed("broken", new IOException()), ErrorCode.STORAGE_FAILED),
        arguments(new LogException.Closed(), ErrorCode.DRAINING),
        arguments(new InterruptedException(), ErrorCode.DRAINING),
        arguments(thrown(() -> Topic.of("a b")), ErrorCode.INVALID_TOPIC),
        arguments(thrown(() -> TopicPattern.of("a/**/b")), ErrorCode.INVALID_PATTERN),
        arguments(new IllegalStateException("secret detail"), ErrorCode.INTERNAL),
        arguments(new OutOfMemoryError("secret detail"), ErrorCode.INTERNAL));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void failure_hasACode_R4(Throwable failure, ErrorCode code) {
    assertThat(Problems.from(failure).code()).isEqualTo(code);
  }

  @Test
  void write_refusedByTheStore_isLoggedByTheStoreAlone() {
    Logger logger = (Logger) LoggerFactory.getLogger(Problems.class);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    logger.addAppender(log);
    Problems.from(new LogException.StorageFull("full", new IOException()));
    Problems.from(new LogException.StorageFailed("broken", new IOException()));
    logger.detachAppender(log);
    assertThat(log.list).noneMatch(line -> line.getLevel().isGreaterOrEqual(Level.INFO));
  }

  @Test
  void failure_unexpected_tellsTheClientNothingOfIt_R4() {
    HttpProblem problem = Problems.from(new IllegalStateException("secret detail"));
    assertThat(Json.trusted(ProblemJson.of(problem)).toString())
        .doesNotContain("secret", "Exception", "at dev.")
        .contains("incident");
  }

  @Test
  void codes_areThoseOfTheProtocol_R4() throws IOException {
    String protocol = Files.readString(Path.of("..", "PROTOCOL.md"));
    String table =
        protocol.substring(
            protocol.indexOf("| code | status"), protocol.indexOf("\n- **R1** Every bound"));
    for (ErrorCode code : ErrorCode.values()) {
      Pattern row =
          Pattern.compile(
              "^\\|[^|]*`" + code.wire() + "`[^|]*\\| " + code.status() + " \\| ([^|]*) \\|",
              Pattern.MULTILINE);
      var match = row.matcher(table);
      assertThat(match.find()).as(code.wire()).isTrue();
      assertThat(match.group(1).equals("yes")).as(code.wire()).isEqualTo(code.retryable());
    }
    assertThat(Pattern.compile("`[a-z_]+`").matcher(table).results().count())
        .isEqualTo(ErrorCode.values().length);
  }

  private static Throwable thrown(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      return e;
    }
    throw new AssertionError("nothing was thrown");
  }
}
