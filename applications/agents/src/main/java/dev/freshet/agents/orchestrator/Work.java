package dev.freshet.agents.orchestrator;

import dev.freshet.agents.AgentSseEmitter;
import dev.freshet.agents.Desk;
import dev.freshet.agents.Task;
import dev.freshet.agents.event.ErrorCode;
import dev.freshet.agents.event.Plan;
import dev.freshet.agents.model.ModelCall;
import dev.freshet.agents.model.ModelException;
import dev.freshet.agents.model.Models;
import dev.freshet.agents.model.Prompts;
import dev.freshet.agents.model.ToolSpecs;
import dev.freshet.agents.tool.Sandbox;
import dev.freshet.agents.tool.SandboxFile;
import dev.freshet.agents.tool.SandboxPath;
import dev.freshet.agents.tool.ToolException;
import dev.freshet.agents.tool.Toolbox;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** One run at work, on the thread that it is given. */
final class Work {
  private static final int LISTED = 100;
  private static final int REASON = 1000;

  private final Task task;
  private final AgentSseEmitter emitter;
  private final Models.Served model;
  private final Sandbox sandbox;
  private final Orchestrator.Settings settings;
  private final List<ToolSpecification> specifications;
  private final Conversation conversation;
  private final Spending spending;
  private final ModelCall call;
  private final ToolCalls calls;
  private int thoughts;

  Work(
      Task task,
      Desk desk,
      Models.Served model,
      Sandbox sandbox,
      Toolbox tools,
      Orchestrator.Settings settings,
      TimeLimit limit) {
    this.task = task;
    this.emitter = desk.emitter();
    this.model = model;
    this.sandbox = sandbox;
    this.settings = settings;
    this.specifications = ToolSpecs.of(tools.offered());
    this.conversation = new Conversation(settings.conversation());
    this.spending = new Spending(task.limits(), model.price());
    this.call = new ModelCall(model.chat(), settings.attempts());
    this.calls = new ToolCalls(desk, tools, sandbox, settings.toolTime(), limit);
  }

  void carryOut() throws RunFailure, InterruptedException {
    putFiles();
    conversation.add(SystemMessage.from(Prompts.system()));
    Plan plan = plan();
    emitter.planCreated(plan.goal(), plan.phases());
    String result = "";
    for (int i = 0; i < plan.phases().size(); i++) {
      Plan.PlannedPhase phase = plan.phases().get(i);
      emitter.phaseStart(phase.id(), phase.name());
      conversation.add(UserMessage.from(Prompts.phase(i, plan.phases().size(), phase.name())));
      result = carryOutPhase();
      emitter.phaseComplete(phase.id());
    }
    emitter.executionComplete(result);
  }

  private void putFiles() throws RunFailure, InterruptedException {
    for (Task.GivenFile file : task.files()) {
      try {
        sandbox.write(
            SandboxPath.parse(file.path()), file.content().getBytes(StandardCharsets.UTF_8), false);
      } catch (ToolException refused) {
        throw new RunFailure(
            ErrorCode.AGENT_FAILED, "a file of the task has no place: " + refused.getMessage());
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
  }

  /** What is said of it is no thought of the run: nothing comes before the plan. */
  private Plan plan() throws RunFailure, InterruptedException {
    String asked =
        Prompts.plan(task.task(), Optional.ofNullable(task.text()), files(), Planning.MAX_PHASES);
    conversation.add(UserMessage.from(asked));
    Planning.Read first = Planning.read(text(ask(false)));
    if (first.plan().isPresent()) return first.plan().get();
    conversation.add(UserMessage.from(Prompts.planAgain(first.why())));
    Planning.Read second = Planning.read(text(ask(false)));
    return second
        .plan()
        .orElseThrow(() ->
            new RunFailure(ErrorCode.PLAN_INVALID, "the model made no plan: " + second.why()));
  }

  private List<String> files() {
    try {
      return sandbox.list(SandboxPath.ROOT, LISTED).orElse(List.of()).stream()
          .map(SandboxFile::path)
          .toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** What the model says last. */
  private String carryOutPhase() throws RunFailure, InterruptedException {
    while (true) {
      AiMessage answer = ask(true);
      if (!answer.hasToolExecutionRequests()) {
        requireNoFailure(text(answer));
        return text(answer);
      }
      for (ToolExecutionResultMessage result : calls.run(answer.toolExecutionRequests()))
        conversation.add(result);
    }
  }

  private static String text(AiMessage answer) {
    return answer.text() == null ? "" : answer.text();
  }

  private static void requireNoFailure(String answer) throws RunFailure {
    String text = answer.strip();
    if (!text.startsWith(Prompts.FAILED)) return;
    String why = text.substring(Prompts.FAILED.length()).strip();
    throw new RunFailure(
        ErrorCode.AGENT_FAILED, why.length() <= REASON ? why : why.substring(0, REASON) + "…");
  }

  /**
   * @param working whether it may call tools, and is watched
   */
  private AiMessage ask(boolean working) throws RunFailure, InterruptedException {
    spending.requireIteration();
    conversation.fit();
    ChatRequest.Builder request = ChatRequest.builder().messages(conversation.messages());
    if (working) request.toolSpecifications(specifications);
    ChatResponse response = answer(request.build(), working);
    conversation.add(response.aiMessage());
    spending.add(response.tokenUsage());
    emitter.usage(spending.used());
    spending.requireWithin();
    return response.aiMessage();
  }

  private ChatResponse answer(ChatRequest request, boolean working)
      throws RunFailure, InterruptedException {
    int iteration = (int) spending.used().iterations() + 1;
    try (Thoughts telling =
        new Thoughts(emitter, settings.pace(), iteration, () -> "t" + ++thoughts)) {
      ChatResponse response = call.ask(request, working ? telling::piece : (kind, piece) -> {});
      telling.end();
      return response;
    } catch (ModelException failed) {
      throw new RunFailure(
          ErrorCode.MODEL_FAILED, model.model().name() + ": " + failed.getMessage());
    }
  }
}
