package dev.freshet.proxy;

import dev.freshet.Tenant;
import dev.freshet.application.Problem;
import dev.freshet.application.ProblemException;
import dev.freshet.event.Topic;
import dev.freshet.event.TopicPattern;
import dev.freshet.log.StateCut;
import dev.freshet.log.TopicState;
import dev.freshet.resource.Lease;
import dev.freshet.state.WriteOptions;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** One URL of upstream's as a tenant watches it, with an audience for each document it gives. */
final class ProxiedDocument {
  /** How often a credential is asked with to find the audience that it belongs to. */
  private static final int ATTEMPTS = 3;

  /** To how many audiences a newcomer's document may be news. */
  private static final int PROMPTED = 4;

  /** Terminal documents that are kept of one URL. */
  private static final int FINISHED = 16;

  private final Tenant tenant;
  private final Source source;
  private final URI uri;
  private final Topic root;
  private final Runnable whenEmpty;

  /** Guarded by this. */
  private final List<Audience> audiences = new ArrayList<>();

  /**
   * @param root below which the topics of the audiences are
   * @param whenEmpty runs when the last audience has gone
   */
  ProxiedDocument(Tenant tenant, Source source, URI uri, Topic root, Runnable whenEmpty) {
    this.tenant = tenant;
    this.source = source;
    this.uri = uri;
    this.root = root;
    this.whenEmpty = whenEmpty;
  }

  Tenant tenant() {
    return tenant;
  }

  Proxied settings() {
    return source.settings();
  }

  Until until() {
    return source.until();
  }

  Optional<TopicState> state(Topic topic) {
    return tenant.states().get(topic);
  }

  /** The document as upstream gives it to a credential now, or gave it within the interval. */
  JsonNode read(Credential credential) throws InterruptedException {
    for (Audience audience : audiences()) {
      Optional<JsonNode> given = audience.given(credential);
      if (given.isPresent()) return given.get();
    }
    return ask(credential, "").node();
  }

  /** Where a credential's stream belongs. */
  sealed interface Place {
    Topic topic();

    /** In an audience; the topic holds what the credential was given. */
    record Seat(Ticket ticket) implements Place {
      @Override
      public Topic topic() {
        return ticket.audience().topic();
      }
    }

    /** At a terminal document, which the credential was given. */
    record Finished(Topic topic) implements Place {}
  }

