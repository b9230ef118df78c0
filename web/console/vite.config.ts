import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

/** Where `npm run dev` finds the server; the built console is served by the server itself. */
const server = process.env["FRESHET_URL"] ?? "http://127.0.0.1:8080";

export default defineConfig({
  plugins: [react()],
  resolve: { tsconfigPaths: true },
  build: {
    // Everything comes from files, so that the server's policy can be `default-src 'self'`.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    // Writes by cookie are taken from the server's own pages only.
    proxy: {
      "/v1": { target: server, headers: { origin: server } },
      "/api": { target: server, headers: { origin: server } },
    },
  },
  test: {
    name: "console",
    include: ["src/**/*.test.{ts,tsx}"],
  },
});
