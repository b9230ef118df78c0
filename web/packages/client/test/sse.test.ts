import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseSseChunk, SSE_START, type SseFrame, type SseState, streamSse } from "../src";
import { serve } from "./support/server";

const STREAM = [
  "\uFEFF: hello ☕\r\n",
  "retry: 1500\r\n\r\n",
  "id: p1\rdata: 0\r\r",
  "event: grün\ndata: 𝄞 clef\ndata: ☕\nid: p2\n\n",
  "data\n\n",
  "data:\n\n",
  ": only a comment\n\n",
  "id\ndata:  two spaces\n\n",
  "id: a\0b\ndata: x\uFEFF\n\n",
  'data: "0"\r\n\r\n',
  "\n\ndata: ï»¿\n\n",
  "data: never completed",
].join("");

const FRAMES: readonly SseFrame[] = [
  { type: "message", id: "p1", data: "0" },
  { type: "grün", id: "p2", data: "𝄞 clef\n☕" },
  { type: "message", id: undefined, data: "" },
  { type: "message", id: undefined, data: "" },
  { type: "message", id: "", data: " two spaces" },
  { type: "message", id: undefined, data: "x\uFEFF" },
  { type: "message", id: undefined, data: '"0"' },
  { type: "message", id: undefined, data: "ï»¿" },
];

function parseAll(chunks: readonly (Uint8Array | string)[]) {
  let state: SseState = SSE_START;
  let retry: number | undefined;
  const frames: SseFrame[] = [];
  for (const chunk of chunks) {
    const parsed = parseSseChunk(state, chunk);
    state = parsed.state;
    retry = parsed.retry ?? retry;
    frames.push(...parsed.frames);
  }
  return { frames, retry };
}

function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const at = [0, ...[...places].sort((a, b) => a - b), bytes.length];
  return at.slice(1).map((end, i) => bytes.subarray(at[i], end));
}

describe("parseSseChunk", () => {
  const bytes = new TextEncoder().encode(STREAM);
  const expected = { frames: FRAMES, retry: 1500 };

  test("whole_ofBytesAndOfText", () => {
    expect(parseAll([bytes])).toEqual(expected);
    expect(parseAll([STREAM])).toEqual(expected);
  });

  test("cutAtAnyByte_isTheSame", () => {
    for (let at = 0; at <= bytes.length; at++) {
      expect(parseAll(cut(bytes, [at])), `cut at ${at}`).toEqual(expected);
    }
    expect(parseAll([...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(expected);
  });

  test("cutInManyPlaces_isTheSame", () => {
    const places = fc.array(fc.nat(bytes.length), { maxLength: 30 });
    fc.assert(
      fc.property(places, (at) => {
        expect(parseAll(cut(bytes, at))).toEqual(expected);
      }),
    );
  });

  test("bytesThatAreNoText_areReplacedTheSame_howeverTheyAreCut", () => {
    const garbage = fc.uint8Array({ minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(garbage, fc.array(fc.nat(40), { maxLength: 6 }), (noise, at) => {
        const framed = new Uint8Array([...utf8("data: "), ...noise, ...utf8("z\n\n\n")]);
        const places = at.filter((place) => place <= framed.length);
        const text = new TextDecoder().decode(framed);
        expect(parseAll(cut(framed, places))).toEqual(parseAll([text]));
      }),
    );
  });

  test("aLineThatEndsWithCr_isComplete_andItsLfIsNoLineOfItsOwn", () => {
    const first = parseSseChunk(SSE_START, "data: a\r\n\r");
    expect(first.frames).toHaveLength(1);
    const second = parseSseChunk(first.state, "\ndata: b\n\n");
    expect(second.frames).toEqual([{ type: "message", id: undefined, data: "b" }]);
  });

  test("isPure", () => {
    const { state } = parseSseChunk(SSE_START, Uint8Array.of(...utf8("data: "), 0xe2, 0x98));
    const before = structuredClone(state);
    const rest = Uint8Array.of(0x95, 0x0a, 0x0a);
    expect(parseSseChunk(state, rest)).toEqual(parseSseChunk(state, rest));
    expect(parseSseChunk(state, rest).frames[0]?.data).toBe("☕");
    expect(state).toEqual(before);
  });

  function utf8(text: string): Uint8Array {
    return new TextEncoder().encode(text);
  }
});

describe("streamSse", () => {
  const events = { "content-type": "text/event-stream" };

  test("frames_asTheyCome_andRetry", async () => {
    const url = await serve((_, response) => {
      response.writeHead(200, events);
      const bytes = Buffer.from(STREAM);
      for (const byte of bytes) response.write(Buffer.of(byte));
      response.end();
    });
    const frames: SseFrame[] = [];
    const retries: number[] = [];
    const answer = await fetch(url);
    for await (const frame of streamSse(answer, { onRetry: (ms) => retries.push(ms) })) {
      frames.push(frame);
    }
    expect(frames).toEqual(FRAMES);
    expect(retries).toEqual([1500]);
  });

  test("leavingTheLoop_closesTheConnection", async () => {
    let gone: () => void = () => undefined;
    const left = new Promise<void>((resolve) => {
      gone = resolve;
    });
    const url = await serve((_, response) => {
      response.on("close", gone).writeHead(200, events).write("data: 1\n\n");
    });
    for await (const { data } of streamSse(await fetch(url))) {
      expect(data).toBe("1");
      break;
    }
    await left;
  });

  test("204_hasNoFrames", async () => {
    const url = await serve((_, response) => void response.writeHead(204).end());
    for await (const frame of streamSse(await fetch(url))) expect.unreachable(frame.data);
  });

  test.each([
    [403, events, "http_403"],
    [200, { "content-type": "text/html" }, "not_an_event_stream"],
  ])("%i %o_isAProblem", async (status, headers, code) => {
    const url = await serve((_, response) => void response.writeHead(status, headers).end("x"));
    await expect(streamSse(await fetch(url)).next()).rejects.toMatchObject({ code });
  });

  test("R1: aFrameOverTheBound_isAProblem", async () => {
    const url = await serve((_, response) => {
      response.writeHead(200, events).end(`data: ${"x".repeat(99)}`);
    });
    const frames = streamSse(await fetch(url), { maxFrameBytes: 50 });
    await expect(frames.next()).rejects.toMatchObject({ code: "frame_too_large", limit: 50 });
  });
});
