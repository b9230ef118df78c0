package dev.freshet.agents.run;

import dev.freshet.agents.tool.Sandbox;
import dev.freshet.agents.tool.SandboxFile;
import dev.freshet.agents.tool.SandboxPath;
import dev.freshet.agents.tool.ToolException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where runs have their files: {@code {directory}/{tenant}/{executionId}}. Thread-safe. */
public final class Directories {
  private final Path root;

  Directories(Path root) {
    this.root = root;
  }

  /** The run's directory, which need not be there. */
  public Path of(String tenant, String id) {
    return root.resolve(tenant).resolve(id);
  }

  /** The run's directory, made if it is not there. */
  public Path made(String tenant, String id) {
    try {
      sandbox(tenant, id, 0).create();
      return of(tenant, id);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The run's files, by path, at most so many; what is no plain file is left out. */
  public List<SandboxFile> list(String tenant, String id, int most) {
    try {
      return sandbox(tenant, id, 0).list(SandboxPath.ROOT, most).orElse(List.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What the file at this path of the run's holds; empty if there is none that has at most so many
   * bytes. No path leads out of the run's directory, also not by a symbolic link.
   */
  public Optional<byte[]> read(String tenant, String id, String path, int most) {
    try {
      return sandbox(tenant, id, most).read(SandboxPath.parse(path));
    } catch (ToolException notThere) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void delete(String tenant, String id) {
    if (!Files.isDirectory(root)) return;
    try {
      sandbox(tenant, id, 0).delete();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Sandbox sandbox(String tenant, String id, int most) {
    return Sandbox.at(of(tenant, id), new Sandbox.Bounds(most, 0, 0));
  }
}
