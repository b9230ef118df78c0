package dev.freshet.server.http;

import io.netty.handler.codec.http.HttpHeaders;

/**
 * A request without its body.
 *
 * @param target as it stands in the request line: path and query
 * @param remoteAddress the peer's address, without port
 */
public record RequestHead(String method, String target, HttpHeaders headers, String remoteAddress) {
  /** The target before the query. */
  public String path() {
    int question = target.indexOf('?');
    return question < 0 ? target : target.substring(0, question);
  }

  /** The target after the question mark; empty if there is none. */
  public String query() {
    int question = target.indexOf('?');
    return question < 0 ? "" : target.substring(question + 1);
  }
}
