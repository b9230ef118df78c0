package dev.freshet.net;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Asks for a URL, and follows redirects: each is checked like the first URL, and the authorization
 * goes to the first one's origin only.
 */
public record HttpRequest(Connector connector, URI url, Optional<String> authorization) {
  private static final int MAX_REDIRECTS = 10;

  /**
   * @param more headers of the request
   */
  public HttpResponse send(String method, Map<String, String> more)
      throws IOException, RefusedException {
    URI at = url;
    for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
      HttpResponse response = exchange(method, at, more);
      Optional<String> location = response.header("location");
      if (!redirect(response.status()) || location.isEmpty()) return response;
      response.close();
      at = next(at, location.get());
    }
    throw new RefusedException("too_many_redirects", "more than " + MAX_REDIRECTS + " redirects");
  }

  private static boolean redirect(int status) {
    return switch (status) {
      case 301, 302, 303, 307, 308 -> true;
      default -> false;
    };
  }

  private static URI next(URI from, String location) throws RefusedException {
    try {
      URI to = from.resolve(URI.create(location));
      if (HttpUrls.valid(to) && (!HttpUrls.secure(from) || HttpUrls.secure(to))) return to;
    } catch (IllegalArgumentException notAUrl) {
      // Refused below.
    }
    throw new RefusedException(
        "redirect_refused", "a redirect leads to no http or https URL, or away from https");
  }

  private HttpResponse exchange(String method, URI at, Map<String, String> more)
      throws IOException, RefusedException {
    Socket socket = connector.open(at);
    try {
      socket.getOutputStream().write(head(method, at, more));
      socket.getOutputStream().flush();
      return HttpResponse.read(socket, method.equals("HEAD"));
    } catch (IOException | RuntimeException failed) {
      socket.close();
      throw failed;
    }
  }

  private byte[] head(String method, URI at, Map<String, String> more) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Host", at.getPort() < 0 ? at.getHost() : at.getHost() + ":" + at.getPort());
    headers.put("User-Agent", "freshet");
    headers.put("Accept", "*/*");
    headers.put("Accept-Encoding", "identity");
    headers.put("Connection", "close");
    headers.putAll(more);
    if (HttpUrls.origin(at).equals(HttpUrls.origin(url)))
      authorization.ifPresent(value -> headers.put("Authorization", value));
    StringBuilder text = new StringBuilder(method + " " + HttpUrls.target(at) + " HTTP/1.1\r\n");
    headers.forEach((name, value) -> text.append(name + ": " + value + "\r\n"));
    return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
