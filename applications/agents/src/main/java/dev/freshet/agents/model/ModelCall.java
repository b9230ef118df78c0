package dev.freshet.agents.model;

import dev.freshet.agents.event.ThoughtKind;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a model, and hands over its answer piece by piece. What may succeed another time is tried
 * again as long as no piece has come; an interrupt ends it.
 */
public final class ModelCall {
  private static final Logger LOG = LoggerFactory.getLogger(ModelCall.class);
  private static final Duration FIRST_WAIT = Duration.ofMillis(500);
  private static final Duration MAX_WAIT = Duration.ofSeconds(30);

  private final StreamingChatModel model;
  private final int attempts;
  private final Duration firstWait;

  /** Takes pieces of an answer as they come, on one thread at a time. */
  @FunctionalInterface
  public interface Pieces {
    /** What it throws ends the call, and is thrown by it. */
    void piece(ThoughtKind kind, String text);
  }

  public ModelCall(StreamingChatModel model, int attempts) {
    this(model, attempts, FIRST_WAIT);
  }

  ModelCall(StreamingChatModel model, int attempts, Duration firstWait) {
    this.model = model;
    this.attempts = attempts;
    this.firstWait = firstWait;
  }

  /**
   * @throws ModelException if there is no answer
   */
  public ChatResponse ask(ChatRequest request, Pieces pieces)
      throws ModelException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      Hearing hearing = new Hearing(pieces);
      try {
        return hearing.hear(request);
      } catch (Failed failed) {
        if (hearing.begun || attempt >= attempts || !failed.passing())
          throw new ModelException(failed.said(attempt));
        Thread.sleep(pause(attempt, failed));
      }
    }
  }

  private Duration pause(int attempt, Failed failed) {
    long bound = Math.min(MAX_WAIT.toMillis(), firstWait.toMillis() << Math.min(10, attempt - 1));
    Duration jittered =
        Duration.ofMillis(ThreadLocalRandom.current().nextLong(bound / 2, bound + 1));
    Duration asked = failed.retryAfter().orElse(Duration.ZERO);
    if (asked.compareTo(MAX_WAIT) > 0) asked = MAX_WAIT;
    return asked.compareTo(jittered) > 0 ? asked : jittered;
  }

  /** One attempt. */
  private final class Hearing implements StreamingChatResponseHandler {
    private final Pieces pieces;
    private @Nullable ChatResponse answer;
    private @Nullable Throwable error;
    private @Nullable RuntimeException refused;
    private boolean begun;

    Hearing(Pieces pieces) {
      this.pieces = pieces;
    }

    /**
     * Models answer on the thread that asks them, so that there is nothing to wait for after it.
     */
    ChatResponse hear(ChatRequest request) throws Failed, InterruptedException {
      Throwable thrown = null;
      try {
        model.chat(request, this);
      } catch (RuntimeException failed) {
        thrown = failed;
      }
      RuntimeException first = refused;
      if (first != null) throw first;
      if (Thread.interrupted()) throw new InterruptedException();
      ChatResponse response = answer;
      if (response != null && response.finishReason() != null) return response;
      throw new Failed(error == null ? thrown : error);
    }

    @Override
    public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
      take(ThoughtKind.ANSWER, piece.text(), context.streamingHandle());
    }

    @Override
    public void onPartialResponse(String piece) {
      take(ThoughtKind.ANSWER, piece, null);
    }

    @Override
    public void onPartialThinking(PartialThinking piece, PartialThinkingContext context) {
      take(ThoughtKind.REASONING, piece.text(), context.streamingHandle());
    }

    @Override
    public void onPartialThinking(PartialThinking piece) {
      take(ThoughtKind.REASONING, piece.text(), null);
    }

    private void take(ThoughtKind kind, String text, @Nullable StreamingHandle handle) {
      if (refused != null || text.isEmpty()) return;
      begun = true;
      try {
        pieces.piece(kind, text);
      } catch (RuntimeException thrown) {
        refused = thrown;
        if (handle != null) handle.cancel();
      }
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
      answer = response;
    }

    @Override
    public void onError(Throwable thrown) {
      if (error == null) error = thrown;
    }
  }

  /** What went wrong with an attempt; without a cause, that the answer ended before its end. */
  private static final class Failed extends Exception {
    private static final long serialVersionUID = 1;
    private final transient @Nullable Throwable why;

    Failed(@Nullable Throwable why) {
      super(null, null, false, false);
      this.why = why;
      LOG.debug("a model gave no answer", why);
    }

    private <T extends Throwable> Optional<T> cause(Class<T> type) {
      for (Throwable at = why; at != null; at = at.getCause()) {
        if (type.isInstance(at)) return Optional.of(type.cast(at));
      }
      return Optional.empty();
    }

    private Optional<Integer> status() {
      return cause(HttpException.class).map(HttpException::statusCode);
    }

    Optional<Duration> retryAfter() {
      return cause(StreamClient.Refused.class).flatMap(StreamClient.Refused::retryAfter);
    }

    boolean passing() {
      if (cause(ContentFilteredException.class).isPresent()) return false;
      if (cause(ScriptException.class).isPresent()) return false;
      return status().map(s -> s == 408 || s == 409 || s == 429 || s >= 500).orElse(true);
    }

    String said(int attempts) {
      String after = attempts > 1 ? ", " + attempts + " times" : "";
      if (cause(ContentFilteredException.class).isPresent())
        return "the model's provider filtered the answer";
      if (cause(ScriptException.class).isPresent()) return "the script has no answer to that";
      return status()
          .map(status -> of(status) + " (" + status + ")" + after)
          .orElseGet(() -> connection() + after);
    }

    private static String of(int status) {
      return switch (status) {
        case 401, 403 -> "the model's provider does not accept the key that is configured";
        case 404 -> "the model's provider has no such model, or the base URL is another";
        case 413 -> "the conversation is too large for the model";
        case 429 -> "the model's provider has had too many requests, or no credit is left";
        default ->
            status >= 500
                ? "the model's provider failed"
                : "the model's provider refused the request";
      };
    }

    private String connection() {
      if (why == null) return "the model's answer broke off";
      boolean late =
          cause(TimeoutException.class).isPresent()
              || cause(java.net.http.HttpTimeoutException.class).isPresent();
      if (late) return "the model's provider did not answer in time";
      if (cause(java.net.ConnectException.class).isPresent())
        return "the model's provider can't be reached";
      return "the model's answer broke off";
    }
  }
}
