package dev.freshet.server.api;

import dev.freshet.Freshet;
import dev.freshet.access.Principal;
import dev.freshet.event.Topic;
import dev.freshet.event.TopicPattern;
import dev.freshet.log.EventLog;
import dev.freshet.log.TopicSummary;
import dev.freshet.server.auth.Revocations;
import dev.freshet.server.http.Answer;
import dev.freshet.server.openapi.MediaType;
import dev.freshet.server.problem.ErrorCode;
import dev.freshet.server.problem.HttpProblem;
import dev.freshet.server.stream.ConnectionInfo;
import dev.freshet.server.stream.Streams;
import java.util.List;
import java.util.Optional;

/** {@code /v1/admin/…}, all of it in the administrator's own tenant. */
final class Administration {
  private static final int DEFAULT_LIMIT = 100;

  private final Freshet freshet;
  private final Streams streams;
  private final Revocations revocations;

  Administration(Freshet freshet, Streams streams, Revocations revocations) {
    this.freshet = freshet;
    this.streams = streams;
    this.revocations = revocations;
  }

  private record TopicLine(String topic, long version, String lastPosition, boolean ended) {}

  private record Topics(List<TopicLine> topics, boolean more) {}

  private record Connections(List<ConnectionInfo> connections) {}

  Answer connections(Request request) throws InterruptedException {
    Principal principal = request.principal();
    Grants.checkAdministratorReads(principal);
    return Answer.json(200, new Connections(streams.list(principal.tenant())));
  }

  Answer endConnection(Request request) throws InterruptedException {
    Principal principal = request.principal();
    Grants.checkAdministratorWrites(principal);
    String id = request.pathParameter("id");
    if (streams.close(principal.tenant(), id)) return Answer.empty(204);
    throw HttpProblem.of(
        ErrorCode.NOT_FOUND, "no stream '" + MediaType.printable(id) + "' is open");
  }

  Answer topics(Request request) {
    Principal principal = request.principal();
    Grants.checkAdministratorReads(principal);
    EventLog log = freshet.tenant(principal.tenant()).log();
    int limit = request.queryParameter("limit").map(Integer::parseInt).orElse(DEFAULT_LIMIT);
    TopicPattern pattern =
        request.queryParameter("topic").map(TopicPattern::of).orElse(TopicPattern.ALL);
    Optional<Topic> after = request.queryParameter("after").map(Topic::of);
    List<TopicSummary> found = log.topics(pattern, after, limit + 1);
    List<TopicLine> lines =
        found.stream()
            .limit(limit)
            .map(t -> new TopicLine(t.topic().path(), t.version(), position(log, t), t.ended()))
            .toList();
    return Answer.json(200, new Topics(lines, found.size() > limit));
  }

  private static String position(EventLog log, TopicSummary topic) {
    return new dev.freshet.event.Position(log.epoch(), topic.lastOffset()).token();
  }

  Answer revoke(Request request) {
    Principal principal = request.principal();
    Grants.checkAdministratorWrites(principal);
    String subject = request.body().path("subject").asString("");
    String tokenId = request.body().path("tokenId").asString("");
    if (subject.isEmpty() == tokenId.isEmpty()) {
      throw HttpProblem.invalid("body", "", "needs either 'subject' or 'tokenId'");
    }
    if (subject.isEmpty()) revocations.revokeToken(principal.tenant(), tokenId);
    else revocations.revokeSubject(principal.tenant(), subject);
    return Answer.empty(204);
  }
}
