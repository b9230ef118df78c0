package dev.freshet.server.config;

/**
 * A setting that stops the start; its message is one line with key, value and what is allowed (R2).
 */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ConfigException(String message) {
    super(message, null, false, false);
  }

  public static ConfigException value(String key, String value, String allowed) {
    return new ConfigException(
        key + ": '" + value.replaceAll("\\p{Cntrl}", " ") + "' is not allowed; " + allowed);
  }
}
