package dev.freshet.server.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import dev.freshet.server.config.LoggingConfig;
import org.slf4j.LoggerFactory;

/** Sends the log to standard error, in the form and from the level that is configured. */
final class Logging {
  private static final String PLAIN = "%d{HH:mm:ss.SSS} %-5level %logger{0}  %msg%n";

  private Logging() {}

  /** For a command that talks to a server, and to people. */
  static void plain() {
    configure(new LoggingConfig(LoggingConfig.Format.PLAIN, LoggingConfig.Level.INFO));
  }

  static void configure(LoggingConfig config) {
    if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) return;
    context.reset();
    Encoder<ILoggingEvent> encoder = encoder(config.format());
    encoder.setContext(context);
    encoder.start();
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setTarget("System.err");
    appender.setEncoder(encoder);
    appender.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.toLevel(config.level().name()));
    root.addAppender(appender);
    if (config.level() == LoggingConfig.Level.DEBUG)
      context.getLogger("io.netty").setLevel(Level.INFO);
  }

  private static Encoder<ILoggingEvent> encoder(LoggingConfig.Format format) {
    if (format == LoggingConfig.Format.JSON) return json();
    PatternLayoutEncoder plain = new PatternLayoutEncoder();
    plain.setPattern(PLAIN);
    return plain;
  }

  /** The message as people read it, instead of its template and what goes into it. */
  private static JsonEncoder json() {
    JsonEncoder json = new JsonEncoder();
    json.setWithMessage(false);
    json.setWithArguments(false);
    json.setWithFormattedMessage(true);
    return json;
  }
}
