package dev.freshet.proxy;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a document is here, and where upstream: two templates with parameters in braces.
 *
 * @param path such as {@code /live/orders/{id}}; a parameter is a whole segment
 * @param upstream an absolute URL with the same parameters in its path or query
 */
record Paths(String path, String upstream) {
  static final String PATH_ALLOWED =
      "is a path such as /live/orders/{id}: each parameter a segment of its own, and named once";
  static final String UPSTREAM_ALLOWED =
      "is a URL such as https://orders.example/orders/{id}: http or https, without user, fragment or \"..\", and with no parameters but the path's, none of them in the host";

  /** What a parameter may be: one segment that stays one, however often it is decoded. */
  static final String VALUE = "^(?!\\.{1,2}$)[^/\\\\%\\u0000-\\u001f\\u007f]{1,200}$";

  private static final Pattern PATH =
      Pattern.compile("(/([A-Za-z0-9_~-][A-Za-z0-9._~-]*|\\{[A-Za-z]\\w*}))+");
  private static final Pattern PARAMETER = Pattern.compile("\\{([^{}]*)}");
  private static final Pattern ALLOWED = Pattern.compile(VALUE);
  private static final String UNRESERVED = "-._~";

  /**
   * @throws IllegalArgumentException if it is no path that can be served
   */
  static void checkPath(String path) {
    List<String> names = names(path);
    if (!PATH.matcher(path).matches() || new HashSet<>(names).size() != names.size())
      throw new IllegalArgumentException(path);
  }

  /**
   * @throws IllegalArgumentException if it is no URL of documents, or has parameters of its own
   */
  void checkUpstream() {
    URI origin = parse(upstream.replaceAll("[{}]", ""));
    boolean known = names(path).containsAll(names(upstream));
    boolean plain =
        known
            && List.of("http", "https").contains(scheme(origin))
            && origin.getHost() != null
            && origin.getRawUserInfo() == null
            && origin.getRawFragment() == null
            && upstream.indexOf('{') != 0
            && !List.of(origin.getRawPath().split("/", -1)).contains("..");
    int slash = upstream.indexOf('/', upstream.indexOf("//") + 2);
    String authority = slash < 0 ? upstream : upstream.substring(0, slash);
    if (!plain || authority.matches(".*[{}?].*") || stray(upstream))
      throw new IllegalArgumentException(upstream);
  }

  /** The names of the parameters, in order. */
  static List<String> names(String template) {
    List<String> names = new ArrayList<>();
    Matcher parameter = PARAMETER.matcher(template);
    while (parameter.find()) names.add(parameter.group(1));
    return names;
  }

  /**
   * Upstream's URL of one document.
   *
   * @throws IllegalArgumentException if a value is not a segment
   */
  URI upstream(Map<String, String> values) {
    return URI.create(
        PARAMETER
            .matcher(upstream)
            .replaceAll(found ->
                Matcher.quoteReplacement(
                    encode(Objects.requireNonNull(values.get(found.group(1)))))));
  }

  private static String encode(String value) {
    if (!ALLOWED.matcher(value).matches()) throw new IllegalArgumentException("not a segment");
    StringBuilder encoded = new StringBuilder();
    for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      boolean plain = c < 128 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0);
      if (plain) encoded.append(c);
      else encoded.append('%').append(String.format(Locale.ROOT, "%02X", (int) c));
    }
    return encoded.toString();
  }

  private static URI parse(String url) {
    try {
      return new URI(url);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(url, e);
    }
  }

  private static String scheme(URI uri) {
    return uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
  }

  /** Whether there are braces that are no parameter's. */
  private static boolean stray(String template) {
    return PARAMETER.matcher(template).replaceAll("").matches(".*[{}].*");
  }
}
