package dev.freshet.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SseParserTest {
  private static final String[] PIECES = {
    "data",
    "event",
    "id",
    "retry",
    ":",
    ": ",
    "\n",
    "\r",
    "\r\n",
    "\n\n",
    "x",
    "é",
    "🔬",
    "\0",
    "\uFEFF",
    "12",
    " ",
    "data: a\n\n",
    "id: 7\n"
  };

  private static String soup(Random random) {
    StringBuilder soup = new StringBuilder();
    for (int i = random.nextInt(60); i > 0; i--) soup.append(PIECES[random.nextInt(PIECES.length)]);
    return soup.toString();
  }

  private static List<SseFrame> parsed(SseParser parser, ByteBuffer bytes) {
    List<SseFrame> frames = new ArrayList<>();
    for (SseFrame f = parser.next(bytes); f != null; f = parser.next(bytes)) frames.add(f);
    return frames;
  }

  @Test
  void frames_ofAnyBytesCutAnywhere_areThoseOfTheWhole() {
    Random random = new Random(42);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = soup(random).getBytes(StandardCharsets.UTF_8);
      for (int n = random.nextInt(3); n > 0 && bytes.length > 0; n--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      List<SseFrame> whole = parsed(new SseParser(10_000), ByteBuffer.wrap(bytes));
      SseParser parser = new SseParser(10_000);
      List<SseFrame> cut = new ArrayList<>();
      for (int from = 0; from < bytes.length; ) {
        int length = 1 + random.nextInt(bytes.length - from);
        cut.addAll(parsed(parser, ByteBuffer.wrap(bytes, from, length)));
        from += length;
      }
      assertThat(cut).isEqualTo(whole);
      assertThat(whole).allMatch(f -> f.id() == null || f.id().indexOf('\0') < 0);
    }
  }

  @Test
  void frame_atItsBound_isParsedAndOneByteMoreIsNot_R1() {
    byte[] frame = ("data: " + "x".repeat(100) + "\n\n").getBytes(StandardCharsets.UTF_8);
    assertThat(parsed(new SseParser(106), ByteBuffer.wrap(frame))).hasSize(1);
    assertThatThrownBy(() -> parsed(new SseParser(105), ByteBuffer.wrap(frame)))
        .isInstanceOf(FrameTooLargeException.class)
        .hasMessageContaining("105 bytes");
  }
}
