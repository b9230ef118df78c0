package dev.freshet.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigurationPageTest {
  private static final Path PAGE = Path.of("..", "docs", "configuration.md");

  /** Run with {@code -Dfreshet.write=true} to write the page. */
  @Test
  void configurationPage_holdsEverySettingAsItIs_R1() throws IOException {
    String text = ConfigurationPage.text(Sources.keys());
    if (Boolean.getBoolean("freshet.write")) Files.writeString(PAGE, text);
    assertThat(PAGE).hasContent(text);
  }
}
