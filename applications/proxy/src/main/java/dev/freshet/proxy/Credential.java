package dev.freshet.proxy;

/**
 * What a caller shows to upstream. Shown to nobody else.
 *
 * @param authorization the header's value
 */
record Credential(String authorization) {
  @Override
  public String toString() {
    return "a credential";
  }
}
