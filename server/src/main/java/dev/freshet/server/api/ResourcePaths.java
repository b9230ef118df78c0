package dev.freshet.server.api;

import dev.freshet.server.config.Config;
import dev.freshet.server.config.ConfigException;
import dev.freshet.server.config.ResourceConfig;
import dev.freshet.server.openapi.ApiDocument;
import dev.freshet.server.openapi.Route;
import java.util.ArrayList;
import java.util.List;

/** Holds the paths of proxied resources apart from each other's and all others (PROTOCOL §8.8). */
final class ResourcePaths {
  /** The name of the application that serves them. */
  private static final String OWN = "proxy";

  /** Where the console's pages and files are. */
  private static final List<String> CONSOLE = List.of("console", "assets");

  /** A template that is taken; open if more segments may follow its last. */
  private record Taken(List<String> segments, boolean open) {
    static Taken by(Route route) {
      return new Taken(split(route.template()), route.open());
    }

    boolean answers(List<String> path) {
      boolean fits = open ? path.size() >= segments.size() : path.size() == segments.size();
      for (int i = 0; fits && i < segments.size(); i++) {
        String own = segments.get(i);
        String other = path.get(i);
        fits = own.equals(other) || own.startsWith("{") || other.startsWith("{");
      }
      return fits;
    }
  }

  private ResourcePaths() {}

  /**
   * @throws ConfigException if two routes could answer the same request
   */
  static void check(Config config, List<ApiDocument> documents) {
    List<Taken> taken = new ArrayList<>();
    for (ApiDocument document : documents) {
      if (!document.name().equals(OWN))
        document.routes().forEach(route -> taken.add(Taken.by(route)));
    }
    int index = 0;
    for (ResourceConfig resource : config.resources()) {
      List<String> path = split(resource.path());
      if (CONSOLE.contains(path.getFirst())) throw refused(index, resource, "/" + path.getFirst());
      for (Taken other : taken) {
        if (other.answers(path))
          throw refused(index, resource, "/" + String.join("/", other.segments()));
      }
      taken.add(new Taken(path, false));
      index++;
    }
  }

  private static ConfigException refused(int index, ResourceConfig resource, String other) {
    return ConfigException.value(
        "resources[" + index + "].path",
        resource.path(),
        "allowed is a path that can't be taken for another's; this one can for " + other);
  }

  private static List<String> split(String template) {
    return List.of(template.replaceFirst("^/", "").split("/", -1));
  }
}
