import { Window } from "happy-dom";
import { afterEach } from "vitest";

// Only what React needs: fetch, streams and timers stay Node's own, since the servers are real.
const window = new Window({ url: "http://localhost/" });
const { document, navigator, HTMLElement, Node, MutationObserver } = window;
Object.assign(globalThis, { window, document, navigator, HTMLElement, Node, MutationObserver });

const { cleanup } = await import("@testing-library/react");
afterEach(cleanup);
