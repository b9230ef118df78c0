package dev.freshet.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.server.config.Config;
import dev.freshet.server.config.ConfigException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretTest {
  @TempDir private Path directory;

  private Config development() {
    return Config.of(Map.of("data", directory.resolve("data").toString()));
  }

  @Test
  void development_makesASecretForItsOwnerOnly_andKeepsIt_A4() throws IOException {
    Optional<byte[]> made = Secret.of(development());
    Path file = directory.resolve("data/secret");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(made.orElseThrow()).hasSizeGreaterThan(32);
    assertThat(Secret.of(development()))
        .hasValueSatisfying(again -> assertThat(again).isEqualTo(made.orElseThrow()));
  }

  @Test
  void development_startedTwiceAtOnce_hasOneSecret_A4() throws Exception {
    try (var threads = Executors.newFixedThreadPool(8)) {
      Callable<String> start =
          () -> new String(Secret.of(development()).orElseThrow(), StandardCharsets.UTF_8);
      List<Future<String>> starts =
          threads.invokeAll(Stream.generate(() -> start).limit(8).toList());
      String first = starts.getFirst().get();
      for (Future<String> other : starts) assertThat(other.get()).isEqualTo(first);
    }
    try (Stream<Path> files = Files.list(directory.resolve("data"))) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void production_takesTheFile_andRefusesAWeakOne_A4() throws IOException {
    Path file = Files.writeString(directory.resolve("s"), "0123456789abcdefghijklmnopqrstuvwxyz\n");
    assertThat(Secret.of(production(file)).orElseThrow()).asString().doesNotContain("\n");
    Files.writeString(file, "short");
    assertThatThrownBy(() -> Secret.of(production(file)))
        .isInstanceOf(ConfigException.class)
        .hasMessage("auth.secret-file: a secret of 5 bytes; allowed are at least 32");
    Files.delete(file);
    assertThatThrownBy(() -> Secret.of(production(file)))
        .hasMessageStartingWith("auth.secret-file: '" + file + "'");
  }

  private static Config production(Path file) {
    return Config.of(Map.of("mode", "production", "auth.secret-file", file.toString()));
  }
}
