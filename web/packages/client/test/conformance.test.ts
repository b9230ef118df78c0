import { describe, test } from "vitest";
import { streamsCases } from "./conformance/case";
import { play } from "./conformance/run";

describe.concurrent("conformance of streams", () => {
  for (const one of streamsCases()) {
    const title = `${one.clause.join(" ")}: ${one.id}`;
    if (one.chunks) {
      for (const chunk of one.chunks)
        test(`${title} in pieces of ${chunk}`, () => play(one, chunk));
    } else {
      test(title, () => play(one));
    }
  }
});
