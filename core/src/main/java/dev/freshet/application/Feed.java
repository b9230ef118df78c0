package dev.freshet.application;

import dev.freshet.access.Grant;
import dev.freshet.event.Filter;
import dev.freshet.subscription.Backlog;
import dev.freshet.subscription.Voice;
import dev.freshet.view.Representation;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Says what a request for a stream selects, and in which wire form. Resume, access and ends are the
 * server's.
 */
@FunctionalInterface
public interface Feed {
  /**
   * Called on a virtual thread, may block.
   *
   * @return empty if there is nothing to come any more: the client is told not to come back (204,
   *     U7)
   * @throws ProblemException to answer with a problem instead of a stream
   */
  Optional<Selection> select(Call call);

  /**
   * Answers a request that does not name {@code text/event-stream} as what it accepts; empty: it
   * gets a stream, or a page of it.
   */
  default Optional<Operation> document() {
    return Optional.empty();
  }

  /**
   * The selected part of the tenant's log.
   *
   * @param representation an instance that is shared by all calls that may share a view: views are
   *     equal when their filter, grant and representation are
   * @param backlogs what a stream that does not resume gets of the past, after the snapshots; all
   *     together in the order of the log
   * @param limit after how many events and states the stream ends, reason {@code limit}; {@link
   *     Long#MAX_VALUE} for never
   * @param voice how the stream speaks of itself, where not as PROTOCOL §2.1 says
   * @param attendant who wants to know how this one stream is doing
   * @param grant what may be read, where it is not the caller's read grant that says so
   * @param position where it begins, in place of what the client sent
   * @param anew given, it begins with the snapshots whatever position the client sends, and they
   *     are of this offset or a later one
   */
  record Selection(
      Filter filter,
      Representation representation,
      List<Backlog> backlogs,
      long limit,
      Optional<Voice> voice,
      Optional<Attendant> attendant,
      Optional<Grant> grant,
      Optional<String> position,
      OptionalLong anew) {
    public Selection {
      backlogs = List.copyOf(backlogs);
      if (limit < 1) throw new IllegalArgumentException("limit " + limit + " is less than 1");
    }

    public Selection(Filter filter, Representation representation) {
      this(
          filter,
          representation,
          List.of(),
          Long.MAX_VALUE,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          OptionalLong.empty());
    }

    /** With one more. */
    public Selection with(Backlog past) {
      List<Backlog> all = Stream.concat(backlogs.stream(), Stream.of(past)).toList();
      return new Selection(
          filter, representation, all, limit, voice, attendant, grant, position, anew);
    }

    public Selection limit(long events) {
      return new Selection(
          filter, representation, backlogs, events, voice, attendant, grant, position, anew);
    }

    public Selection with(Voice other) {
      return new Selection(
          filter,
          representation,
          backlogs,
          limit,
          Optional.of(other),
          attendant,
          grant,
          position,
          anew);
    }

    public Selection with(Attendant attending) {
      return new Selection(
          filter,
          representation,
          backlogs,
          limit,
          voice,
          Optional.of(attending),
          grant,
          position,
          anew);
    }

    /** Readable by this grant instead of the caller's. */
    public Selection reading(Grant granted) {
      return new Selection(
          filter,
          representation,
          backlogs,
          limit,
          voice,
          attendant,
          Optional.of(granted),
          position,
          anew);
    }

    /** Begun as if the client had sent this position. */
    public Selection from(String token) {
      return new Selection(
          filter,
          representation,
          backlogs,
          limit,
          voice,
          attendant,
          grant,
          Optional.of(token),
          anew);
    }

    /** Begun with the snapshots of an offset or a later one, whatever position the client sends. */
    public Selection begunAnew(long offset) {
      return new Selection(
          filter,
          representation,
          backlogs,
          limit,
          voice,
          attendant,
          grant,
          position,
          OptionalLong.of(offset));
    }
  }
}
