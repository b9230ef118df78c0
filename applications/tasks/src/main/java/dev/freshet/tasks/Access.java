package dev.freshet.tasks;

import dev.freshet.application.Call;
import dev.freshet.event.Topic;
import dev.freshet.log.TopicState;

/** What a call may do with tasks: one that it may not read does not exist for it (A1). */
record Access(Call call) {
  /** The task that the path names, which the caller may read. */
  TopicState readable() {
    String id = call.pathParameter("task_id");
    TopicState state = new Ledger(call.tenant()).state(id).orElseThrow(Failures::notFound);
    if (!call.principal().read().permits(state.topic())) throw Failures.notFound();
    return state;
  }

  /** The id of the task that the path names, which the caller may read and write. */
  String writable() {
    Topic topic = readable().topic();
    requireWrite(topic);
    return Ledger.id(topic);
  }

  void requireWrite(Topic topic) {
    if (!call.principal().write().permits(topic)) throw Failures.forbidden(topic);
  }
}
