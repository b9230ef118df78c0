package dev.freshet.proxy;

/** A setting of a proxied resource that is not allowed. */
public final class SettingException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int index;
  private final String key;
  private final String value;
  private final String allowed;

  SettingException(int index, String key, String value, String allowed) {
    super(key + " of resource " + index + ": '" + value + "'; allowed " + allowed);
    this.index = index;
    this.key = key;
    this.value = value;
    this.allowed = allowed;
  }

  /** Which resource, from 0. */
  public int index() {
    return index;
  }

  public String key() {
    return key;
  }

  public String value() {
    return value;
  }

  /** The rest of a sentence that begins with "allowed". */
  public String allowed() {
    return allowed;
  }
}
