package dev.freshet.client;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What other threads tell the thread that pulls a subscription. */
sealed interface Signal {
  /** A stream's head came, or will not come: exactly one of the two is not null. */
  record Answered(
      StreamCall call, @Nullable HttpResponse<byte[]> response, @Nullable Throwable failure)
      implements Signal {}

  /** At most one of a call is unread: the next is asked for when this one is taken. */
  record Bytes(StreamCall call, List<ByteBuffer> buffers) implements Signal {}

  record Finished(StreamCall call, @Nullable Throwable failure) implements Signal {}

  /** The answer to an inquiry, or its failure: exactly one of the two is not null. */
  record Told(Inquiry inquiry, @Nullable HttpResponse<byte[]> response, @Nullable Throwable failure)
      implements Signal {}

  record Closed() implements Signal {}
}
