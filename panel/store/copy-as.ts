import type { EventOf } from "../../extension/protocol/event";
import type { Entry } from "./session-log";

export type CopyForm = { readonly name: string; readonly text: string };

/** An entry's payload in the forms that are useful elsewhere: JSON, the call in JavaScript, the request to Daily's REST API. */
export function copyForms({ event }: Entry, room: string | undefined): CopyForm[] {
  if (!("payload" in event) || !event.payload || event.payload.problem) return [];
  const { json } = event.payload;
  const forms: CopyForm[] = [{ name: "JSON", text: json }];
  if (event.kind === "method-called") {
    forms.push({ name: "call", text: callText(event) });
    if (event.method !== "setUserData") forms.push({ name: "curl", text: curlText(event, room) });
  }
  if (event.kind === "daily-event" && event.name === "app-message") {
    forms.push({ name: "call", text: `call.sendAppMessage(${json});` });
  }
  return forms;
}

function callText({
  method,
  payload,
  to,
  mergeStrategy,
  keysToDelete = [],
}: EventOf<"method-called">): string {
  const args = [withDeletions(payload.json, keysToDelete)];
  if (method === "sendAppMessage" && to !== undefined && to !== "*") args.push(JSON.stringify(to));
  if (method === "setMeetingSessionData") args.push(JSON.stringify(mergeStrategy));
  return `call.${method}(${args.join(", ")});`;
}

/** Keys to delete are `undefined` in JavaScript, which JSON cannot show. */
function withDeletions(json: string, keys: readonly string[]): string {
  const deleted = keys.map((key) => `${JSON.stringify(key)}:undefined`).join(",");
  if (deleted === "" || !json.endsWith("}")) return json;
  return `${json.slice(0, -1)}${json === "{}" ? "" : ","}${deleted}}`;
}

/** docs.daily.co: POST /rooms/:name/send-app-message and /set-session-data. The key is never known here. */
function curlText(event: EventOf<"method-called">, room: string | undefined): string {
  const name = encodeURIComponent(room?.split("/").pop() || "ROOM");
  const { json } = event.payload;
  const isMessage = event.method === "sendAppMessage";
  const recipient = typeof event.to === "string" ? event.to : (event.to?.[0] ?? "*");
  const body = isMessage
    ? `{"data":${json},"recipient":${JSON.stringify(recipient)}}`
    : `{"data":${json},"mergeStrategy":${JSON.stringify(event.mergeStrategy)},"keysToDelete":${JSON.stringify(event.keysToDelete ?? [])}}`;
  return [
    `curl -X POST https://api.daily.co/v1/rooms/${name}/${isMessage ? "send-app-message" : "set-session-data"}`,
    `-H "Authorization: Bearer $DAILY_API_KEY"`,
    `-H "Content-Type: application/json"`,
    `-d '${body.replaceAll("'", `'\\''`)}'`,
  ].join(" \\\n  ");
}
