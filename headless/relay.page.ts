// Runs in the page right after the hook, in the same script: what the extension's relay does, over a function that
// Playwright puts into the page. Looks at nothing in the texts.
import {
  AGENT_HANDOVER,
  type AgentAnswer,
  type AgentNews,
  type AgentRequest,
  ASK_FOR_AGENT_PORT,
} from "../extension/protocol/agent-tools";
import {
  ASK_FOR_PORT,
  HANDOVER,
  type Hello,
  type HookToRelay,
  PROTOCOL_VERSION,
  type RelayToHook,
} from "../extension/protocol/envelope";
import { BINDING, type Flushed, type FromPage, type ToPage } from "./wire";

type Binding = (message: FromPage) => Promise<ToPage | AgentAnswer | undefined>;

// Taken before the page, or a fake clock in it, could replace them.
const later = window.setTimeout.bind(window);
const elapsed = performance.now.bind(performance);
const load = window.fetch.bind(window);
const { timeOrigin } = performance;
const { stringify } = JSON;
const binding = (globalThis as { [BINDING]?: Binding })[BINDING];
Reflect.deleteProperty(globalThis, BINDING);

const CONNECTION = 1;
/** A call that was made a moment ago has announced itself by then. */
const ANNOUNCED_MS = 5;

const id = crypto.getRandomValues(new Uint32Array(4)).join("-");
let hook: MessagePort | undefined;
let isHere = false;
/** To the tools for coding agents, in top documents. */
let tools: MessagePort | undefined;
/** Called when the hook has said that it is here: what it posted before has come by then. */
let heard: (() => void) | undefined;
/** Batches that came while that was waited for: they go with the answer. */
let held: string[] = [];

const toHook = (message: RelayToHook): void => hook?.postMessage(message);
const toHookAsPanel = (text: string): void =>
  toHook({ kind: "from-panel", connection: CONNECTION, text });
const tell = (message: FromPage): void => void binding?.(message).catch(() => {});

function fromHook({ data }: MessageEvent<HookToRelay>): void {
  if (data.kind === "to-panel") {
    if (heard) held.push(data.text);
    else tell({ kind: "batch", id, text: data.text });
    return;
  }
  if (!isHere) {
    isHere = true;
    const hello: Hello = { protocol: PROTOCOL_VERSION, kind: "hello", after: 0 };
    toHookAsPanel(stringify(hello));
  }
  const news: AgentNews = { kind: "here" };
  tools?.postMessage(news);
  heard?.();
}

/** Resolves when all that has happened by now is sent, but for what is in the answer. */
async function flush(number: number): Promise<Flushed> {
  if (!isHere) await new Promise((resolve) => void later(resolve, ANNOUNCED_MS));
  if (isHere) {
    // The hook's answer comes behind all that has happened.
    await new Promise<void>((resolve) => {
      heard = resolve;
      toHook({ kind: "ready" });
    });
  }
  const texts = held;
  [heard, held] = [undefined, []];
  return { number, at: timeOrigin + elapsed(), texts };
}

/** A redirect would lead to where the page may never have been. */
async function fetchText(number: number, url: string): Promise<void> {
  const text = await load(url, { redirect: "error" })
    .then((response) => (response.ok ? response.text() : undefined))
    .catch(() => undefined);
  tell({ kind: "fetched", id, number, text });
}

async function listen(call: Binding): Promise<void> {
  let flushed: Flushed | undefined;
  for (;;) {
    const answer = await call({ kind: "next", id, url: location.href, flushed });
    const message = answer as ToPage | undefined;
    flushed = undefined;
    if (!message) return;
    if (message.kind === "text") toHookAsPanel(message.text);
    else if (message.kind === "fetch") void fetchText(message.number, message.url);
    else flushed = await flush(message.number);
  }
}

/** Takes another script's end of a private channel, in the same task; undefined where there is none. */
function takePort(ask: string, handover: string): MessagePort | undefined {
  let port: MessagePort | undefined;
  const take = (event: Event): void => {
    port = (event as MessageEvent).ports?.[0];
    event.stopImmediatePropagation();
  };
  window.addEventListener(handover, take, true);
  window.dispatchEvent(new Event(ask));
  window.removeEventListener(handover, take, true);
  return port;
}

function fromTools({ data: request }: MessageEvent<AgentRequest>): void {
  const isGone = () => {
    const message = "This page isn't watched any more.";
    tools?.postMessage({ id: request.id, ok: false, message } satisfies AgentAnswer);
  };
  void binding?.({ kind: "agent", id, request }).then(
    (answer) => tools?.postMessage(answer),
    isGone,
  );
}

if (binding) {
  tools = takePort(ASK_FOR_AGENT_PORT, AGENT_HANDOVER);
  if (tools) tools.onmessage = fromTools;
  hook = takePort(ASK_FOR_PORT, HANDOVER);
  if (hook) hook.onmessage = fromHook;
  toHook({ kind: "ready" });
  // It ends with the document, or with the watching.
  listen(binding).catch(() => {});
}
