package dev.freshet.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonTypeName;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.freshet.event.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The JSON Schema of what an application sends: a definition for each record, enum and sealed
 * interface, and a property for each type of event. The clients' types are made from the file that
 * it is written to.
 */
public final class PayloadSchema {
  private static final String IRI = "https://freshet.test/payloads.schema.json";

  private final String title;
  private final String description;
  private final Map<String, Class<?>> events = new LinkedHashMap<>();
  private final Set<Class<?>> types = new LinkedHashSet<>();
  private final Map<Class<?>, String> names = new LinkedHashMap<>();

  /**
   * @param title of the map from the types of events to their payloads
   * @param description of that map, for people
   */
  public PayloadSchema(String title, String description) {
    this.title = title;
    this.description = description;
  }

  /** An event of that type has this payload. */
  public PayloadSchema event(String type, Class<?> payload) {
    if (events.putIfAbsent(type, payload) != null)
      throw new IllegalArgumentException("two payloads of '" + type + "'");
    return type(payload);
  }

  /** An event for each record that a sealed interface permits, of its {@link JsonTypeName}. */
  public PayloadSchema events(Class<?> sealed) {
    for (Class<?> record : Unions.members(sealed)) event(Unions.name(record), record);
    return this;
  }

  /** Something that is sent otherwise: a document, a state. */
  public PayloadSchema type(Class<?> type) {
    types.add(type);
    return this;
  }

  /** Clients know it by another name than Java. */
  public PayloadSchema named(Class<?> type, String name) {
    names.put(type, name);
    return this;
  }

  /** The whole document. */
  public String text() {
    ObjectNode schema = Json.MAPPER.createObjectNode();
    schema.put("$schema", SchemaVersion.DRAFT_2020_12.getIdentifier());
    schema.put("title", title).put("description", description);
    ObjectNode properties = Json.MAPPER.createObjectNode();
    events.forEach(
        (type, payload) -> properties.putObject(type).put("$ref", "#/$defs/" + name(payload)));
    if (!events.isEmpty()) schema.put("type", "object").set("properties", properties);
    schema.set("$defs", new Definitions(this::name).of(types));
    return Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(schema) + "\n";
  }

  private String name(Class<?> type) {
    return names.getOrDefault(type, type.getSimpleName());
  }

  /**
   * Fails unless the file is as it would be written; with {@code -Dfreshet.write=true} writes it.
   */
  public void isWrittenTo(Path file) throws IOException {
    String text = text();
    if (Boolean.getBoolean("freshet.write")) {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, text);
    }
    assertThat(file).hasContent(text);
  }

  /** What is wrong with JSON that should be of a type. */
  public List<Error> faults(Class<?> type, JsonNode json) {
    return SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12, b -> b.schemas(Map.of(IRI, text())))
        .getSchema(SchemaLocation.of(IRI + "#/$defs/" + name(type)))
        .validate(json.toString(), InputFormat.JSON);
  }

  /**
   * Fails unless this is what the schema says when it is written, and nothing of it may be missing.
   */
  public void describes(Record payload) {
    ObjectNode written = Json.MAPPER.valueToTree(payload);
    assertThat(faults(payload.getClass(), written)).isEmpty();
    for (String member : List.copyOf(written.propertyNames()))
      assertThat(faults(payload.getClass(), written.deepCopy().without(member)))
          .as(member)
          .isNotEmpty();
  }

  /**
   * Fails unless a schema of an OpenAPI document says the same of a type, however it puts it. What
   * may be anything here may be described there.
   *
   * @param openApi YAML or JSON
   * @param called its name among the document's schemas
   */
  public void agreesWith(URL openApi, String called, Class<?> type) throws IOException {
    JsonNode described;
    try (InputStream in = openApi.openStream()) {
      described = YAMLMapper.shared().readTree(in);
    }
    JsonNode here = Json.MAPPER.readTree(text());
    JsonNode there = described.at("/components/schemas/" + called);
    Map<String, String> ours = Members.of(here.at("/$defs/" + name(type)), here);
    Map<String, String> theirs = new TreeMap<>(Members.of(there, described));
    ours.forEach((at, kinds) -> {
      if (kinds.isEmpty()) theirs.computeIfPresent(at, (key, any) -> "");
    });
    assertThat(theirs).as(called).isEqualTo(ours);
  }
}
