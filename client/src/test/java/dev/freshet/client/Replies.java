package dev.freshet.client;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Answers of a scripted server, written out. */
final class Replies {
  private Replies() {}

  /**
   * @param headers lines without end, such as {@code Retry-After: 3}
   */
  static void json(Socket socket, int status, String body, String... headers) throws IOException {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Scripted\r\n");
    head.append("Connection: close\r\nContent-Type: application/json\r\nContent-Length: ");
    head.append(body.getBytes(StandardCharsets.UTF_8).length).append("\r\n");
    for (String header : headers) head.append(header).append("\r\n");
    ScriptedServer.write(socket, head + "\r\n" + body);
  }

  static void problem(Socket socket, int status, String code, String... headers)
      throws IOException {
    json(socket, status, "{\"code\":\"" + code + "\",\"detail\":\"why\"}", headers);
  }

  static void stream(Socket socket, String frames) throws IOException {
    ScriptedServer.write(
        socket,
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: text/event-stream\r\n\r\n" + frames);
  }
}
