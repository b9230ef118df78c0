package dev.freshet.schemas;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.CustomDefinition.AttributeInclusion;
import com.github.victools.jsonschema.generator.CustomDefinition.DefinitionType;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.MemberScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaBuilder;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.generator.impl.DefinitionKey;
import com.github.victools.jsonschema.generator.naming.SchemaDefinitionNamingStrategy;
import com.github.victools.jsonschema.module.jackson.JacksonOption;
import com.github.victools.jsonschema.module.jackson.JacksonSchemaModule;
import dev.freshet.event.Json;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A schema for each type that is met. Every member of a record is there, null where the record says
 * {@code @Nullable}, and left out where it says so and {@link JsonInclude}; members may be added.
 */
final class Definitions {
  private final Function<Class<?>, String> name;
  private final Map<String, Class<?>> named = new HashMap<>();

  Definitions(Function<Class<?>, String> name) {
    this.name = name;
  }

  /** Of these and all that they hold, by name. */
  ObjectNode of(Collection<Class<?>> types) {
    SchemaBuilder builder = generator().buildMultipleSchemaDefinitions();
    for (Class<?> type : types) builder.createSchemaReference(type);
    ObjectNode definitions = Json.MAPPER.createObjectNode();
    builder.collectDefinitions("$defs").properties().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            d -> definitions.set(d.getKey(), described(d.getKey(), (ObjectNode) d.getValue())));
    return definitions;
  }

  private ObjectNode described(String called, ObjectNode definition) {
    Class<?> type = named.get(called);
    if (type == null) throw new IllegalStateException("'" + called + "' is no type: " + definition);
    ObjectNode described = Json.MAPPER.createObjectNode();
    String text = TypeDoc.of(type).text();
    if (text != null) described.put("description", text);
    described.setAll(definition);
    if (type.isRecord()) Unions.discriminator(type).ifPresent(in -> tag(described, in, type));
    return described;
  }

  /** Puts the member that tells it from the others of its union before all others. */
  private static void tag(ObjectNode definition, String in, Class<?> type) {
    ObjectNode properties = Json.MAPPER.createObjectNode();
    properties.putObject(in).put("const", Unions.name(type));
    if (definition.get("properties") instanceof ObjectNode others) properties.setAll(others);
    definition.set("properties", properties);
    ArrayNode required = Json.MAPPER.createArrayNode().add(in);
    definition.path("required").forEach(required::add);
    definition.set("required", required);
  }

  private SchemaGenerator generator() {
    SchemaGeneratorConfigBuilder config =
        new SchemaGeneratorConfigBuilder(SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
            .with(
                new JacksonSchemaModule(
                    JacksonOption.SKIP_SUBTYPE_LOOKUP, JacksonOption.IGNORE_TYPE_INFO_TRANSFORM))
            .with(Option.DEFINITIONS_FOR_ALL_OBJECTS, Option.INLINE_NULLABLE_SCHEMAS)
            .without(Option.SCHEMA_VERSION_INDICATOR);
    config
        .forTypesInGeneral()
        .withDefinitionNamingStrategy(new Names())
        .withCustomDefinitionProvider(this::definition)
        .withPropertySorter(Comparator.comparingInt(Definitions::index));
    config
        .forFields()
        .withRequiredCheck(field -> !optional(field))
        .withNullableCheck(field -> nullable(field) && !optional(field))
        .withDescriptionResolver(Definitions::description);
    return new SchemaGenerator(config.build());
  }

  /** What is no record: enums, unions, maps and trees. */
  private @Nullable CustomDefinition definition(
      ResolvedType type, SchemaGenerationContext context) {
    Class<?> raw = type.getErasedType();
    ObjectNode schema = Json.MAPPER.createObjectNode();
    if (JsonNode.class.isAssignableFrom(raw) || raw == Object.class || raw == Json.class)
      return inline(schema);
    if (raw.isEnum()) {
      ArrayNode values = schema.put("type", "string").putArray("enum");
      for (Object constant : raw.getEnumConstants()) values.add(Json.from(constant).node());
      Class<?> around = raw.getEnclosingClass();
      return around != null && around.isRecord() ? inline(schema) : new CustomDefinition(schema);
    }
    if (Map.class.isAssignableFrom(raw)) {
      ResolvedType values = type.typeParametersFor(Map.class).get(1);
      schema.put("type", "object");
      schema.set("additionalProperties", context.createDefinitionReference(values));
      return inline(schema);
    }
    if (raw.isSealed()) return union(raw, schema, context);
    return null;
  }

  private static CustomDefinition union(
      Class<?> sealed, ObjectNode schema, SchemaGenerationContext context) {
    if (Unions.discriminator(sealed).isEmpty())
      throw new IllegalArgumentException(
          sealed.getName() + " has no @JsonTypeInfo: clients could not tell its records apart");
    ArrayNode members = schema.putArray("oneOf");
    for (Class<?> member : Unions.members(sealed))
      members.add(context.createDefinitionReference(context.getTypeContext().resolve(member)));
    return new CustomDefinition(schema);
  }

  private static CustomDefinition inline(ObjectNode schema) {
    return new CustomDefinition(schema, DefinitionType.INLINE, AttributeInclusion.YES);
  }

  private static boolean nullable(FieldScope field) {
    return field.getRawMember().getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  private static boolean optional(FieldScope field) {
    JsonInclude include = field.getRawMember().getAnnotation(JsonInclude.class);
    if (include == null)
      include = field.getRawMember().getDeclaringClass().getAnnotation(JsonInclude.class);
    return nullable(field) && include != null && include.value() == JsonInclude.Include.NON_NULL;
  }

  private static @Nullable String description(FieldScope field) {
    Class<?> type = field.getDeclaringType().getErasedType();
    return TypeDoc.of(type).components().get(field.getDeclaredName());
  }

  private static int index(MemberScope<?, ?> member) {
    RecordComponent[] components = member.getDeclaringType().getErasedType().getRecordComponents();
    return Arrays.stream(components)
        .map(RecordComponent::getName)
        .toList()
        .indexOf(member.getDeclaredName());
  }

  private final class Names implements SchemaDefinitionNamingStrategy {
    @Override
    public String getDefinitionNameForKey(DefinitionKey key, SchemaGenerationContext context) {
      Class<?> type = key.getType().getErasedType();
      if (!type.isRecord() && !type.isEnum() && !type.isSealed())
        throw new IllegalArgumentException("no schema for " + type.getName());
      String called = name.apply(type);
      Class<?> other = named.putIfAbsent(called, type);
      if (other != null && other != type)
        throw new IllegalArgumentException(
            "'" + called + "' is both " + other.getName() + " and " + type.getName());
      return called;
    }
  }
}
