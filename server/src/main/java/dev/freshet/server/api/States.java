package dev.freshet.server.api;

import dev.freshet.Freshet;
import dev.freshet.Tenant;
import dev.freshet.access.Principal;
import dev.freshet.event.Position;
import dev.freshet.event.Topic;
import dev.freshet.log.Revision;
import dev.freshet.log.TopicState;
import dev.freshet.server.http.Answer;
import dev.freshet.server.limits.Rates;
import dev.freshet.server.metrics.ServerMetrics;
import dev.freshet.server.problem.ErrorCode;
import dev.freshet.server.problem.HttpProblem;
import dev.freshet.state.StateStore;
import dev.freshet.state.WriteOptions;
import dev.freshet.state.Written;
import java.util.Optional;
import java.util.function.Function;

/** {@code /v1/state/{topic}} (PROTOCOL §5). */
final class States {
  private static final String MERGE_PATCH = "application/merge-patch+json";

  private final Freshet freshet;
  private final Owned owned;
  private final Rates rates;
  private final ServerMetrics metrics;

  States(Freshet freshet, Owned owned, Rates rates, ServerMetrics metrics) {
    this.freshet = freshet;
    this.owned = owned;
    this.rates = rates;
    this.metrics = metrics;
  }

  private record Version(String topic, long version, String position) {}

  Answer read(Request request) {
    Principal principal = request.principal();
    Topic topic = topic(request);
    Tenant tenant = freshet.tenant(principal.tenant());
    // Read before the state, so that whoever resumes there misses no change after it.
    Position head = tenant.log().head();
    TopicState state =
        principal.read().permits(topic) ? tenant.log().state(topic).orElse(null) : null;
    if (state == null || state.value() == null) throw notFound(topic);
    String tag = EntityTag.of(state.version());
    Answer answer =
        EntityTag.held(request.header("if-none-match"), state.version())
            ? Answer.empty(304)
            : Answer.of(200, Answer.JSON, state.value().utf8());
    return answer
        .with("etag", tag)
        .with("freshet-position", head.token())
        .with("cache-control", "no-cache");
  }

  Answer put(Request request) {
    Written written =
        write(request, states -> states.put(topic(request), request.body(), options(request)));
    return answer(written.created() ? 201 : 200, written);
  }

  Answer patch(Request request) {
    boolean merge = request.mediaType().equals(MERGE_PATCH);
    Written written =
        write(
            request,
            states ->
                merge
                    ? states.merge(topic(request), request.body(), options(request))
                    : states.patch(topic(request), request.body(), options(request)));
    return answer(200, written);
  }

  Answer delete(Request request) {
    Written written = write(request, states -> states.delete(topic(request), options(request)));
    return Answer.empty(204).with("freshet-position", written.position().token());
  }

  /** A change is an event like any other: it counts, and takes its share of the rate (R1). */
  private Written write(Request request, Function<StateStore, Written> change) {
    Principal principal = request.principal();
    Grants.checkWrite(principal, topic(request));
    owned.refuse(topic(request));
    rates.take(principal, 1);
    long begin = System.nanoTime();
    Written written = change.apply(freshet.tenant(principal.tenant()).states());
    if (written.changed()) metrics.published(1, System.nanoTime() - begin);
    return written;
  }

  private static Topic topic(Request request) {
    return Topic.of(request.pathParameter("topic"));
  }

  private static WriteOptions options(Request request) {
    WriteOptions options = WriteOptions.NONE.precondition(EntityTag.precondition(request));
    if (request.queryParameter("end").filter("true"::equals).isPresent())
      options = options.ending();
    return cause(request).map(options::cause).orElse(options);
  }

  private static Optional<Revision.Cause> cause(Request request) {
    Optional<String> type = request.header("freshet-cause-type");
    Optional<String> id = request.header("freshet-cause-id");
    if (type.isEmpty() && id.isEmpty()) return Optional.empty();
    try {
      return Optional.of(new Revision.Cause(type.orElse(""), id.orElse("")));
    } catch (IllegalArgumentException e) {
      throw HttpProblem.invalid("header", "Freshet-Cause-Id", String.valueOf(e.getMessage()));
    }
  }

  private static Answer answer(int status, Written written) {
    Version version =
        new Version(written.topic().path(), written.version(), written.position().token());
    return Answer.json(status, version).with("etag", EntityTag.of(written.version()));
  }

  private static HttpProblem notFound(Topic topic) {
    return HttpProblem.of(
        ErrorCode.STATE_NOT_FOUND, "topic '" + topic + "' holds no state that this token may read");
  }
}
