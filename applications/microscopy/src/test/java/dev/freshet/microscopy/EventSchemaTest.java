package dev.freshet.microscopy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class EventSchemaTest {
  private static final Path FILE =
      Path.of("src/main/resources/dev/freshet/microscopy/events.schema.json");

  /** Run with {@code -Dfreshet.write=true} to write the file. */
  @Test
  void eventSchema_holdsEveryEventAsItsRecordIs() throws IOException {
    String text = EventSchema.text();
    if (Boolean.getBoolean("freshet.write")) Files.writeString(FILE, text);
    assertThat(FILE).hasContent(text);
  }
}
