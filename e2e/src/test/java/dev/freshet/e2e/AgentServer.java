package dev.freshet.e2e;

import dev.freshet.agents.Agents;
import dev.freshet.agents.run.RunSettings;
import dev.freshet.server.Server;
import dev.freshet.server.config.Config;
import dev.freshet.testkit.TestServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A server of agent runs as a process of its own: {@code AgentServer PORT DATA}. */
final class AgentServer {
  private AgentServer() {}

  public static void main(String[] args) throws Exception {
    Config config =
        Config.of(
            Map.of(
                "port",
                args[0],
                "data",
                args[1],
                "log.durability",
                "os",
                "auth.secret",
                TestServer.SECRET));
    Agents agents = new Agents(RunSettings.in(Path.of(args[1], "agents")));
    Server server = Server.start(config, List.of(agents));
    System.out.println("listening on " + server.url());
    Thread.currentThread().join();
  }
}
