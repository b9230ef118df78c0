package dev.freshet.server.http;

import dev.freshet.server.problem.ErrorCode;
import dev.freshet.server.problem.HttpProblem;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;

/**
 * A request that is arriving: its head, and its body as far as it has come. For the connection's
 * event loop.
 */
final class Incoming {
  private final HttpRequest head;
  private final long maxBody;
  private final BodyBudget budget;
  private final ByteBuf body = Unpooled.buffer(0);
  private int held;

  Incoming(HttpRequest head, long maxBody, BodyBudget budget) {
    this.head = head;
    this.maxBody = maxBody;
    this.budget = budget;
  }

  HttpRequest head() {
    return head;
  }

  /** Refuses a body by what its head says of it. */
  void check() {
    long announced = HttpUtil.getContentLength(head, 0L);
    if (announced > maxBody) throw tooLarge(announced);
  }

  void add(ByteBuf content) {
    int length = content.readableBytes();
    if (length == 0) return;
    if ((long) held + length > maxBody) throw tooLarge((long) held + length);
    if (!budget.take(length)) {
      throw HttpProblem.of(
          ErrorCode.OVERLOADED,
          "bodies of "
              + budget.limit()
              + " bytes (limits.bodies) are being received already; try again");
    }
    held += length;
    body.writeBytes(content);
  }

  byte[] body() {
    return ByteBufUtil.getBytes(body);
  }

  /** Gives its share of the budget back; call once. */
  void release() {
    budget.release(held);
    held = 0;
  }

  private HttpProblem tooLarge(long length) {
    return HttpProblem.of(
            ErrorCode.BODY_TOO_LARGE,
            "the body has "
                + length
                + " bytes or more; at most "
                + maxBody
                + " are taken (limits.body); send it in parts")
        .bound(maxBody, length);
  }
}
