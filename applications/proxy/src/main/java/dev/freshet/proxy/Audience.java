package dev.freshet.proxy;

import dev.freshet.event.Topic;
import dev.freshet.log.TopicState;
import dev.freshet.resource.Lease;
import dev.freshet.resource.LoadException;
import dev.freshet.resource.Loaded;
import dev.freshet.resource.Pace;
import dev.freshet.resource.Resource;
import dev.freshet.subscription.EndReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.databind.JsonNode;

/**
 * The credentials that upstream gives the same document, and the topic that holds it. The topic is
 * written only with what upstream has just given to every member, when the streams of all others
 * have stopped (A1).
 */
final class Audience {
  /** Asking takes time, in which a document may change: so often all are asked to agree. */
  private static final int ROUNDS = 3;

  /** How long streams may take to stop before the topic is given up instead. */
  private static final Duration LEAVING = Duration.ofSeconds(2);

  private final ProxiedDocument document;
  private final Topic topic;
  private final Resource resource;

  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock.
  private final Map<Credential, Member> members = new HashMap<>();
  private final Set<Ticket> leaving = new HashSet<>();
  private JsonNode agreed;
  private boolean fresh = true;
  private boolean deciding;
  private boolean retired;

  Audience(ProxiedDocument document, Topic topic, JsonNode first) {
    this.document = document;
    this.topic = topic;
    this.agreed = first;
    Pace pace = Pace.every(document.settings().interval()).linger(Duration.ZERO);
    this.resource = new Resource(topic, before -> load(), pace, false);
  }

  Topic topic() {
    return topic;
  }

  Lease watch() {
    return document.tenant().resources().watch(resource);
  }

  int size() {
    lock.lock();
    try {
      return members.size();
    } finally {
      lock.unlock();
    }
  }

  /** A place for a credential that has just been given this document. */
  Optional<Ticket> enter(Credential credential, Answer.Document answer) {
    lock.lock();
    try {
      if (retired || deciding || !agreed.equals(answer.node())) return Optional.empty();
      Member member = members.computeIfAbsent(credential, c -> new Member(c, answer));
      Answer unused = member.heard(answer);
      return Optional.of(admit(member));
    } finally {
      lock.unlock();
    }
  }

  /** A place for a credential that is here already, and was asked with within the interval. */
  Optional<Ticket> known(Credential credential) {
    lock.lock();
    try {
      return recent(credential).map(this::admit);
    } finally {
      lock.unlock();
    }
  }

  /** What a credential that is here was given within the interval. */
  Optional<JsonNode> given(Credential credential) {
    lock.lock();
    try {
      return recent(credential).map(member -> member.given);
    } finally {
      lock.unlock();
    }
  }

  private Optional<Member> recent(Credential credential) {
    long within = document.settings().interval().toNanos();
    return Optional.ofNullable(members.get(credential))
        .filter(member -> !retired && System.nanoTime() - member.heardAt < within);
  }

  private Ticket admit(Member member) {
    Ticket ticket = new Ticket(this, member);
    member.tickets.add(ticket);
    return ticket;
  }

  /** Takes a ticket out; who is the last to go closes the audience. */
  void left(Ticket ticket) {
    boolean empty;
    lock.lock();
    try {
      leaving.remove(ticket);
      Member member = ticket.member();
      member.tickets.remove(ticket);
      if (member.tickets.isEmpty()) members.remove(member.credential, member);
      empty = members.isEmpty();
      retired |= empty;
    } finally {
      lock.unlock();
    }
    if (empty) document.forget(this);
  }

  /** Whether the topic holds what the members were given. */
  boolean written() {
    Optional<JsonNode> held = document.state(topic).map(TopicState::value).map(v -> v.node());
    lock.lock();
    try {
      return held.filter(agreed::equals).isPresent();
    } finally {
      lock.unlock();
    }
  }

  /** Asks upstream whether the document is what it was, for all members together. */
  private Loaded load() throws InterruptedException, LoadException {
    lock.lock();
    try {
      if (fresh) {
        fresh = false;
        return loaded();
      }
    } finally {
      lock.unlock();
    }
    for (List<Member> asked = due(); !asked.isEmpty(); asked = due()) {
      Map<Member, Answer> answers = ask(asked);
      expelRefused(answers);
      Set<Object> said = new HashSet<>(votes(answers).keySet());
      if (said.contains(Verdict.FAILED) && said.size() == 1) throw failure(answers);
      said.remove(Verdict.FAILED);
      if (said.isEmpty()) continue;
      return said.equals(Set.of(agreed())) ? loaded() : decide();
    }
    return loaded();
  }

  private enum Verdict {
    GONE,
    FAILED
  }

  private JsonNode agreed() {
    lock.lock();
    try {
      return agreed;
    } finally {
      lock.unlock();
    }
  }

  private Loaded loaded() {
    JsonNode now = agreed();
    return new Loaded.Value(now, Optional.empty(), document.until().holds(now));
  }

