// Passes requests of the page's agent tools on to the background, and its answers back. In the same isolated world as
// the relay, which says when the page has a call: no script of the page sees that world's globals.
import {
  AGENT_HANDOVER,
  AGENT_PORT,
  type AgentAnswer,
  type AgentNews,
  type AgentRequest,
  ASK_FOR_AGENT_PORT,
} from "../extension/protocol/agent-tools";
import type { RelayWorld } from "./relay-world";

let tools: MessagePort | undefined;
let background: chrome.runtime.Port | undefined;
/** Numbers of the requests that wait for an answer. */
const open = new Set<number>();

function answer(message: AgentAnswer): void {
  open.delete(message.id);
  tools?.postMessage(message);
}

function refuse(id: number, message: string): void {
  answer({ id, ok: false, message });
}

/** The background sleeps until it is asked: this wakes it. Throws when the extension was reloaded or removed. */
function connect(): chrome.runtime.Port {
  const port = chrome.runtime.connect({ name: AGENT_PORT });
  port.onMessage.addListener(answer);
  port.onDisconnect.addListener(() => {
    void chrome.runtime.lastError; // Read, or Chromium warns.
    background = undefined;
    for (const id of open) refuse(id, "Inspector for Daily was interrupted. Try again.");
  });
  return port;
}

function ask({ data }: MessageEvent<AgentRequest>): void {
  open.add(data.id);
  try {
    background ??= connect();
    background.postMessage(data);
  } catch {
    background = undefined;
    refuse(data.id, "Inspector for Daily was updated or removed. Reload the page.");
  }
}

/** Takes the tools' end of a private channel, in the same task and before any script of the page has run. */
function takePort(event: Event): void {
  const port = (event as MessageEvent).ports?.[0];
  if (!port) return;
  event.stopImmediatePropagation();
  tools = port;
  tools.onmessage = ask;
}
window.addEventListener(AGENT_HANDOVER, takePort, true);
window.dispatchEvent(new Event(ASK_FOR_AGENT_PORT));
// One port, once, as in the relay.
window.removeEventListener(AGENT_HANDOVER, takePort, true);

(self as RelayWorld).dailyHere = () => {
  const news: AgentNews = { kind: "here" };
  tools?.postMessage(news);
};
