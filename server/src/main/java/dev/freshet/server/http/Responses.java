package dev.freshet.server.http;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers as Netty sends them. */
final class Responses {
  private Responses() {}

  /**
   * @param head of the request; null if none could be read
   * @param keep whether the connection stays open for another request
   */
  static FullHttpResponse of(Answer answer, @Nullable HttpRequest head, boolean keep) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(answer.status()),
            Unpooled.wrappedBuffer(answer.body()));
    for (Map.Entry<String, String> header : answer.headers())
      response.headers().add(header.getKey(), header.getValue());
    boolean bodiless = answer.status() == 204 || answer.status() == 304;
    if (!bodiless && !unknownLength(answer, head))
      response.headers().set(HttpHeaderNames.CONTENT_LENGTH, answer.body().length);
    if (!keep) {
      response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    } else if (head != null && head.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
      response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
    }
    return response;
  }

  /** HEAD of a stream: the body that GET would have has no length. */
  private static boolean unknownLength(Answer answer, @Nullable HttpRequest head) {
    return head != null && head.method().equals(HttpMethod.HEAD) && answer.body().length == 0;
  }
}
