package dev.freshet.agents.tool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxTest {
  private static final String SECRET = "what nobody may see";

  @TempDir private Path disk;
  private Path outside;
  private Sandbox sandbox;

  @BeforeEach
  void make() throws IOException {
    outside = Files.createDirectory(disk.resolve("outside"));
    Files.writeString(outside.resolve("secret"), SECRET);
    sandbox = sandbox(new Sandbox.Bounds(1000, 10, 3000));
  }

  private Sandbox sandbox(Sandbox.Bounds bounds) throws IOException {
    Sandbox made = Sandbox.at(disk.resolve("agents/t/run1"), bounds);
    made.create();
    return made;
  }

  private void write(String path, String content) throws Exception {
    sandbox.write(SandboxPath.parse(path), content.getBytes(UTF_8), true);
  }

  private String read(String path) throws Exception {
    return sandbox.read(SandboxPath.parse(path)).map(b -> new String(b, UTF_8)).orElse("none");
  }

  private List<String> list() throws IOException {
    return sandbox.list(SandboxPath.ROOT, 1000).orElseThrow().stream()
        .map(SandboxFile::path)
        .toList();
  }

  @Test
  void files_areWrittenReadAndListed_withTheDirectoriesThatLeadToThem() throws Exception {
    write("b.txt", "b");
    write("a/deep/down.txt", "äöü");
    assertThat(read("a/deep/down.txt")).isEqualTo("äöü");
    assertThat(read("./b.txt")).isEqualTo("b");
    assertThat(list()).containsExactly("a/deep/down.txt", "b.txt");
    assertThat(sandbox.list(SandboxPath.parse("a/"), 10).orElseThrow()).hasSize(1);
    assertThat(sandbox.list(SandboxPath.parse("c"), 10)).isEmpty();
    assertThat(read("a")).isEqualTo("none");
    assertThat(disk.resolve("agents/t/run1/a/deep/down.txt")).hasContent("äöü");
  }

  @Test
  void file_thatIsThere_isReplacedOnlyWhereThatIsAsked() throws Exception {
    write("a", "1");
    assertThatThrownBy(() -> sandbox.write(SandboxPath.parse("a"), new byte[1], false))
        .isInstanceOf(ToolException.class)
        .hasMessageContaining("is there already");
    assertThat(sandbox.write(SandboxPath.parse("a"), new byte[1], true)).isTrue();
    assertThatThrownBy(() -> write("a/b", "2")).isInstanceOf(ToolException.class);
    write("d/e", "3");
    assertThatThrownBy(() -> write("d", "4")).isInstanceOf(ToolException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..",
        "../run2/a",
        "a/../../b",
        "a/..",
        "/etc/passwd",
        "//etc/passwd",
        "a//b",
        ".//a",
        "././a",
        "a/./b",
        "C:\\a",
        "a\\b",
        "a\0b",
        "a\nb",
        ".freshet-1",
        "a/.freshet-x/b",
        "\ud800",
        "a:b"
      })
  void paths_thatAreNotPlainNames_areRefused(String path) {
    assertThatThrownBy(() -> SandboxPath.parse(path)).isInstanceOf(ToolException.class);
  }

  @Test
  void links_areNotFollowed_noMatterWhereTheyAre() throws Exception {
    Path directory = disk.resolve("agents/t/run1");
    Files.createSymbolicLink(directory.resolve("out"), outside);
    Files.createSymbolicLink(directory.resolve("file"), outside.resolve("secret"));
    Files.createSymbolicLink(directory.resolve("up"), Path.of(".."));
    write("d/x", "x");
    Files.createSymbolicLink(directory.resolve("d/out"), outside);

    assertThat(read("out/secret")).isEqualTo("none");
    assertThat(read("file")).isEqualTo("none");
    assertThat(read("d/out/secret")).isEqualTo("none");
    assertThat(sandbox.list(SandboxPath.parse("out"), 10)).isEmpty();
    assertThat(list()).containsExactly("d/x");
    for (String path : List.of("out/new", "file", "d/out/new", "up/run2", "out", "out/new/dir/f"))
      assertThatThrownBy(() -> write(path, "pwned")).isInstanceOf(ToolException.class);
    assertThat(outside).isDirectoryContaining(p -> p.endsWith("secret"));
    assertThat(outside.resolve("new")).doesNotExist();
    assertThat(outside.resolve("secret")).hasContent(SECRET);
  }

  @Test
  void directoryOfTheRun_thatWasReplacedByALink_isRefused() throws Exception {
    Files.delete(disk.resolve("agents/t/run1"));
    Files.createSymbolicLink(disk.resolve("agents/t/run1"), outside);
    assertThat(read("secret")).isEqualTo("none");
    assertThat(sandbox.list(SandboxPath.ROOT, 10)).isEmpty();
    assertThatThrownBy(() -> write("new", "x")).isInstanceOf(FileSystemException.class);
    sandbox.delete();
    assertThat(outside.resolve("secret")).hasContent(SECRET);
  }

  @Test
  void bounds_ofFileNumberAndBytes_areKept() throws Exception {
    assertThatThrownBy(() -> write("a", "x".repeat(1001)))
        .isInstanceOf(ToolException.class)
        .hasMessageContaining("1001")
        .hasMessageContaining("agents.file-bytes");
    for (int i = 0; i < 3; i++) write("f" + i, "x".repeat(1000));
    assertThatThrownBy(() -> write("g", "x")).hasMessageContaining("agents.directory-bytes");
    write("f0", "y".repeat(1000));
    for (int i = 0; i < 3; i++) write("f" + i, "");
    for (int i = 3; i < 10; i++) write("f" + i, "");
    assertThatThrownBy(() -> write("more", "")).hasMessageContaining("agents.files");
    assertThatThrownBy(() -> write("d/more", "")).hasMessageContaining("agents.files");
    assertThat(list()).hasSize(10);
  }

  @Test
  void fileThatGrewPastItsBound_isNotRead() throws Exception {
    Files.write(disk.resolve("agents/t/run1/big"), new byte[1001]);
    assertThatThrownBy(() -> read("big")).hasMessageContaining("1001");
  }

  @Test
  void deleting_takesEverything_andFollowsNoLink() throws Exception {
    write("a/b/c", "x");
    Files.createSymbolicLink(disk.resolve("agents/t/run1/a/out"), outside);
    sandbox.delete();
    assertThat(disk.resolve("agents/t/run1")).doesNotExist();
    assertThat(outside.resolve("secret")).hasContent(SECRET);
    sandbox.delete();
  }

  /** A program in the directory swaps directories for links while paths are used. */
  @Test
  @Timeout(60)
  void linksThatComeAndGo_leadNowhere() throws Exception {
    sandbox = sandbox(new Sandbox.Bounds(1000, 10_000, 1 << 20));
    Path directory = disk.resolve("agents/t/run1");
    AtomicBoolean over = new AtomicBoolean();
    Thread swapper =
        Thread.ofPlatform()
            .start(() -> {
              Path door = directory.resolve("door");
              while (!over.get()) {
                try {
                  Files.createDirectories(door);
                  Files.writeString(door.resolve("secret"), "open");
                  Files.move(door, directory.resolve("aside"));
                  Files.createSymbolicLink(door, outside);
                  Files.delete(door);
                  removeTree(directory.resolve("aside"));
                } catch (IOException raced) {
                  try {
                    if (Files.isSymbolicLink(door)) Files.delete(door);
                    removeTree(directory.resolve("aside"));
                  } catch (IOException again) {
                    // The next round does it.
                  }
                }
              }
            });
    int opened = 0;
    try {
      for (int i = 0; i < 1500; i++) {
        try {
          String seen = read("door/secret");
          assertThat(seen).isIn("open", "", "none");
          if (seen.equals("open")) opened++;
          write("door/mine" + i % 7, "mine");
          write("door/deep/mine", "mine");
          list();
        } catch (ToolException | IOException raced) {
          // Refused, or gone meanwhile.
        }
      }
    } finally {
      over.set(true);
      swapper.join();
    }
    assertThat(opened).isPositive();
    assertThat(outside.toFile().list()).containsExactly("secret");
    assertThat(outside.resolve("secret")).hasContent(SECRET);
  }

  private static void removeTree(Path tree) throws IOException {
    if (!Files.exists(tree, java.nio.file.LinkOption.NOFOLLOW_LINKS)) return;
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path dir, java.io.IOException failed)
              throws IOException {
            Files.delete(dir);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Random paths over an alphabet of what is dangerous, against a model of the directory. */
  @Test
  void randomPaths_neverLeave_andMeanWhatTheySay() throws Exception {
    sandbox = sandbox(new Sandbox.Bounds(1000, 100_000, 1 << 24));
    Files.createSymbolicLink(disk.resolve("agents/t/run1/l"), outside);
    String[] parts = {
      "a", "b", "..", ".", "/", "/", "/", "\\", ":", "\0", "~", " ", "l", "%2e", "é"
    };
    Map<String, String> model = new TreeMap<>();
    Random random = new Random(7);
    for (int i = 0; i < 4000; i++) {
      StringBuilder made = new StringBuilder();
      for (int j = random.nextInt(7); j >= 0; j--) made.append(parts[random.nextInt(parts.length)]);
      String path = made.toString();
      SandboxPath parsed;
      try {
        parsed = SandboxPath.parse(path);
      } catch (ToolException refused) {
        continue;
      }
      String name = parsed.toString();
      if (random.nextBoolean()) {
        try {
          write(path, "w" + i);
          model.put(name, "w" + i);
        } catch (ToolException refused) {
          boolean inTheWay =
              name.isEmpty()
                  || name.equals("l")
                  || name.startsWith("l/")
                  || model.keySet().stream()
                      .anyMatch(f -> name.startsWith(f + "/") || f.startsWith(name + "/"));
          assertThat(inTheWay).as("%s: %s", name, refused.getMessage()).isTrue();
        }
      } else {
        assertThat(read(path)).isEqualTo(model.getOrDefault(name, "none"));
      }
    }
    assertThat(model).hasSizeGreaterThan(20);
    assertThat(list()).containsExactlyElementsOf(model.keySet());
    assertThat(outside.toFile().list()).containsExactly("secret");
    assertThat(disk.toFile().list()).hasSize(2);
  }
}
