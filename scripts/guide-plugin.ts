import type { Plugin } from "vite";

import { guideFiles } from "./guide-pages";

const TYPES: Readonly<Record<string, string>> = { html: "text/html", css: "text/css" };

/** Puts the guide into the extension, and serves it while the extension is developed. */
export function guide(): Plugin {
  return {
    name: "guide",
    generateBundle() {
      for (const { path, source } of guideFiles())
        this.emitFile({ type: "asset", fileName: path, source });
    },
    configureServer({ middlewares }) {
      middlewares.use((request, response, next) => {
        const wanted = request.url?.replace(/[?#].*/, "");
        const file = guideFiles().find(({ path }) => `/${path}` === wanted);
        if (!file) return next();
        const type = TYPES[file.path.replace(/.*\./, "")];
        if (type !== undefined) response.setHeader("Content-Type", `${type}; charset=utf-8`);
        response.end(file.source);
      });
    },
  };
}
