import preact from "@preact/preset-vite";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [preact()],
  test: {
    include: ["**/*.test.{ts,tsx}"],
    exclude: ["node_modules", "dist"],
    // A pane has no size without a layout; the library would like one for a server.
    onConsoleLog: (log) => !log.includes("defaultSize prop recommended"),
    // A component test takes a tenth of a second, and much more where all cores are busy.
    testTimeout: 30_000,
    // What is written for React gets Preact here as in the build, and all of it the same one.
    server: { deps: { inline: [/preact/, /@tanstack\/react-virtual/, /react-resizable-panels/] } },
  },
});
