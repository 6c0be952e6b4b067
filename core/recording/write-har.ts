import { withoutIsolates } from "../lib/texts";
import type { CallState } from "../session/call-state";
import { type RowView, rowOf } from "../session/event-view";
import { localPerson, type PersonLabel } from "../session/people";
import type { Entry, SessionLog } from "../session/session-log";

/** A message as Chrome writes those of a WebSocket into a HAR. `time`: epoch seconds with fraction. */
type HarMessage = {
  readonly type: "send" | "receive";
  readonly time: number;
  /** 1: a text. */
  readonly opcode: 1;
  readonly data: string;
};

/**
 * What passed through the data channels of each call, as the text of a HAR file: an entry for each call, with messages
 * like those of a WebSocket, which Chrome's Network panel shows once it has imported the file. Daily sends them in its
 * own way: the entry's address is the room's, or the page's where the call has joined none, and says whose call it is.
 * Writes that were refused never left, and are left out. `version`: of this software.
 */
export function writeHar(log: SessionLog, version: string): string {
  const entries = [...log.documents.values()].flatMap(({ callIds, url }) =>
    [...callIds].flatMap((callId) => {
      const call = log.calls.get(callId);
      return call ? (harEntry(call, url, log.ofCall.get(callId) ?? []) ?? []) : [];
    }),
  );
  entries.sort((a, b) => (a.startedDateTime < b.startedDateTime ? -1 : 1));
  const creator = { name: "Inspector for Daily", version };
  return JSON.stringify({ log: { version: "1.2", creator, pages: [], entries } }, undefined, 2);
}

/** A call as a request that became a WebSocket; undefined where nothing passed through its data channels. */
function harEntry(call: CallState, pageUrl: string, entries: readonly Entry[]) {
  const rows = entries.flatMap((entry) => rowOf(entry, call) ?? []).filter(isTraffic);
  const [first, last] = [rows[0], rows.at(-1)];
  if (!first || !last) return undefined;
  const ms = last.event.at - first.event.at;
  return {
    _resourceType: "websocket",
    startedDateTime: new Date(first.event.at).toISOString(),
    time: ms,
    request: {
      method: "GET",
      url: addressOf(call, pageUrl),
      httpVersion: "HTTP/1.1",
      cookies: [],
      headers: [],
      queryString: [],
      headersSize: -1,
      bodySize: 0,
    },
    response: {
      status: 101,
      statusText: "Switching Protocols",
      httpVersion: "HTTP/1.1",
      cookies: [],
      headers: [],
      content: { size: 0, mimeType: "x-unknown" },
      redirectURL: "",
      headersSize: -1,
      bodySize: -1,
    },
    cache: {},
    timings: { send: 0, wait: 0, receive: ms },
    _webSocketMessages: rows.map(messageOf),
  };
}

const isTraffic = ({ direction, event }: RowView): boolean =>
  direction !== "none" && !(event.kind === "method-called" && event.outcome === "threw");

function addressOf(call: CallState, pageUrl: string): string {
  const url = call.room ?? pageUrl;
  return `${url}${url.includes("?") ? "&" : "?"}of=${encodeURIComponent(nameOf(localPerson(call)))}`;
}

function messageOf({ event, direction, dailyName, channel, from, to, value }: RowView): HarMessage {
  const isSent = direction === "out";
  const isAppMessage = channel === "app-message";
  const data = {
    [isSent ? "method" : "event"]: dailyName,
    ...(isAppMessage && isSent && { to: to.map(nameOf) }),
    ...(!isSent && from && { from: nameOf(from) }),
    data: value,
  };
  return {
    type: isSent ? "send" : "receive",
    time: event.at / 1_000,
    opcode: 1,
    data: JSON.stringify(data),
  };
}

const nameOf = ({ name }: PersonLabel): string => withoutIsolates(name);
