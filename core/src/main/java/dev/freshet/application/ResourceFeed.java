package dev.freshet.application;

import dev.freshet.Tenant;
import dev.freshet.event.Filter;
import dev.freshet.event.Topic;
import dev.freshet.event.TopicPattern;
import dev.freshet.log.TopicState;
import dev.freshet.resource.Lease;
import dev.freshet.resource.LoadException;
import dev.freshet.resource.Resource;
import dev.freshet.resource.Resources;
import dev.freshet.subscription.Backlog;
import dev.freshet.view.DocumentRepresentation;
import dev.freshet.view.NativeRepresentation;
import dev.freshet.view.Representation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Streams a resource (PROTOCOL §8.7) for as long as a client's stream is open: the document as an
 * unnamed event whenever it has changed, or, where the query says {@code format=patch}, the frames
 * of a native stream. A caller without a read grant for the topic gets 404, and nothing is loaded
 * for it (A1).
 *
 * @param find the resource that a call is for; throws a {@link ProblemException} where this caller
 *     may not watch it
 * @param bound how long the first load may take before the client is answered
 */
public record ResourceFeed(Function<Call, Resource> find, Duration bound) implements Feed {
  private static final Set<String> MARKERS = Set.of(Resources.STALE, Resources.FRESH);

  @Override
  public Optional<Selection> select(Call call) {
    Resource resource = find.apply(call);
    Topic topic = resource.topic();
    if (!call.principal().read().permits(topic)) throw notFound();
    load(call.tenant(), resource);
    List<TopicPattern> only = List.of(TopicPattern.of(topic.path()));
    Filter filter = new Filter(only, Set.of());
    return Optional.of(
        new Selection(filter, representation(call))
            .with(new Backlog(new Filter(only, MARKERS), 1))
            .with(new Watching(call.tenant().resources(), resource)));
  }

  private static Representation representation(Call call) {
    boolean patches = call.queryParameter("format").orElse("").equals("patch");
    return patches ? NativeRepresentation.NATIVE : new DocumentRepresentation(call.tenant().log());
  }

  /**
   * Has the document loaded before it is streamed. The resource lingers until the stream is open,
   * and if that never comes about, nothing keeps it.
   */
  private void load(Tenant tenant, Resource resource) {
    try (Lease lease = tenant.resources().watch(resource)) {
      lease.ready().get(bound.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      if (code(failed).equals(LoadException.NOT_FOUND)) throw notFound();
      requireDocument(tenant, resource.topic(), code(failed), "could not be loaded");
    } catch (TimeoutException late) {
      requireDocument(tenant, resource.topic(), "load_timeout", "was not loaded in " + bound);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new ProblemException(new Problem(503, "draining", "the server is shutting down"));
    }
  }

  private static String code(ExecutionException failed) {
    return failed.getCause() instanceof LoadException told
        ? told.code()
        : LoadException.LOAD_FAILED;
  }

  /** What was loaded earlier is shown, with the event that says since when it is stale. */
  private static void requireDocument(Tenant tenant, Topic topic, String code, String what) {
    if (tenant.states().get(topic).map(TopicState::value).isPresent()) return;
    throw new ProblemException(
        new Problem(503, code, "the document " + what + "; try again later"));
  }

  private static ProblemException notFound() {
    return new ProblemException(new Problem(404, "not_found", "there is no such document"));
  }

  /** Keeps the resource watched while the stream is open. */
  private static final class Watching implements Attendant {
    private final Resources resources;
    private final Resource resource;
    private @Nullable Lease lease;

    Watching(Resources resources, Resource resource) {
      this.resources = resources;
      this.resource = resource;
    }

    @Override
    public void opened(ClientStream stream) {
      lease = resources.watch(resource);
    }

    @Override
    public void delivered(long offset) {}

    @Override
    public void closed(String reason) {
      if (lease != null) lease.close();
    }
  }
}
