import type { IncomingMessage, ServerResponse } from "node:http";

import { readBody, replyJson } from "./http-reply";
import type { Room } from "./room";
import type { MergeStrategy } from "./session-data-queue";

const MAX_APP_MESSAGE_SIZE = 4096;

/** The path of a session endpoint below `/v1/rooms/:name/`, or undefined for any other path. */
export function matchRestPath(path: string): { roomName: string; endpoint: string } | undefined {
  const match = /^\/v1\/rooms\/([^/]+)\/([a-z-]+)$/.exec(path);
  const [, roomName, endpoint] = match ?? [];
  if (roomName === undefined || endpoint === undefined) return undefined;
  return { roomName: decodeURIComponent(roomName), endpoint };
}

/**
 * Daily's REST endpoints for a running session (docs.daily.co/reference/rest-api/rooms/session/send-app-message and its
 * neighbours). Any bearer key will do.
 */
export async function answerRest(
  room: Room,
  endpoint: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!/^Bearer \S/.test(request.headers.authorization ?? "")) {
    return replyJson(response, 401, { error: "authentication-error" });
  }
  const call = `${request.method} ${endpoint}`;
  if (call === "GET get-session-data") {
    return replyJson(response, 200, { data: room.sessionData() });
  }
  if (call !== "POST send-app-message" && call !== "POST set-session-data") {
    return replyJson(response, 404, { error: "not-found" });
  }
  const body = parseObject(await readBody(request));
  const problem = body
    ? call === "POST send-app-message"
      ? sendAppMessage(room, body)
      : setSessionData(room, body)
    : "The body is not a JSON object";
  if (problem) replyJson(response, 400, { error: "invalid-request-error", info: problem });
  else replyJson(response, 200, { sent: "true" });
}

type Body = Readonly<Record<string, unknown>>;

function sendAppMessage(room: Room, body: Body): string | undefined {
  const { data, recipient = "*" } = body as { data?: unknown; recipient?: unknown };
  if (typeof data !== "object" || data === null) return "data must be an object";
  if (typeof recipient !== "string") return "recipient must be '*' or one session id";
  if (JSON.stringify(data).length > MAX_APP_MESSAGE_SIZE) return "data is larger than 4kb";
  room.sendFromServer(data, recipient);
  return undefined;
}

function setSessionData(room: Room, body: Body): string | undefined {
  const { data = {}, mergeStrategy, keysToDelete } = body as SessionDataBody;
  if (mergeStrategy !== "replace" && mergeStrategy !== "shallow-merge") {
    return "mergeStrategy must be replace or shallow-merge";
  }
  return room.setSessionDataFromServer({
    data,
    mergeStrategy,
    ...(keysToDelete && { keysToDelete }),
  });
}

type SessionDataBody = {
  data?: Record<string, unknown>;
  mergeStrategy?: MergeStrategy;
  keysToDelete?: string[];
};

function parseObject(text: string): Body | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Body) : undefined;
  } catch {
    return undefined;
  }
}
