import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { fileURLToPath } from "node:url";

import { bundleCallMachine } from "./bundle";
import { findDailyBuild } from "./daily-builds";
import { reply, replyJson } from "./http-reply";
import { answerRest, matchRestPath } from "./rest-api";
import type { Room } from "./room";
import { serveFile } from "./static-files";

export type Handler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

export type Mount = { readonly pathPrefix: string; readonly content: string | Handler };

export const PAGES: Mount = {
  pathPrefix: "/pages/",
  content: fileURLToPath(new URL("../pages", import.meta.url)),
};

/** Answers one HTTP request to the room server: Daily's files, Daily's REST API, test pages, and what was mounted. */
export async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  mounts: readonly Mount[],
  room: (name: string) => Room,
): Promise<void> {
  const path = new URL(request.url ?? "/", "http://room.invalid").pathname;
  if (request.method === "OPTIONS") return reply(response, 204, "html");
  if (path === "/favicon.ico") return reply(response, 204, "html");
  if (path.endsWith("/call-machine-object-bundle.js")) {
    return reply(response, 200, "js", await bundleCallMachine());
  }
  const dailyBuild = findDailyBuild(path.slice(1));
  if (dailyBuild) return reply(response, 200, "js", await readFile(dailyBuild));

  const rest = matchRestPath(path);
  if (rest) return answerRest(room(rest.roomName), rest.endpoint, request, response);

  for (const { pathPrefix, content } of mounts) {
    if (!path.startsWith(pathPrefix)) continue;
    if (typeof content === "function") return content(request, response);
    const file = decodeURIComponent(path.slice(pathPrefix.length)) || "index.html";
    if (await serveFile(content, file, response)) return;
  }
  if (request.method === "GET" && /^\/[\w-]+$/.test(path)) {
    return reply(response, 200, "html", roomPage(path.slice(1)));
  }
  replyJson(response, 404, { error: "not-found" });
}

function roomPage(name: string): string {
  return `<!doctype html><title>${name}</title><p>The local room “${name}”. Join its address with daily-js.</p>`;
}
