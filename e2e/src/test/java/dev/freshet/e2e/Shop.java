package dev.freshet.e2e;

import dev.freshet.application.Application;
import dev.freshet.application.Call;
import dev.freshet.application.Feed;
import dev.freshet.application.Operation;
import dev.freshet.application.Problem;
import dev.freshet.application.ProblemException;
import dev.freshet.application.Reply;
import dev.freshet.event.Filter;
import dev.freshet.event.Json;
import dev.freshet.event.Topic;
import dev.freshet.log.TopicState;
import dev.freshet.state.WriteOptions;
import dev.freshet.view.NativeRepresentation;
import java.net.URL;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A small application with an error body of its own for one status. */
final class Shop implements Application {
  private final boolean complete;

  /**
   * @param complete whether each of its routes has what answers it
   */
  Shop(boolean complete) {
    this.complete = complete;
  }

  @Override
  public String name() {
    return "shop";
  }

  @Override
  public URL openApi() {
    return Objects.requireNonNull(Shop.class.getResource("shop.yaml"));
  }

  @Override
  public Map<String, Operation> operations() {
    Operation broken =
        call -> {
          throw new IllegalStateException("a secret of the inside");
        };
    if (!complete) return Map.of("breakDown", broken);
    return Map.of("readOrder", Shop::read, "putOrder", Shop::put, "breakDown", broken);
  }

  @Override
  public Map<String, Feed> feeds() {
    return Map.of(
        "watchOrders",
        call ->
            Optional.of(
                new Feed.Selection(
                    Filter.of("orders/" + call.queryParameter("prefix").orElse("**")),
                    NativeRepresentation.NATIVE)));
  }

  private static Topic topic(Call call) {
    return Topic.of("orders/" + call.pathParameter("id"));
  }

  private static Reply read(Call call) {
    return call.tenant()
        .log()
        .state(topic(call))
        .map(TopicState::value)
        .map(value -> Reply.of(200, value.node()))
        .orElseThrow(
            () -> new ProblemException(new Problem(404, "no_order", "there is no such order")));
  }

  private static Reply put(Call call) {
    call.tenant().states().put(topic(call), call.body().orElseThrow(), WriteOptions.NONE);
    return Reply.empty(204);
  }

  @Override
  public Optional<JsonNode> problemBody(Problem problem) {
    if (problem.status() != 422) return Optional.empty();
    return Optional.of(
        Json.MAPPER.createObjectNode().put("wrong", problem.errors().getFirst().pointer()));
  }
}
