import dev.freshet.agents.AgentSseEmitter;
import dev.freshet.agents.event.Decision;
import dev.freshet.agents.event.Plan;
import dev.freshet.agents.event.ThoughtKind;
import dev.freshet.agents.event.Usage;
import dev.freshet.agents.report.HttpSink;
import dev.freshet.event.Json;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** An agent that tells a server of its run: {@code java Report URL TOKEN USER RUN}. */
public final class Report {
  public static void main(String[] args) throws InterruptedException {
    JsonNode params = Json.from(Map.of("path", "tea.html")).node();
    try (AgentSseEmitter run =
        HttpSink.emitter(URI.create(args[0]), () -> args[1], args[2], args[3])) {
      run.executionStarted("Make a page about tea");
      run.planCreated("A page", List.of(new Plan.PlannedPhase("write", "Write it")));
      run.phaseStart("write", "Write it");
      run.thinkingDelta("t1", 1, ThoughtKind.REASONING, "Green or ");
      run.thinkingDelta("t1", 1, ThoughtKind.REASONING, "black?");
      run.thinking("t1", 1, ThoughtKind.REASONING, "Green or black?");
      run.usage(new Usage(120, 30, 150, null, 1));

      run.approvalRequested("a1", "c1", "write_file", params, Duration.ofMinutes(5));
      if (run.awaitApproval("a1", Duration.ofMinutes(5)) == Decision.APPROVED) {
        run.toolStart("c1", "write_file", params);
        run.toolComplete("c1", Json.from("written").node());
      }
      run.phaseComplete("write");
      run.executionComplete("The page is there.");
      System.out.println(run.executionId());
    }
  }
}
