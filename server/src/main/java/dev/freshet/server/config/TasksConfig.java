package dev.freshet.server.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Tasks, and the transfers among them (PROTOCOL §8.5). */
public record TasksConfig(
    @Setting(
            value = "1s",
            min = "100ms",
            max = "10s",
            says = "progress is written down, and streamed, at most this often")
        Duration interval,
    @Setting(value = "8", min = "1", max = "1000", says = "tasks that run at once")
        int parallelTasks,
    @Setting(value = "4", min = "1", max = "1000", says = "tasks of one tenant that run at once")
        int tenantTasks,
    @Setting(
            value = "1000",
            min = "1",
            max = "100000",
            says = "tasks of one tenant that may wait for their turn")
        int pending,
    @Setting(value = "500", min = "1", max = "10000", says = "sub-tasks of one task") int subtasks,
    @Setting(
            value = "30d",
            min = "1h",
            max = "3650d",
            says = "a task that has ended is removed this long after it was made")
        Duration keep,
    @Setting(
            value = "",
            says =
                "directories that files may be fetched into, each tenant's into a directory of its own; empty: no transfers")
        List<Path> roots,
    @Setting(
            value = "",
            says =
                "directories from which `file:` may be read by every tenant, or, with `{tenant}` in it, by that one")
        List<String> fileRoots,
    @Setting(
            value = "false",
            says = "whether transfers may connect to private, loopback and link-local addresses")
        boolean privateAddresses,
    @Setting(value = "4", min = "1", max = "64", says = "connections of one transfer")
        int parallelParts,
    @Setting(
            value = "8MiB",
            min = "64KiB",
            max = "16GiB",
            says = "the least of a file that is worth a connection of its own")
        Size part,
    @Setting(
            value = "0",
            max = "1TiB",
            says = "bytes a second of all transfers together; 0: no bound")
        Size bandwidth,
    @Setting(value = "10s", min = "100ms", max = "5m", says = "time for a connection to be made")
        Duration connect,
    @Setting(
            value = "30s",
            min = "100ms",
            max = "1h",
            says = "a source that sends nothing for this long is given up, and tried again")
        Duration stall,
    @Setting(
            value = "8",
            min = "1",
            max = "1000",
            says = "attempts, one after the other without progress, before a file is given up")
        int attempts,
    @Setting(
            value = "500ms",
            min = "10ms",
            max = "5m",
            says = "bound of the first wait before another attempt; it doubles each time")
        Duration retry,
    @Setting(value = "1m", min = "10ms", max = "1h", says = "bound of every such wait")
        Duration maxRetry) {

  public TasksConfig {
    roots = List.copyOf(roots);
    fileRoots = List.copyOf(fileRoots);
    Set<Path> names = new HashSet<>();
    for (Path root : roots) {
      Path name = root.toAbsolutePath().normalize().getFileName();
      if (!Files.isDirectory(root) || name == null || !names.add(name))
        throw ConfigException.value(
            "tasks.roots",
            root.toString(),
            "allowed are directories that exist and whose last segments differ");
    }
    for (String root : fileRoots) {
      if (!root.startsWith("/"))
        throw ConfigException.value("tasks.file-roots", root, "allowed are absolute paths");
    }
  }
}
