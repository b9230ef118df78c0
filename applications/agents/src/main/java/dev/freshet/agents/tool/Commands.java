package dev.freshet.agents.tool;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The programs that may be run, by the names under which a model asks for them.
 *
 * @param programs where each is
 */
public record Commands(Map<String, Path> programs) {
  /** Where programs are looked for; also what they are given as their own path. */
  static final String PATH = "/usr/local/bin:/usr/bin:/bin";

  public static final Commands NONE = new Commands(Map.of());

  public Commands {
    programs = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(programs));
  }

  /**
   * @param names of programs, or absolute paths to them, which go by their last segment
   * @throws IllegalArgumentException naming the first that is not there
   */
  public static Commands of(Collection<String> names) {
    Map<String, Path> programs = new LinkedHashMap<>();
    for (String name : names) {
      Path path = find(name).orElseThrow(() -> new IllegalArgumentException(name));
      programs.put(Path.of(name).getFileName().toString(), path);
    }
    return new Commands(programs);
  }

  private static Optional<Path> find(String name) {
    if (name.contains("/"))
      return Optional.of(Path.of(name))
          .filter(path -> path.isAbsolute() && Files.isExecutable(path));
    return List.of(PATH.split(":", -1)).stream()
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  Set<String> names() {
    return programs.keySet();
  }

  boolean isEmpty() {
    return programs.isEmpty();
  }

  Optional<Path> program(String name) {
    return Optional.ofNullable(programs.get(name));
  }
}
