package dev.freshet.tasks;

import dev.freshet.application.Call;
import dev.freshet.application.Feed;
import dev.freshet.event.Filter;
import dev.freshet.view.DocumentRepresentation;
import dev.freshet.view.NativeRepresentation;
import java.util.Optional;

/** {@code GET /api/v1/tasks/{task_id}/stream} (PROTOCOL §8.5). */
final class TaskFeed implements Feed {
  private static final String PATCH = "patch";

  @Override
  public Optional<Selection> select(Call call) {
    Filter filter = Filter.of(new Access(call).readable().topic().path());
    Selection selection = selection(call, filter);
    return Optional.of(
        call.queryParameter("max_events")
            .map(Long::valueOf)
            .map(selection::limit)
            .orElse(selection));
  }

  private static Selection selection(Call call, Filter filter) {
    if (call.queryParameter("format").orElse("").equals(PATCH))
      return new Selection(filter, NativeRepresentation.NATIVE);
    return new Selection(filter, new DocumentRepresentation(call.tenant().log()))
        .with(TaskVoice.TASK);
  }
}
