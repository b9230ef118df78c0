import { resolve } from "node:path";
import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vite";

/** Where the server is; the page asks its own origin, so that no cross-origin rules are needed. */
const proxy = { "/api": process.env["FRESHET_URL"] ?? "http://127.0.0.1:8080" };

export default defineConfig({
  plugins: [vue()],
  resolve: {
    // This tree's sources. Not by `tsconfigPaths`, which leaves out what .vue files import.
    alias: [
      {
        find: /^@freshet\/(\w+)$/,
        replacement: resolve(import.meta.dirname, "../../packages/$1/src/index.ts"),
      },
    ],
  },
  server: { proxy },
  preview: { proxy },
});
