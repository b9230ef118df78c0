package dev.freshet.microscopy;

import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.MemberScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonOption;
import com.github.victools.jsonschema.module.jackson.JacksonSchemaModule;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The JSON Schema of the frontend's events: a definition for each type, made from its record. */
final class EventSchema {
  private static final JsonMapper JSON = JsonMapper.shared();

  private EventSchema() {}

  static String text() {
    ObjectNode schema = JSON.createObjectNode();
    schema.put("$schema", SchemaVersion.DRAFT_2020_12.getIdentifier());
    schema.put("title", "FrontendEvents");
    ObjectNode definitions = schema.putObject("$defs");
    SchemaGenerator generator = generator();
    for (FrontendEvent event : FrontendEvent.values()) {
      Class<? extends Record> payload = event.payload();
      ObjectNode definition = definitions.putObject(event.type());
      definition.put("title", payload.getSimpleName());
      definition.put("description", RecordDoc.of(payload).text());
      definition.setAll(generator.generateSchema(payload));
    }
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(schema) + "\n";
  }

  /** Every field is there, null where the record says {@code @Nullable}; fields may be added. */
  private static SchemaGenerator generator() {
    SchemaGeneratorConfigBuilder config =
        new SchemaGeneratorConfigBuilder(SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
            .with(new JacksonSchemaModule(JacksonOption.FLATTENED_ENUMS_FROM_JSONPROPERTY))
            .with(Option.INLINE_ALL_SCHEMAS)
            .without(Option.SCHEMA_VERSION_INDICATOR);
    config.forTypesInGeneral().withPropertySorter(Comparator.comparingInt(EventSchema::index));
    config
        .forFields()
        .withRequiredCheck(field -> true)
        .withDescriptionResolver(EventSchema::description)
        .withNullableCheck(
            field -> field.getRawMember().getAnnotatedType().isAnnotationPresent(Nullable.class));
    return new SchemaGenerator(config.build());
  }

  private static @Nullable String description(FieldScope field) {
    Class<?> type = field.getDeclaringType().getErasedType();
    return RecordDoc.of(type.asSubclass(Record.class)).components().get(field.getDeclaredName());
  }

  private static int index(MemberScope<?, ?> member) {
    RecordComponent[] components = member.getDeclaringType().getErasedType().getRecordComponents();
    return Arrays.stream(components)
        .map(RecordComponent::getName)
        .toList()
        .indexOf(member.getDeclaredName());
  }
}
