package dev.freshet.benchmarks.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.HdrHistogram.Histogram;

/**
 * Many SSE clients on one thread. Arguments: url, token, count, path ({@code #} is the client's
 * number), how many of the first look into what they read, for latency (the others count frames
 * only), the member that tells when an event was sent, in microseconds, ISO 8601 or {@link Token}s,
 * and names, by comma: {@code #} is then each of them in turn.
 *
 * <p>Commands: {@code connect}, {@code reset}, {@code report}, {@code pause N} (the last N stop
 * reading), {@code resume}, {@code drop} (all disconnect, keeping the position of client 0), {@code
 * reconnect BACK} (all resume BACK events before it), {@code quit}.
 */
public final class Subscribers {
  private final URI url;
  private final String token;
  private final int count;
  private final String path;
  private final int sampled;
  private final String marker;
  private final List<String> names;
  private final Selector selector = Selector.open();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(512 << 10);
  private final ConcurrentLinkedQueue<String> commands = new ConcurrentLinkedQueue<>();
  private final List<Client> clients = new ArrayList<>();
  private final Histogram latency = new Histogram(3_600_000_000L, 3);
  private long frames;
  private long bytes;
  private int live;
  private String position = "";

  /** One connection. */
  private static final class Client {
    final SocketChannel channel;
    final int number;
    boolean live;
    boolean lineBreak;
    String tail = "";

    Client(SocketChannel channel, int number) {
      this.channel = channel;
      this.number = number;
    }
  }

  private Subscribers(String[] args) throws IOException {
    url = URI.create(args[0]);
    token = args[1];
    count = Integer.parseInt(args[2]);
    path = args[3];
    sampled = Integer.parseInt(args[4]);
    marker = "\"" + args[5] + "\":";
    names = args.length > 6 ? List.of(args[6].split(",", -1)) : List.of();
  }

  public static void main(String[] args) throws IOException {
    Subscribers subscribers = new Subscribers(args);
    Thread.ofPlatform().daemon().start(subscribers::listen);
    subscribers.run();
  }

