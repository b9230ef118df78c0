import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    name: "browser",
    root: import.meta.dirname,
    include: ["**/*.test.ts"],
    globalSetup: "setup.ts",
    // Each file starts a server and a browser of its own, and mostly waits for them.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
