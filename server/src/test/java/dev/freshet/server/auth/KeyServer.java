package dev.freshet.server.auth;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** An issuer's JWKS URL, whose keys a test can change. */
final class KeyServer implements AutoCloseable {
  private final HttpServer server;
  private final AtomicInteger fetches = new AtomicInteger();
  private volatile String keys = "";
  private volatile boolean broken;

  KeyServer(JWK... first) throws IOException {
    rotate(first);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/keys",
        exchange -> {
          fetches.incrementAndGet();
          byte[] body = keys.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(broken ? 500 : 200, broken ? -1 : body.length);
          if (!broken) exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  void rotate(JWK... next) {
    keys = new JWKSet(List.of(next)).toPublicJWKSet().toString();
  }

  void breakDown() {
    broken = true;
  }

  int fetches() {
    return fetches.get();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/keys";
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
