package dev.freshet.server.config;

import java.time.Duration;
import java.util.List;

/** Browsers on other origins (A4). */
public record CorsConfig(
    @Setting(
            value = "",
            says =
                "origins, such as `https://app.example`, whose pages may call this server with credentials")
        List<String> origins,
    @Setting(
            value = "10m",
            min = "0s",
            max = "24h",
            says = "how long a browser may remember a preflight's answer")
        Duration maxAge) {

  public CorsConfig {
    origins = List.copyOf(origins);
    for (String origin : origins) {
      if (!origin.matches("https?://[^\\s/*]+")) {
        throw ConfigException.value(
            "cors.origins",
            origin,
            "allowed are origins such as https://app.example: no path, no wildcard");
      }
    }
  }
}
