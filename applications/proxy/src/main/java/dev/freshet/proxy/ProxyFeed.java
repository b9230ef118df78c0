package dev.freshet.proxy;

import dev.freshet.Tenant;
import dev.freshet.access.Grant;
import dev.freshet.application.Call;
import dev.freshet.application.Feed;
import dev.freshet.application.Operation;
import dev.freshet.application.Problem;
import dev.freshet.application.ProblemException;
import dev.freshet.application.Reply;
import dev.freshet.event.Filter;
import dev.freshet.event.Json;
import dev.freshet.event.Position;
import dev.freshet.event.Topic;
import dev.freshet.event.TopicPattern;
import dev.freshet.log.TopicState;
import dev.freshet.resource.Resources;
import dev.freshet.subscription.Backlog;
import dev.freshet.view.DocumentRepresentation;
import dev.freshet.view.NativeRepresentation;
import dev.freshet.view.Representation;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** A kind of documents over HTTP: each one as a stream, or as it is now. */
final class ProxyFeed implements Feed {
  private static final Set<String> MARKERS = Set.of(Resources.STALE, Resources.FRESH);

  private final Source source;
  private final Documents documents;

  ProxyFeed(Source source, Documents documents) {
    this.source = source;
    this.documents = documents;
  }

  @Override
  public Optional<Selection> select(Call call) {
    return switch (use(call, document -> document.place(credential(call)))) {
      case ProxiedDocument.Place.Finished(Topic topic) ->
          seen(call, topic) ? Optional.empty() : Optional.of(selection(call, topic));
      case ProxiedDocument.Place.Seat(Ticket ticket) -> {
        Topic topic = ticket.audience().topic();
        if (seen(call, topic)) {
          ticket.discarded();
          yield Optional.empty();
        }
        yield Optional.of(selection(call, topic).with(ticket));
      }
    };
  }

  /** Whether the topic has ended, and the client has seen the end. */
  private static boolean seen(Call call, Topic topic) {
    Tenant tenant = call.tenant();
    Optional<Position> position =
        call.header("last-event-id")
            .filter(text -> !text.isEmpty())
            .or(() -> call.queryParameter("after"))
            .flatMap(Position::parse)
            .filter(at -> at.epoch() == tenant.log().epoch());
    Optional<TopicState> ended = tenant.states().get(topic).filter(TopicState::ended);
    return position.isPresent()
        && ended.isPresent()
        && position.get().offset() >= ended.get().offset();
  }

  private static Selection selection(Call call, Topic topic) {
    List<TopicPattern> only = List.of(TopicPattern.of(topic));
    return new Selection(new Filter(only, Set.of()), representation(call))
        .reading(new Grant(only))
        .begunAnew(offset(call.tenant(), topic))
        .with(new Backlog(new Filter(only, MARKERS), 1));
  }

  /** Where the topic came to hold what the caller was given; what it held before is not for it. */
  private static long offset(Tenant tenant, Topic topic) {
    return tenant.states().get(topic).map(TopicState::offset).orElse(0L);
  }

  private static Representation representation(Call call) {
    boolean patches = call.queryParameter("format").orElse("").equals("patch");
    return patches ? NativeRepresentation.NATIVE : new DocumentRepresentation(call.tenant().log());
  }

  @Override
  public Optional<Operation> document() {
    return Optional.of(this::read);
  }

  private Reply read(Call call) {
    JsonNode node = use(call, document -> document.read(credential(call)));
    String tag = "\"" + Documents.hash(Json.of(node).utf8()) + "\"";
    boolean held =
        call.header("if-none-match").stream()
            .flatMap(tags -> Arrays.stream(tags.split(",", -1)))
            .map(given -> given.strip().replaceFirst("^W/", ""))
            .anyMatch(given -> given.equals("*") || given.equals(tag));
    return (held ? Reply.empty(304) : Reply.of(200, node))
        .with("ETag", tag)
        .with("Cache-Control", "private, no-cache");
  }

  private <T> T use(Call call, Documents.Use<T> use) {
    try {
      return documents.use(call.tenant(), source, uri(call), use);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new ProblemException(new Problem(503, "draining", "the server is shutting down"));
    }
  }

  private URI uri(Call call) {
    try {
      return source.paths().upstream(call.path());
    } catch (IllegalArgumentException noSegment) {
      throw new ProblemException(new Problem(404, "not_found", "there is no such document"));
    }
  }

  private static Credential credential(Call call) {
    return new Credential(
        call.header("authorization")
            .orElseThrow(() -> new IllegalStateException("a call without authorization")));
  }
}
