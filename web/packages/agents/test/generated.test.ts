import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { test } from "vitest";

const generate = fileURLToPath(new URL("../generate.mjs", import.meta.url));

// Fails with the names of stale files; `npm run generate` writes them.
test("generatedFiles_areWhatTheirSourcesMake", { timeout: 60_000 }, async () => {
  await promisify(execFile)(process.execPath, [generate, "--check"]);
});
