package dev.freshet.tasks.transfer;

import dev.freshet.application.ProblemException;
import dev.freshet.event.Json;
import dev.freshet.tasks.Failures;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a transfer is to do, as a request says it.
 *
 * @param directory below the tenant's part of the root; empty for that itself
 */
record TransferParams(
    List<Item> items,
    String root,
    String directory,
    boolean overwrite,
    OptionalInt parallelParts,
    OptionalLong bandwidth) {
  private static final Set<String> MEMBERS =
      Set.of("sources", "root", "directory", "overwrite", "parallelParts", "bandwidth");
  private static final Set<String> SOURCE_MEMBERS =
      Set.of("url", "name", "size", "sha256", "authorization");
  private static final int MAX_URL = 4000;
  private static final int MIN_BANDWIDTH = 1024;

  /**
   * @throws ProblemException if something is not right
   */
  static TransferParams of(JsonNode params, Roots roots) {
    Reader reader = new Reader(params, "/params");
    reader.requireMembers(MEMBERS);
    JsonNode sources = params.path("sources");
    if (!sources.isArray() || sources.isEmpty())
      throw reader.invalid("sources", "is to be a list of at least one source");
    List<Item> items = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < sources.size(); i++) {
      Reader source = new Reader(sources.get(i), "/params/sources/" + i);
      Item item = item(source);
      if (!names.add(item.name()))
        throw source.invalid("name", "'" + item.name() + "' is another source's, too");
      items.add(item);
    }
    String directory = reader.text("directory").orElse("");
    if (!Names.validDirectory(directory))
      throw reader.invalid(
          "directory",
          "is to be names joined by '/', without '..', '\\', ':' or control characters");
    return new TransferParams(
        items,
        root(reader, roots),
        directory,
        reader.truth("overwrite"),
        reader.number("parallelParts", 1).stream().mapToInt(Math::toIntExact).findFirst(),
        reader.number("bandwidth", MIN_BANDWIDTH));
  }

  private static String root(Reader reader, Roots roots) {
    Optional<String> named = reader.text("root");
    if (named.isEmpty() && roots.names().size() == 1) return roots.names().getFirst();
    return named
        .filter(roots.names()::contains)
        .orElseThrow(
            () -> reader.invalid("root", "is to be one of " + String.join(", ", roots.names())));
  }

  private static Item item(Reader reader) {
    reader.requireMembers(SOURCE_MEMBERS);
    URI url =
        reader
            .text("url")
            .filter(text -> text.length() <= MAX_URL)
            .flatMap(Urls::parse)
            .orElseThrow(() ->
                reader.invalid(
                    "url",
                    "is to be an http, https or file URL of at most "
                        + MAX_URL
                        + " characters, without user name and password (use 'authorization')"));
    String name = reader.text("name").orElseGet(() -> Urls.lastSegment(url));
    if (!Names.valid(name))
      throw reader.invalid(
          "name",
          "is to be a file's name of 1 to "
              + Names.MAX_BYTES
              + " bytes, not '..', without '/', '\\', ':' or control characters");
    return new Item(
        url,
        name,
        reader.number("size", 0).stream().boxed().findFirst(),
        reader.matching("sha256", "[0-9a-fA-F]{64}").map(sum -> sum.toLowerCase(Locale.ROOT)),
        reader.matching("authorization", "[ -~]{1,4000}"));
  }

  /** As readers of the task see it: without credentials. */
  ObjectNode shown() {
    ObjectNode shown = Json.MAPPER.createObjectNode();
    ArrayNode sources = shown.putArray("sources");
    for (Item item : items) {
      ObjectNode source = sources.addObject().put("url", Urls.shown(item.url()));
      source.put("name", item.name());
      item.size().ifPresent(size -> source.put("size", size));
      item.sha256().ifPresent(sum -> source.put("sha256", sum));
    }
    shown.put("root", root).put("directory", directory).put("overwrite", overwrite);
    parallelParts.ifPresent(parts -> shown.put("parallelParts", parts));
    bandwidth.ifPresent(bytes -> shown.put("bandwidth", bytes));
    return shown;
  }

  /** Members of an object, with their place for messages. */
  private record Reader(JsonNode object, String pointer) {
    void requireMembers(Set<String> known) {
      if (!object.isObject()) throw Failures.invalid("body", pointer, "is to be an object");
      for (String member : object.propertyNames()) {
        if (!known.contains(member)) throw invalid(member, "is not known here");
      }
    }

    ProblemException invalid(String member, String detail) {
      return Failures.invalid("body", pointer + "/" + member, detail);
    }

    Optional<String> text(String member) {
      JsonNode value = object.path(member);
      if (value.isMissingNode() || value.isNull()) return Optional.empty();
      if (!value.isString()) throw invalid(member, "is to be a text");
      return Optional.of(value.stringValue());
    }

    Optional<String> matching(String member, String pattern) {
      Optional<String> text = text(member);
      if (text.isPresent() && !text.get().matches(pattern))
        throw invalid(member, "does not match " + pattern);
      return text;
    }

    OptionalLong number(String member, long least) {
      JsonNode value = object.path(member);
      if (value.isMissingNode() || value.isNull()) return OptionalLong.empty();
      if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < least)
        throw invalid(member, "is to be a whole number, at least " + least);
      return OptionalLong.of(value.longValue());
    }

    boolean truth(String member) {
      JsonNode value = object.path(member);
      if (value.isMissingNode() || value.isNull()) return false;
      if (!value.isBoolean()) throw invalid(member, "is to be true or false");
      return value.booleanValue();
    }
  }
}
