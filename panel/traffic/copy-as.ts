import type { EventOf } from "../../extension/protocol/event";
import { NO_RECIPIENT } from "../../core/session/resend";
import type { Entry } from "../../core/session/session-log";

export type CopyForm = { readonly name: "JSON" | "call" | "curl"; readonly text: string };

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
    forms.push({ name: "call", text: `call.sendAppMessage(${literal(json)});` });
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
  const given = to === NO_RECIPIENT ? null : to;
  if (method === "sendAppMessage" && given !== undefined && given !== "*")
    args.push(JSON.stringify(given));
  if (method === "setMeetingSessionData") args.push(JSON.stringify(mergeStrategy));
  return `call.${method}(${args.join(", ")});`;
}

/** JSON as JavaScript. Only `__proto__` means something else there: it sets the prototype instead of a key. */
function literal(json: string): string {
  if (!json.includes('"__proto__":')) return json;
  return `JSON.parse('${json.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}')`;
}

/** Keys to delete are `undefined` in JavaScript, which JSON cannot show. */
function withDeletions(json: string, keys: readonly string[]): string {
  const data = literal(json);
  if (keys.length === 0 || !json.endsWith("}")) return data;
  const deleted = keys.map((key) =>
    key === "__proto__" ? `["__proto__"]:undefined` : `${JSON.stringify(key)}:undefined`,
  );
  if (data !== json) return `{${[`...${data}`, ...deleted].join(",")}}`;
  return `${json.slice(0, -1)}${json === "{}" ? "" : ","}${deleted.join(",")}}`;
}

/** docs.daily.co: POST /rooms/:name/send-app-message and /set-session-data. The key is never known here. */
function curlText(event: EventOf<"method-called">, room: string | undefined): string {
  const name = encodeURIComponent(room?.split("/").pop() || "ROOM");
  const { json } = event.payload;
  if (event.method === "sendAppMessage") {
    const note = json.startsWith("{")
      ? []
      : ["# The REST API takes an object as data; this is none."];
    const to = [event.to ?? "*"].flat();
    if (to.length === 0) note.push("# It was addressed to no one.");
    if (to.includes(NO_RECIPIENT)) note.push("# It was addressed to null, which is no one's id.");
    // One id or "*" is what the endpoint takes.
    if (to.length > 1)
      note.push("# The REST API takes one recipient, so this is one request each.");
    const requests = to.map((recipient) =>
      request(
        `${name}/send-app-message`,
        `{"data":${json},"recipient":${JSON.stringify(recipient)}}`,
      ),
    );
    return [...note, ...requests].join("\n");
  }
  return request(
    `${name}/set-session-data`,
    `{"data":${json},"mergeStrategy":${JSON.stringify(event.mergeStrategy)},"keysToDelete":${JSON.stringify(event.keysToDelete ?? [])}}`,
  );
}

function request(path: string, body: string): string {
  return [
    `curl -X POST https://api.daily.co/v1/rooms/${path}`,
    `-H "Authorization: Bearer $DAILY_API_KEY"`,
    `-H "Content-Type: application/json"`,
    `-d '${body.replaceAll("'", `'\\''`)}'`,
  ].join(" \\\n  ");
}
