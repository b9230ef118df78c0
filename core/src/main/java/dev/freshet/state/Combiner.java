package dev.freshet.state;

import dev.freshet.log.Appended;
import dev.freshet.log.EventLog;
import dev.freshet.log.LogException;
import dev.freshet.state.Group.Outcome;
import dev.freshet.state.Ticket.Attempt;
import dev.freshet.state.Ticket.Settled;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Brings the drafts of many writers into the log. Writers of different topics append side by side.
 * Writers of one topic neither conflict nor wait for each other's sync: a draft is made from the
 * states that are on their way, and what gathers behind an append becomes the next one. No draft is
 * answered before all that it was made from is durable, and correctness rests on the log's
 * comparison of versions alone: this only spares conflicts within the process.
 */
final class Combiner {
  private static final int MAX_ATTEMPTS = 16;

  /**
   * After so many attempts in a group a draft goes alone, so that nobody else's conflicts hold it
   * up.
   */
  private static final int MAX_SHARED_ATTEMPTS = 4;

  private final EventLog log;
  private final Values values;
  private final InstantSource clock;
  private final Pending pending;

  /** Threads that run a writer's work, which may not write by itself. */
  private final Set<Thread> drafting = ConcurrentHashMap.newKeySet();

  Combiner(EventLog log, Values values, InstantSource clock) {
    this.log = log;
    this.values = values;
    this.clock = clock;
    this.pending = new Pending(log);
  }

  /** Runs the work, again if it must, and returns when what it drafted is durable. */
  <T> Settled<T> run(Function<Draft, T> work) {
    boolean apart = false;
    for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      Ticket<T> ticket = pending.enter(() -> attempt(work), apart || attempt > MAX_SHARED_ATTEMPTS);
      switch (ticket.group() == null ? idle(ticket) : append(ticket.group(), ticket.leads())) {
        case Outcome.Done done -> {
          return ticket.settled(done.appended());
        }
        case Outcome.Failed failed -> throw failed.reason();
        case Outcome.Again again -> apart = again.apart();
      }
    }
    throw new StateException.Contended(MAX_ATTEMPTS);
  }

  private <T> Attempt<T> attempt(Function<Draft, T> work) {
    Draft draft = new Draft(pending::state, values, clock);
    Thread thread = Thread.currentThread();
    if (!drafting.add(thread))
      throw new IllegalStateException("the work of a commit writes by its Changes only");
    try {
      return new Attempt<>(draft, work.apply(draft), null);
    } catch (RuntimeException failure) {
      return new Attempt<>(draft, null, failure);
    } finally {
      drafting.remove(thread);
    }
  }

  /**
   * That nothing changed, or why the work failed, is only as true as the states that it was made
   * from.
   */
  private Outcome idle(Ticket<?> ticket) {
    for (Group group : ticket.madeFrom()) {
      group.await();
      if (!group.stands()) return new Outcome.Again(false);
    }
    Optional<Appended> seen =
        ticket.attempt().draft().key().flatMap(key -> SeenKey.range(log, key));
    if (seen.isPresent()) return new Outcome.Done(seen);
    RuntimeException failure = ticket.attempt().failure();
    return failure == null ? Outcome.NOTHING : new Outcome.Failed(failure);
  }

  private Outcome append(Group group, boolean leads) {
    if (leads) lead(group);
    return group.await();
  }

  private void lead(Group group) {
    Outcome outcome = new Outcome.Failed(new IllegalStateException("the append broke off"));
    try {
      for (Group g = pending.before(group); g != null; g = pending.before(group)) g.await();
      outcome = group.founded() ? appended(group) : new Outcome.Again(false);
    } finally {
      pending.settle(group, outcome);
    }
  }

  private Outcome appended(Group group) {
    try {
      return new Outcome.Done(log.append(group.batch()));
    } catch (LogException.VersionConflict conflict) {
      return new Outcome.Again(false);
    } catch (LogException.StorageFull | LogException.StorageFailed | LogException.Closed failure) {
      return new Outcome.Failed(failure);
    } catch (RuntimeException refusal) {
      return group.lonely() ? new Outcome.Failed(refusal) : new Outcome.Again(true);
    }
  }
}
