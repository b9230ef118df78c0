import type { PollingOptions } from "@freshet/client";

/**
 * Streams that stay mute are polled at once. Those that fail in other ways mostly miss a server that
 * is being restarted: polling would only keep the page from streaming when it is back.
 */
export const patience: PollingOptions = { afterFailures: 20 };
