import { describe, expect, test } from "vitest";
import type { SseFrame } from "../src/frames/chunk";
import { sseParser } from "../src/frames/parse";
import { type FramesCase, framesCases } from "./conformance/case";

describe("conformance of frames", () => {
  for (const one of framesCases()) {
    const bytes = Buffer.from(one.base64 ?? one.input ?? "", one.base64 ? "base64" : "utf8");
    const title = `${one.clause.join(" ")}: ${one.id}`;

    test(`${title} whole`, () => expectFrames(one, [bytes]));
    test(`${title} byte by byte`, () =>
      expectFrames(
        one,
        [...bytes].map((byte) => Buffer.of(byte)),
      ));
    test(`${title} in two, wherever it is cut`, () => {
      for (let at = 1; at < bytes.length; at++) {
        expectFrames(one, [bytes.subarray(0, at), bytes.subarray(at)]);
      }
    });
  }
});

function expectFrames(one: FramesCase, pieces: readonly Buffer[]): void {
  const frames: SseFrame[] = [];
  let retry: number | undefined;
  const parser = sseParser(
    {
      frame: (frame) => frames.push(frame),
      retry: (ms) => {
        retry = ms;
      },
    },
    1000,
  );
  for (const piece of pieces) parser.feed(piece);
  expect({ frames: frames.map(withoutUndefined), retry }).toEqual({
    frames: one.frames,
    retry: one.retry,
  });
}

function withoutUndefined({ type, id, data }: SseFrame) {
  return id === undefined ? { type, data } : { id, type, data };
}
