import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: { name: "client", include: ["test/**/*.test.ts"] },
});