  /**
   * Finds a place for a stream.
   *
   * @throws ProblemException if upstream does not give the document to this credential
   */
  Place place(Credential credential) throws InterruptedException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Place place = find(credential);
      if (!(place instanceof Place.Seat seat) || seated(seat.ticket())) return place;
    }
    throw unavailable("upstream_busy", "changes faster than it can be checked");
  }

  private Place find(Credential credential) throws InterruptedException {
    Optional<Ticket> known = first(audience -> audience.known(credential));
    if (known.isPresent()) return new Place.Seat(known.get());
    Answer.Document answer = ask(credential, "");
    for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
      Answer.Document given = answer;
      Optional<Ticket> entered = first(audience -> audience.enter(credential, given));
      if (entered.isPresent()) return new Place.Seat(entered.get());
      if (!prompt()) break;
      answer = ask(credential, answer);
    }
    return found(credential, answer);
  }

  private Place found(Credential credential, Answer.Document answer) {
    if (until().holds(answer.node())) {
      Optional<Topic> finished = finished(answer.node());
      if (finished.isPresent()) return new Place.Finished(finished.get());
    }
    synchronized (this) {
      return new Place.Seat(
          first(audience -> audience.enter(credential, answer))
              .orElseGet(() -> founded(credential, answer)));
    }
  }

  private Ticket founded(Credential credential, Answer.Document answer) {
    String name = Long.toHexString(ThreadLocalRandom.current().nextLong());
    Audience audience = new Audience(this, root.child(name), answer.node());
    audiences.add(audience);
    return audience.enter(credential, answer).orElseThrow();
  }

  /** Waits until the topic holds what was given; false if the ticket was barred meanwhile. */
  private boolean seated(Ticket ticket) throws InterruptedException {
    Lease lease = ticket.hold(ticket.audience().watch());
    boolean stays = false;
    try {
      CompletableFuture<Void> ready = lease.ready();
      for (int attempt = 0; attempt < ATTEMPTS && !stays; attempt++) {
        if (attempt > 0 || !ticket.audience().written()) await(ticket, ready);
        if (ticket.barred().isDone()) return false;
        stays = ticket.audience().written();
        if (!stays) ready = lease.reload();
      }
      return stays;
    } finally {
      if (!stays) ticket.discarded();
    }
  }

  private void await(Ticket ticket, CompletableFuture<Void> ready) throws InterruptedException {
    try {
      CompletableFuture.anyOf(ready, ticket.barred())
          .get(settings().timeout().toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException notYet) {
      // Whether it is written tells.
    }
  }

  /** Has audiences look whether their documents are still what upstream gives; false: none. */
  private boolean prompt() throws InterruptedException {
    List<Audience> largest =
        audiences().stream()
            .map(audience -> Map.entry(audience.size(), audience))
            .sorted(Map.Entry.<Integer, Audience>comparingByKey().reversed())
            .limit(PROMPTED)
            .map(Map.Entry::getValue)
            .toList();
    List<Lease> leases = largest.stream().map(Audience::watch).toList();
    try {
      CompletableFuture.allOf(
              leases.stream().map(Lease::reload).toArray(CompletableFuture<?>[]::new))
          .get(settings().timeout().toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException failing) {
      // Then they are not what the newcomer was given.
    } finally {
      leases.forEach(Lease::close);
    }
    return !largest.isEmpty();
  }

  /** The topic at which a terminal document is kept. */
  private Optional<Topic> finished(JsonNode document) {
    List<TopicState> ended = new ArrayList<>();
    try (StateCut cut = tenant.log().states(List.of(TopicPattern.of(root.path() + "/*")))) {
      cut.forEachRemaining(state -> {
        if (state.ended()) ended.add(state);
      });
    }
    ended.sort(Comparator.comparingLong(TopicState::offset));
    for (TopicState state : ended) {
      if (state.value() != null && state.value().node().equals(document))
        return Optional.of(state.topic());
    }
    for (TopicState old : ended.subList(0, Math.max(0, ended.size() - FINISHED + 1)))
      tenant.states().delete(old.topic(), WriteOptions.NONE.ending());
    return Optional.empty();
  }

  private synchronized List<Audience> audiences() {
    return List.copyOf(audiences);
  }

  private Optional<Ticket> first(Function<Audience, Optional<Ticket>> way) {
    return audiences().stream().flatMap(audience -> way.apply(audience).stream()).findFirst();
  }

  void forget(Audience audience) {
    synchronized (this) {
      audiences.remove(audience);
    }
    whenEmpty.run();
  }

  synchronized boolean empty() {
    return audiences.isEmpty();
  }

  /** Asks with many credentials at once. */
  Map<Member, Answer> ask(List<Member> members, Function<Member, String> etag)
      throws InterruptedException {
    Map<Member, Answer> answers = new HashMap<>();
    if (members.size() == 1) {
      Member one = members.getFirst();
      answers.put(one, source.upstream().ask(uri, one.credential, etag.apply(one)));
      return answers;
    }
    Semaphore turns = new Semaphore(settings().requests());
    try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Answer>> questions = new ArrayList<>();
      for (Member one : members) questions.add(() -> ask(one, etag.apply(one), turns));
      List<Future<Answer>> asked = each.invokeAll(questions);
      for (int i = 0; i < members.size(); i++) answers.put(members.get(i), asked.get(i).get());
      return answers;
    } catch (ExecutionException failed) {
      throw new IllegalStateException("asking upstream failed", failed.getCause());
    }
  }

  /** In turn, so that many don't wait for upstream longer than they may. */
  private Answer ask(Member member, String etag, Semaphore turns) throws InterruptedException {
    turns.acquire();
    try {
      return source.upstream().ask(uri, member.credential, etag);
    } finally {
      turns.release();
    }
  }

  private Answer.Document ask(Credential credential, Answer.Document before)
      throws InterruptedException {
    Answer answer = source.upstream().ask(uri, credential, before.etag());
    return answer instanceof Answer.Same ? before : given(answer);
  }

  private Answer.Document ask(Credential credential, String etag) throws InterruptedException {
    return given(source.upstream().ask(uri, credential, etag));
  }

  private static Answer.Document given(Answer answer) {
    return switch (answer) {
      case Answer.Document document -> document;
      case Answer.Refused(int status) ->
          throw status == 401
              ? problem(
                  401, "unauthenticated", "the service behind this document refuses the token")
              : problem(403, "forbidden", "the service behind this document does not permit it");
      case Answer.Gone gone -> throw problem(404, "not_found", "there is no such document");
      case Answer.Failed failed ->
          throw unavailable(failed.code(), "could not be had from the service behind it");
      case Answer.Same same -> throw unavailable(Upstream.FAILED, "was not sent");
    };
  }

  private static ProblemException unavailable(String code, String what) {
    return problem(503, code, "the document " + what + "; try again later");
  }

  private static ProblemException problem(int status, String code, String detail) {
    return new ProblemException(new Problem(status, code, detail));
  }
}
