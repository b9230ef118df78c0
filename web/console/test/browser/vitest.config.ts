import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    name: "browser",
    root: import.meta.dirname,
    include: ["**/*.test.ts"],
    passWithNoTests: true,
    // Each file starts a server and a browser of its own; together they would only wait for each other.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
