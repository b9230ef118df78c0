package dev.freshet.server.api;

import dev.freshet.Freshet;
import dev.freshet.Tenant;
import dev.freshet.application.Application;
import dev.freshet.application.Call;
import dev.freshet.application.Feed;
import dev.freshet.application.Operation;
import dev.freshet.application.Reply;
import dev.freshet.server.http.Answer;
import dev.freshet.server.openapi.ApiDocument;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What applications contribute, as handlers. */
final class Applications {
  private final Freshet freshet;
  private final Streaming streaming;

  Applications(Freshet freshet, Streaming streaming) {
    this.freshet = freshet;
    this.streaming = streaming;
  }

  Mount mount(Application application, ApiDocument document) {
    Map<String, Handler> handlers = new HashMap<>();
    application
        .operations()
        .forEach((id, operation) -> handlers.put(id, request -> answer(operation, request)));
    application.feeds().forEach((id, feed) -> handlers.put(id, handler(feed)));
    return new Mount(document, handlers, application::problemBody);
  }

  private Handler handler(Feed feed) {
    Optional<Operation> document = feed.document();
    return request -> {
      if (document.isPresent() && !Accept.namesStream(request.header("accept")))
        return answer(document.get(), request);
      Optional<Feed.Selection> selection = feed.select(call(request));
      return selection.isEmpty() ? Answer.empty(204) : streaming.open(request, selection.get());
    };
  }

  private Answer answer(Operation operation, Request request) {
    Reply reply = operation.handle(call(request));
    Answer answer = body(reply);
    for (Map.Entry<String, String> header : reply.headers().entrySet())
      answer = answer.with(header.getKey().toLowerCase(Locale.ROOT), header.getValue());
    return answer;
  }

  private static Answer body(Reply reply) {
    return reply
        .content()
        .map(content -> Answer.of(reply.status(), content.mediaType(), content.bytes()))
        .or(() -> reply.body().map(body -> Answer.json(reply.status(), body)))
        .orElseGet(() -> Answer.empty(reply.status()));
  }

  /** The token that let the caller in is its authorization, also where a cookie brought it. */
  private static Optional<String> header(Request request, String name) {
    return name.equalsIgnoreCase("authorization")
        ? Optional.of("Bearer " + request.authenticated().token())
        : request.header(name);
  }

  private Call call(Request request) {
    Tenant tenant = freshet.tenant(request.principal().tenant());
    return new Call(
        tenant,
        request.principal(),
        request.path(),
        request.query(),
        name -> header(request, name),
        Optional.ofNullable(request.json()));
  }
}