  /**
   * Whom to ask: who was asked longest ago, and all whose check the next load would be late for.
   */
  private List<Member> due() {
    lock.lock();
    try {
      long now = System.nanoTime();
      long check = document.settings().check().toNanos();
      long age = check - document.settings().interval().toNanos();
      List<Member> due =
          new ArrayList<>(
              members.values().stream()
                  .filter(m -> now - m.heardAt >= age && now - m.askedAt >= check / 2)
                  .toList());
      members.values().stream()
          .min(Comparator.comparingLong(m -> m.askedAt - now))
          .filter(longest -> !due.contains(longest))
          .ifPresent(due::add);
      return due;
    } finally {
      lock.unlock();
    }
  }

  /** Asks all members, until they agree; keeps the most of them. */
  private Loaded decide() throws InterruptedException, LoadException {
    List<Member> all;
    lock.lock();
    try {
      deciding = true;
      all = List.copyOf(members.values());
    } finally {
      lock.unlock();
    }
    try {
      Map<Member, Answer> answers = ask(all);
      for (int i = 1; i < ROUNDS && votes(answers).size() > 1; i++) answers = ask(all);
      expelRefused(answers);
      Map<Object, List<Member>> votes = votes(answers);
      if (votes.isEmpty()) return loaded();
      Object verdict = verdict(votes);
      if (verdict.equals(Verdict.FAILED)) throw failure(answers);
      votes.forEach((vote, voters) -> {
        if (!vote.equals(verdict)) voters.forEach(v -> expel(v, reason(vote)));
      });
      return stopped() ? settle(verdict) : dissolve();
    } finally {
      decided();
    }
  }

  private void decided() {
    lock.lock();
    try {
      deciding = false;
    } finally {
      lock.unlock();
    }
  }

  private Loaded settle(Object verdict) {
    if (!(verdict instanceof JsonNode node)) return Loaded.gone();
    lock.lock();
    try {
      agreed = node;
    } finally {
      lock.unlock();
    }
    return loaded();
  }

  /** What most say; of equals the document that is there, then another, then that it is gone. */
  private Object verdict(Map<Object, List<Member>> votes) {
    JsonNode now = agreed();
    Comparator<Object> most =
        Comparator.comparingInt(vote -> votes.getOrDefault(vote, List.of()).size());
    return votes.keySet().stream()
        .max(
            most.thenComparing(vote -> vote.equals(now))
                .thenComparing(vote -> vote instanceof JsonNode)
                .thenComparing(Verdict.GONE::equals))
        .orElseThrow();
  }

  private static EndReason reason(Object vote) {
    return vote.equals(Verdict.GONE) ? EndReason.REVOKED : EndReason.MOVED;
  }

  /** Who says what; those who are refused have no say. */
  private static Map<Object, List<Member>> votes(Map<Member, Answer> answers) {
    Map<Object, List<Member>> votes = new HashMap<>();
    answers.forEach((member, answer) -> {
      switch (answer) {
        case Answer.Document said -> vote(votes, said.node(), member);
        case Answer.Gone gone -> vote(votes, Verdict.GONE, member);
        case Answer.Failed failed -> vote(votes, Verdict.FAILED, member);
        case Answer.Refused refused -> {}
        case Answer.Same same -> throw new IllegalStateException("the same as what?");
      }
    });
    return votes;
  }

  private static void vote(Map<Object, List<Member>> votes, Object vote, Member member) {
    votes.computeIfAbsent(vote, v -> new ArrayList<>()).add(member);
  }

  private Map<Member, Answer> ask(List<Member> asked) throws InterruptedException {
    Map<Member, Answer> answers = document.ask(asked, this::etag);
    lock.lock();
    try {
      answers.replaceAll(Member::heard);
    } finally {
      lock.unlock();
    }
    return answers;
  }

  private String etag(Member member) {
    lock.lock();
    try {
      return member.etag;
    } finally {
      lock.unlock();
    }
  }

  private static LoadException failure(Map<Member, Answer> answers) {
    for (Answer answer : answers.values()) {
      if (answer instanceof Answer.Failed failed)
        return new LoadException(failed.code(), failed.why(), failed.retryAfter());
    }
    throw new IllegalStateException("nothing failed");
  }

  private void expelRefused(Map<Member, Answer> answers) {
    answers.forEach((member, answer) -> {
      if (answer instanceof Answer.Refused(int status))
        expel(member, status == 401 ? EndReason.EXPIRED : EndReason.REVOKED);
    });
  }

  private void expel(Member member, EndReason reason) {
    List<Ticket> out;
    lock.lock();
    try {
      members.remove(member.credential, member);
      out = List.copyOf(member.tickets);
      leaving.addAll(out);
    } finally {
      lock.unlock();
    }
    out.forEach(ticket -> ticket.bar(reason));
  }

  /** Waits until nothing more is written to the streams of those who were expelled. */
  private boolean stopped() throws InterruptedException {
    CompletableFuture<?>[] stops;
    lock.lock();
    try {
      stops = leaving.stream().map(Ticket::over).toArray(CompletableFuture<?>[]::new);
    } finally {
      lock.unlock();
    }
    try {
      CompletableFuture.allOf(stops).get(LEAVING.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException | ExecutionException stuck) {
      return false;
    }
  }

  /** Gives the topic up as it is: all are to come again, to another one. */
  private Loaded dissolve() {
    List<Member> all;
    lock.lock();
    try {
      retired = true;
      all = List.copyOf(members.values());
    } finally {
      lock.unlock();
    }
    all.forEach(member -> expel(member, EndReason.MOVED));
    return loaded();
  }
}
