package dev.freshet.agents.model;

import dev.freshet.agents.event.Model;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel.OpenAiStreamingChatModelBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The models that a server serves, the default one first. */
public final class Models {
  private final Map<String, Served> served = new LinkedHashMap<>();

  /**
   * @param price null where none is configured
   */
  public record Served(Model model, StreamingChatModel chat, @Nullable Price price) {}

  /**
   * @param names of models as the provider calls them, the default one first; for {@link
   *     Provider#SCRIPTED} none are needed
   * @param baseUrl of the provider; empty: its own
   * @param apiKey the secret that it is asked with; empty where it needs none
   * @param prices by model
   * @param outputTokens that one answer may have
   * @param thinkingTokens that a model may think before it answers; 0: it is not asked to
   * @param timeout until the provider begins to answer
   * @param scriptedDelay between two pieces of what the scripted model says
   */
  public record Settings(
      Provider provider,
      List<String> names,
      String baseUrl,
      String apiKey,
      Map<String, Price> prices,
      int outputTokens,
      int thinkingTokens,
      Duration timeout,
      Duration scriptedDelay) {
    public static final Settings DEFAULT =
        new Settings(
            Provider.SCRIPTED,
            List.of(),
            "",
            "",
            Map.of(),
            8192,
            0,
            Duration.ofMinutes(1),
            Duration.ofMillis(30));

    public Settings {
      names = List.copyOf(names);
      prices = Map.copyOf(prices);
      if (provider != Provider.SCRIPTED && names.isEmpty())
        throw new IllegalArgumentException("a provider's models are to be named");
    }

    /** Without the secret. */
    @Override
    public String toString() {
      return provider.wire() + " " + names + (baseUrl.isEmpty() ? "" : " at " + baseUrl);
    }
  }

  public Models(Settings settings) {
    List<String> names =
        settings.provider() == Provider.SCRIPTED ? List.of(ScriptedModel.NAME) : settings.names();
    for (String name : names) {
      boolean scripted = settings.provider() == Provider.SCRIPTED;
      Model model = new Model(name, settings.provider().wire(), scripted);
      add(new Served(model, chat(settings, name), settings.prices().get(name)));
    }
  }

  /** Models made elsewhere. */
  public Models(List<Served> models) {
    models.forEach(this::add);
  }

  private void add(Served model) {
    served.putIfAbsent(model.model().name(), model);
  }

  private static StreamingChatModel chat(Settings settings, String name) {
    return switch (settings.provider()) {
      case SCRIPTED -> new ScriptedModel(settings.scriptedDelay());
      case ANTHROPIC -> anthropic(settings, name);
      case OPENAI -> openAi(settings, name);
    };
  }

  private static StreamingChatModel anthropic(Settings settings, String name) {
    AnthropicStreamingChatModel.AnthropicStreamingChatModelBuilder builder =
        AnthropicStreamingChatModel.builder()
            .httpClientBuilder(http(settings))
            .modelName(name)
            .apiKey(settings.apiKey())
            .maxTokens(settings.outputTokens() + settings.thinkingTokens())
            .timeout(settings.timeout())
            .returnThinking(true)
            .sendThinking(true);
    if (!settings.baseUrl().isEmpty()) builder.baseUrl(settings.baseUrl());
    if (settings.thinkingTokens() > 0)
      builder.thinkingType("enabled").thinkingBudgetTokens(settings.thinkingTokens());
    return builder.build();
  }

  private static StreamingChatModel openAi(Settings settings, String name) {
    OpenAiStreamingChatModelBuilder builder =
        OpenAiStreamingChatModel.builder()
            .httpClientBuilder(http(settings))
            .modelName(name)
            .timeout(settings.timeout())
            .returnThinking(true);
    if (!settings.apiKey().isEmpty()) builder.apiKey(settings.apiKey());
    // Others know the older of the two names for the same bound.
    if (settings.baseUrl().isEmpty()) builder.maxCompletionTokens(settings.outputTokens());
    else builder.baseUrl(settings.baseUrl()).maxTokens(settings.outputTokens());
    return builder.build();
  }

  private static StreamClient.Builder http(Settings settings) {
    boolean plain =
        !settings.baseUrl().isEmpty()
            && "http".equalsIgnoreCase(URI.create(settings.baseUrl()).getScheme());
    return new StreamClient.Builder(settings.timeout(), plain);
  }

  /** Null if it is not served. */
  public @Nullable Served find(String name) {
    return served.get(name);
  }

  public List<Model> models() {
    return served.values().stream().map(Served::model).toList();
  }
}
