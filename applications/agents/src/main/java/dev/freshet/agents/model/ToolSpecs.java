package dev.freshet.agents.model;

import dev.freshet.agents.tool.Toolbox;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import java.util.ArrayList;
import java.util.List;

/** Tools as models are told of them. */
public final class ToolSpecs {
  private ToolSpecs() {}

  public static List<ToolSpecification> of(List<Toolbox.Info> tools) {
    return tools.stream().map(ToolSpecs::of).toList();
  }

  private static ToolSpecification of(Toolbox.Info tool) {
    JsonObjectSchema.Builder params = JsonObjectSchema.builder();
    tool.schema()
        .path("properties")
        .properties()
        .forEach(p -> params.addProperty(p.getKey(), JsonRawSchema.from(p.getValue().toString())));
    List<String> required = new ArrayList<>();
    tool.schema().path("required").forEach(name -> required.add(name.asString()));
    return ToolSpecification.builder()
        .name(tool.name())
        .description(tool.description())
        .parameters(params.required(required).additionalProperties(false).build())
        .build();
  }
}
