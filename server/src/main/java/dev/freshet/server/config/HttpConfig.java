package dev.freshet.server.config;

import java.time.Duration;

/** Connections. */
public record HttpConfig(
    @Setting(value = "0", min = "0", max = "1024", says = "event loops; 0 is one a core") int loops,
    @Setting(
            value = "auto",
            says = "how sockets are driven: `auto` takes epoll where it is there, otherwise `nio`")
        Transport transport,
    @Setting(
            value = "1024",
            min = "1",
            max = "65535",
            says = "connections that may wait to be accepted")
        int backlog,
    @Setting(
            value = "10s",
            min = "100ms",
            max = "5m",
            says =
                "a request's head must be complete this long after its first byte, or it is answered 408")
        Duration headerTimeout,
    @Setting(
            value = "60s",
            min = "100ms",
            max = "1h",
            says =
                "likewise its body after the head; and a peer that has not taken its answer by then is disconnected")
        Duration bodyTimeout,
    @Setting(
            value = "75s",
            min = "100ms",
            max = "1h",
            says = "an idle connection is closed after this long")
        Duration keepAlive,
    @Setting(
            value = "15s",
            min = "0s",
            max = "10m",
            says = "on SIGTERM, how long open requests and streams may take before they are cut")
        Duration grace) {

  /** How sockets are driven. */
  public enum Transport {
    AUTO,
    EPOLL,
    NIO
  }
}
