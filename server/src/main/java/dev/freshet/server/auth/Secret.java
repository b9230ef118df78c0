package dev.freshet.server.auth;

import dev.freshet.server.config.AuthConfig;
import dev.freshet.server.config.Config;
import dev.freshet.server.config.ConfigException;
import dev.freshet.server.config.FileReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The secret that signs and verifies HS256 tokens. */
public final class Secret {
  private static final Logger LOG = LoggerFactory.getLogger(Secret.class);
  private static final String FILE = "secret";
  private static final int RANDOM_BYTES = 48;

  private Secret() {}

  /**
   * The configured secret; in development mode without one, that of the data directory, made if it
   * is not there.
   *
   * @return empty if tokens are verified by JWKS alone
   * @throws ConfigException if it cannot be read, or can be guessed
   */
  public static Optional<byte[]> of(Config config) {
    AuthConfig auth = config.auth();
    if (!auth.secret().isEmpty()) return Optional.of(bytes(auth.secret()));
    if (!auth.secretFile().isEmpty())
      return Optional.of(bytes(read("auth.secret-file", Path.of(auth.secretFile()))));
    if (config.mode() == Config.Mode.PRODUCTION) return Optional.empty();
    return Optional.of(bytes(development(config.data())));
  }

  private static String development(Path data) {
    Path file = data.resolve(FILE);
    try {
      Files.createDirectories(data);
      if (!Files.exists(file)) create(file);
    } catch (IOException e) {
      throw new ConfigException(
          "data: '"
              + data
              + "' cannot hold the secret ("
              + FileReason.of(e)
              + "); allowed is a writable directory");
    }
    return read("data", file);
  }

  /** Makes the file whole or not at all: of two servers that start at once, one's secret stands. */
  private static void create(Path file) throws IOException {
    byte[] random = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(random);
    Path draft = Files.createTempFile(file.toAbsolutePath().getParent(), FILE, ".new", ownerOnly());
    try {
      Files.writeString(
          draft, Base64.getUrlEncoder().withoutPadding().encodeToString(random) + "\n");
      Files.createLink(file, draft);
      LOG.info("development mode: made a random secret for tokens in {}", file.toAbsolutePath());
    } catch (FileAlreadyExistsException theOtherWon) {
      LOG.debug("the secret is there already");
    } finally {
      Files.delete(draft);
    }
  }

  private static java.nio.file.attribute.FileAttribute<?> ownerOnly() {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  }

  private static String read(String key, Path file) {
    try {
      String secret = Files.readString(file).strip();
      AuthConfig.checkSecret(key, secret);
      return secret;
    } catch (IOException e) {
      throw new ConfigException(key + ": '" + file + "' cannot be read (" + FileReason.of(e) + ")");
    }
  }

  private static byte[] bytes(String secret) {
    return secret.getBytes(StandardCharsets.UTF_8);
  }
}
