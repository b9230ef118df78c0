import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: { name: "react", include: ["test/**/*.test.tsx"], setupFiles: ["test/support/dom.ts"] },
});
