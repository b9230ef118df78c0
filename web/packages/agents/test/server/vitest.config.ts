import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    name: "agents-server",
    root: import.meta.dirname,
    include: ["**/*.test.{ts,tsx}"],
    setupFiles: ["../support/dom.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
