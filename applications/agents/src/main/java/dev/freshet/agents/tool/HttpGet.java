package dev.freshet.agents.tool;

import dev.freshet.event.Json;
import dev.freshet.net.Connector;
import dev.freshet.net.HttpRequest;
import dev.freshet.net.HttpResponse;
import dev.freshet.net.HttpUrls;
import dev.freshet.net.RefusedException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fetches a page from a host that is allowed, at an address that is (PROTOCOL §8.5). An interrupt
 * closes its connection.
 *
 * @param most bytes of a body in a result
 */
record HttpGet(Connector connector, int most) implements Tool {
  @Override
  public String name() {
    return "http_get";
  }

  @Override
  public String description() {
    return "Fetches a URL by HTTP GET, from the hosts that this server allows. What is longer than "
        + most
        + " bytes is cut, which the result says.";
  }

  @Override
  public ObjectNode schema() {
    ObjectNode properties = Schemas.properties();
    properties.set("url", Schemas.text("an http or https URL").put("maxLength", 4096));
    return Schemas.object(properties, "url");
  }

  @Override
  public Done run(Sandbox sandbox, JsonNode params) throws ToolException, InterruptedException {
    URI url = url(params.path("url").asString());
    try (HttpResponse response =
        new HttpRequest(connector, url, Optional.empty()).send("GET", Map.of())) {
      byte[] body = response.body().readNBytes(most + 1);
      ObjectNode result =
          Json.MAPPER
              .createObjectNode()
              .put("status", response.status())
              .put("contentType", response.header("content-type").orElse(null))
              .put("body", Utf8.lenient(body, most))
              .put("truncated", body.length > most);
      return Done.of(result);
    } catch (RefusedException refused) {
      throw new ToolException(refused.getMessage());
    } catch (IOException failed) {
      if (Thread.interrupted()) throw new InterruptedException();
      throw new ToolException(said(failed));
    }
  }

  private static URI url(String text) throws ToolException {
    try {
      URI url = URI.create(URI.create(text).toASCIIString());
      if (HttpUrls.valid(url)) return url;
    } catch (IllegalArgumentException notAUrl) {
      // Refused below.
    }
    throw new ToolException("that is no http or https URL without user name and password");
  }

  private static String said(IOException failed) {
    return switch (failed) {
      case UnknownHostException unknown -> "the host's name is not known";
      case SocketTimeoutException late -> "the host did not answer in time";
      case ConnectException refused -> "the connection was refused";
      default -> "the connection failed: " + failed.getMessage();
    };
  }
}
