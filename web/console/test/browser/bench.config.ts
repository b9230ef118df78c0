import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    name: "bench",
    root: import.meta.dirname,
    include: ["**/*.bench.ts"],
    globalSetup: "setup.ts",
    testTimeout: 180_000,
    // The server as it runs elsewhere.
    env: { FRESHET_JAVA_OPTS: "" },
  },
});
