package dev.freshet.proxy;

import dev.freshet.Freshet;
import dev.freshet.Tenant;
import dev.freshet.application.Application;
import dev.freshet.application.Feed;
import dev.freshet.application.Operation;
import dev.freshet.event.Topic;
import dev.freshet.event.TopicPattern;
import dev.freshet.log.StateCut;
import dev.freshet.log.TopicState;
import dev.freshet.state.WriteOptions;
import java.net.URL;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** JSON documents that other services answer, as live resources (PROTOCOL §8.8). */
public final class Proxy implements Application {
  private static final TopicPattern ALL = TopicPattern.of(Documents.ROOT + "/**");

  private final HttpClient http;
  private final List<Source> sources;
  private final Documents documents = new Documents();

  /**
   * @param mostBytes of a document
   * @throws SettingException if one of them is not allowed
   */
  public Proxy(List<Proxied> resources, int mostBytes) {
    this.http =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    List<Source> all = new ArrayList<>();
    for (Proxied settings : resources) all.add(source(all.size(), settings, mostBytes));
    this.sources = List.copyOf(all);
  }

  private Source source(int index, Proxied settings, int mostBytes) {
    Paths paths = new Paths(settings.path(), settings.upstream());
    check(index, "path", settings.path(), Paths.PATH_ALLOWED, () -> Paths.checkPath(paths.path()));
    check(index, "upstream", settings.upstream(), Paths.UPSTREAM_ALLOWED, paths::checkUpstream);
    check(index, "until", settings.until(), Until.ALLOWED, () -> Until.parse(settings.until()));
    return new Source(
        index,
        settings,
        paths,
        Until.parse(settings.until()),
        new Upstream(http, settings, mostBytes));
  }

  private static void check(int index, String key, String value, String allowed, Runnable parse) {
    try {
      parse.run();
    } catch (IllegalArgumentException wrong) {
      throw new SettingException(index, key, value, allowed);
    }
  }

  @Override
  public String name() {
    return "proxy";
  }

  @Override
  public URL openApi() {
    return Description.of(sources);
  }

  @Override
  public Map<String, Operation> operations() {
    return Map.of();
  }

  @Override
  public Map<String, Feed> feeds() {
    return sources.stream()
        .collect(Collectors.toMap(Description::id, source -> new ProxyFeed(source, documents)));
  }

  @Override
  public List<TopicPattern> owned() {
    return List.of(ALL);
  }

  /** Removes what a server that was killed left of documents that were watched. */
  @Override
  public void start(Freshet freshet) {
    for (String name : freshet.store().tenants()) {
      Tenant tenant = freshet.tenant(name);
      for (Topic topic : unfinished(tenant)) tenant.states().delete(topic, WriteOptions.NONE);
    }
  }

  private static List<Topic> unfinished(Tenant tenant) {
    List<Topic> topics = new ArrayList<>();
    try (StateCut cut = tenant.log().states(List.of(ALL))) {
      while (cut.hasNext()) {
        TopicState state = cut.next();
        if (!state.ended()) topics.add(state.topic());
      }
    }
    return topics;
  }

  /** How many documents are watched, of all tenants. */
  public int watched() {
    return documents.size();
  }

  @Override
  public void stop() {
    http.shutdownNow();
  }
}
