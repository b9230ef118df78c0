package dev.freshet.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** Runs {@code conformance/frames}: each input whole, byte by byte, and cut in two everywhere. */
class FramesConformanceTest {
  @TestFactory
  Stream<DynamicTest> frames_cutAnywhere_areTheSame() {
    return Cases.of("frames")
        .map(c -> DynamicTest.dynamicTest(c.path("id").asString(), () -> check(c)));
  }

  private static void check(JsonNode testCase) {
    Cases.known(testCase, "id", "clause", "about", "input", "base64", "frames", "retry");
    byte[] input = input(testCase);
    List<SseFrame> expected = testCase.path("frames").valueStream().map(f -> frame(f)).toList();
    expect(testCase, expected, parse(input, input.length));
    expect(testCase, expected, parse(input, 1));
    for (int cut = 1; cut < input.length; cut++) {
      expect(testCase, expected, parse(input, cut));
    }
  }

  private static byte[] input(JsonNode testCase) {
    return testCase.has("base64")
        ? Base64.getDecoder().decode(testCase.path("base64").asString())
        : testCase.path("input").asString().getBytes(StandardCharsets.UTF_8);
  }

  private static SseFrame frame(JsonNode f) {
    Cases.known(f, "id", "type", "data");
    return new SseFrame(
        f.path("type").asString(), f.path("id").asString(null), f.path("data").asString());
  }

  private record Parsed(List<SseFrame> frames, OptionalLong retry) {}

  /** One byte at a time where {@code cut} is 1, otherwise in two parts. */
  private static Parsed parse(byte[] input, int cut) {
    SseParser parser = new SseParser(1 << 16);
    List<SseFrame> frames = new ArrayList<>();
    for (int from = 0; from < input.length; ) {
      int length = cut == 1 ? 1 : from == 0 ? cut : input.length - from;
      ByteBuffer part = ByteBuffer.wrap(input, from, length);
      for (SseFrame f = parser.next(part); f != null; f = parser.next(part)) frames.add(f);
      from += length;
    }
    return new Parsed(frames, parser.retryMillis());
  }

  private static void expect(JsonNode testCase, List<SseFrame> frames, Parsed parsed) {
    assertThat(parsed.frames()).isEqualTo(frames);
    JsonNode retry = testCase.path("retry");
    assertThat(parsed.retry())
        .isEqualTo(retry.isMissingNode() ? OptionalLong.empty() : OptionalLong.of(retry.asLong()));
  }
}