  private void listen() {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        commands.add(line);
        selector.wakeup();
      }
    } catch (IOException ended) {
      // The benchmark is over.
    }
    System.exit(0);
  }

  private void run() throws IOException {
    while (true) {
      selector.select(this::ready, 1000);
      for (String command = commands.poll(); command != null; command = commands.poll()) {
        System.out.println(execute(command.split(" ", -1)));
      }
    }
  }

  private String execute(String[] command) throws IOException {
    return switch (command[0]) {
      case "connect" -> connectAll("");
      case "reset" -> reset();
      case "report" -> report();
      case "pause" -> pause(Integer.parseInt(command[1]));
      case "resume" -> resume();
      case "drop" -> drop();
      case "reconnect" -> connectAll(before(Long.parseLong(command[1])));
      case "quit" -> throw new IOException("told to quit");
      default -> "unknown";
    };
  }

  private String reset() {
    frames = 0;
    bytes = 0;
    latency.reset();
    return "ok";
  }

  private String report() {
    return "%d %d %d %d %d %d"
        .formatted(
            frames,
            bytes,
            live,
            latency.getValueAtPercentile(50),
            latency.getValueAtPercentile(99),
            latency.getMaxValue());
  }

  private String connectAll(String lastEventId) throws IOException {
    long begun = System.nanoTime();
    live = 0;
    for (int i = 0; i < count; i++) {
      connect(i, lastEventId);
      if (i % 16 == 0) selector.selectNow(this::ready);
    }
    while (live < count && System.nanoTime() - begun < 120_000_000_000L)
      selector.select(this::ready, 100);
    return "live " + live + " " + (System.nanoTime() - begun) / 1_000_000;
  }

  private void connect(int number, String lastEventId) throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.connect(new InetSocketAddress(url.getHost(), url.getPort()));
    String resume = lastEventId.isEmpty() ? "" : "Last-Event-ID: " + lastEventId + "\r\n";
    String request =
        "GET "
            + path.replace("#", name(number))
            + " HTTP/1.1\r\n"
            + "Host: "
            + url.getHost()
            + "\r\nAuthorization: Bearer "
            + token
            + "\r\n"
            + "Accept: text/event-stream\r\n"
            + resume
            + "\r\n";
    channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
    channel.configureBlocking(false);
    Client client = new Client(channel, number);
    clients.add(client);
    channel.register(selector, SelectionKey.OP_READ, client);
  }

  private String name(int number) {
    return names.isEmpty() ? Integer.toString(number) : names.get(number % names.size());
  }

  private void ready(SelectionKey key) {
    Client client = (Client) key.attachment();
    buffer.clear();
    try {
      int read = client.channel.read(buffer);
      if (read < 0) {
        key.cancel();
        client.channel.close();
        return;
      }
      bytes += read;
    } catch (IOException broken) {
      key.cancel();
      return;
    }
    buffer.flip();
    if (!client.live || client.number < sampled) inspect(client);
    else count(client);
  }

  /** Frames end in two line feeds. */
  private void count(Client client) {
    boolean broken = client.lineBreak;
    while (buffer.hasRemaining()) {
      boolean here = buffer.get() == '\n';
      if (here && broken) {
        frames++;
        broken = false;
      } else {
        broken = here;
      }
    }
    client.lineBreak = broken;
  }

  private void inspect(Client client) {
    String text = client.tail + StandardCharsets.UTF_8.decode(buffer);
    int from = 0;
    for (int end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n", from)) {
      frame(client, text.substring(from, end));
      from = end + 2;
    }
    client.tail = text.substring(from);
  }

  private void frame(Client client, String frame) {
    boolean caughtUp = frame.contains("event: stream.live") || frame.contains("event: heartbeat");
    if (caughtUp && !client.live) {
      client.live = true;
      live++;
    }
    int id = frame.indexOf("\nid: ");
    if (client.number == 0 && id >= 0) {
      int end = frame.indexOf('\n', id + 1);
      position = frame.substring(id + 5, end < 0 ? frame.length() : end);
    }
    if (frame.contains("\ndata: ") || frame.startsWith("data: ")) frames++;
    int sent = frame.indexOf(marker) + marker.length();
    if (sent < marker.length() || client.number >= sampled) return;
    if (marker.equals("\"" + Token.MEMBER + "\":")) {
      Token.ages(frame, sent + 1, latency::recordValue);
      return;
    }
    if (frame.startsWith("\"", sent)) {
      Instant time = Instant.parse(frame.substring(sent + 1, frame.indexOf('"', sent + 1)));
      latency.recordValue(Math.max(0, Duration.between(time, Instant.now()).toNanos() / 1000));
      return;
    }
    int end = sent;
    while (end < frame.length() && Character.isDigit(frame.charAt(end))) end++;
    if (end == sent) return;
    long micros = Long.parseLong(frame.substring(sent, end));
    latency.recordValue(Math.max(0, Publisher.nowMicros() - micros));
  }

  private String pause(int last) {
    for (Client client : clients.subList(clients.size() - last, clients.size())) {
      client.channel.keyFor(selector).interestOps(0);
    }
    return "paused " + last;
  }

  private String resume() {
    for (Client client : clients) {
      SelectionKey key = client.channel.keyFor(selector);
      if (key != null && key.isValid()) key.interestOps(SelectionKey.OP_READ);
    }
    return "resumed";
  }

  private String drop() throws IOException {
    for (Client client : clients) client.channel.close();
    clients.clear();
    live = 0;
    selector.selectNow();
    return "dropped " + position;
  }

  /** A position is opaque to clients; a benchmark may look into it. */
  private String before(long events) {
    int dash = position.indexOf('-');
    long offset = Long.parseLong(position.substring(dash + 1), 36) - events;
    return position.substring(0, dash + 1) + Long.toString(Math.max(0, offset), 36);
  }
}
