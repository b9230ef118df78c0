package dev.freshet.sse;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SseEncoderTest {
  @Test
  void event_withIdAndData_isOneFrame() {
    assertThat(event("order.created", "k-1", "{\"a\":1}"))
        .isEqualTo("event: order.created\nid: k-1\ndata: {\"a\":1}\n\n");
  }

  @Test
  void event_withoutId_doesNotMoveThePosition_U1() {
    assertThat(event("state.initial", null, "1")).isEqualTo("event: state.initial\ndata: 1\n\n");
  }

  @Test
  void data_withEveryKindOfLineEnd_isSplit_A5() {
    assertThat(event("t", null, "a\nb\rc\r\nid: x\n"))
        .isEqualTo("event: t\ndata: a\ndata: b\ndata: c\ndata: id: x\ndata: \n\n");
  }

  @Test
  void data_thatIsEmpty_isStillDispatched() {
    assertThat(event("t", null, "")).isEqualTo("event: t\ndata: \n\n");
  }

  @Test
  void event_withoutAName_hasNoEventField() {
    assertThat(event("", "7", "1")).isEqualTo("id: 7\ndata: 1\n\n");
    assertThat(event("", null, "1")).isEqualTo("data: 1\n\n");
  }

  @Test
  void comment_withLineEnds_staysAComment_A5() {
    assertThat(written(out -> SseEncoder.comment(out, "a\r\nevent: x\rb")))
        .isEqualTo(": a\n: event: x\n: b\n\n");
  }

  @Test
  void retry_inMilliseconds_isAFrameOfItsOwn() {
    assertThat(written(out -> SseEncoder.retry(out, 2000))).isEqualTo("retry: 2000\n\n");
  }

  private static String event(String type, String id, String data) {
    return written(out -> SseEncoder.event(out, type, id, data.getBytes(StandardCharsets.UTF_8)));
  }

  private static String written(Consumer<ByteBuf> writing) {
    ByteBuf out = Unpooled.buffer();
    writing.accept(out);
    return out.toString(StandardCharsets.UTF_8);
  }
}
