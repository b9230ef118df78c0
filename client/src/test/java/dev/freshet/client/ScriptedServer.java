package dev.freshet.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on port 0 that hands each request to a script, each on its own connection. */
final class ScriptedServer implements AutoCloseable {
  /** Answers the n-th request, from 0; what it throws is a finding. */
  interface Script {
    void answer(int n, ReceivedRequest request, Socket socket) throws Exception;
  }

  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Progress progress;
  private final Script script;
  private final List<Socket> sockets = new ArrayList<>();
  private final List<String> findings = new ArrayList<>();
  private int requests;

  ScriptedServer(Progress progress, Script script) throws IOException {
    this.progress = progress;
    this.script = script;
    threads.execute(this::accept);
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /** How many requests have come. */
  int requests() {
    return requests;
  }

  List<String> findings() {
    return findings;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        socket.setTcpNoDelay(true);
        progress.change(() -> sockets.add(socket));
        threads.execute(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    int[] n = new int[1];
    try (socket) {
      ReceivedRequest request = ReceivedRequest.read(socket.getInputStream());
      if (request == null) return;
      progress.change(() -> n[0] = requests++);
      script.answer(n[0], request, socket);
    } catch (SocketException clientWent) {
      // It may; what it should have seen is compared.
    } catch (Exception | AssertionError e) {
      progress.change(() -> findings.add("request " + (n[0] + 1) + ": " + e));
    }
  }

  /** Returns when the client has gone. */
  static void hold(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    while (in.read() >= 0) {
      // What a client sends after its request is nothing to us.
    }
  }

  static void reset(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws IOException {
    listener.close();
    progress.change(() -> sockets.forEach(ScriptedServer::closeQuietly));
    threads.shutdownNow();
    threads.close();
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
