// Offers tools to coding agents, in the page's own world, once the page has a call. Any script of the page can use them,
// too, so they tell only what the hook of this document saw. No exports: they would become globals of the page.
import {
  AGENT_GROUP,
  AGENT_HANDOVER,
  AGENT_TOOLS,
  type AgentAnswer,
  type AgentNews,
  type AgentRequest,
  type AgentTool,
  ASK_FOR_AGENT_PORT,
} from "../extension/protocol/agent-tools";
import { parse, stringify } from "../extension/protocol/bounds";
import { apply, get, getOwnPropertyDescriptor, hasOwn, startTimer } from "./primordials";

// Taken before the page could replace them, as in the hook.
// oxlint-disable typescript/unbound-method -- called on the window, the port and its messages
const { addEventListener, removeEventListener } = window;
const { postMessage } = MessagePort.prototype;
const getData = getOwnPropertyDescriptor(MessageEvent.prototype, "data")?.get;
// oxlint-enable typescript/unbound-method
const PromiseAtStart = Promise;
const ErrorAtStart = Error;

/** An agent's use of a tool that never settles would hold up all that it does. Longer than the background takes. */
const PATIENCE_MS = 8_000;

/** As text, so that each discovery gets objects of its own. */
const TOOLS = stringify(AGENT_TOOLS);

type Waiting = {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
};

let port: MessagePort | undefined;
let requests = 0;
/** By number of the request. */
const waiting = { __proto__: null } as unknown as Record<number, Waiting | undefined>;

function execute(tool: string, args: unknown): Promise<unknown> {
  return new PromiseAtStart((resolve, reject) => {
    const id = ++requests;
    const request: AgentRequest = { id, tool, args: stringify(args ?? {}) };
    waiting[id] = { resolve, reject };
    apply(postMessage, port, [request]);
    startTimer(() => {
      const message =
        "Inspector for Daily didn't answer in time. Try again; if it stays so, reload the page.";
      settle({ id, ok: false, message });
    }, PATIENCE_MS);
  });
}

function settle(answer: AgentAnswer): void {
  const request = waiting[answer.id];
  waiting[answer.id] = undefined;
  if (!request) return;
  if (answer.ok) request.resolve(parse(answer.json));
  else request.reject(new ErrorAtStart(answer.message));
}

type Offered = Pick<AgentTool, "name" | "description" | "inputSchema"> & {
  execute: (args: unknown) => Promise<unknown>;
};

/** All tools, as plain objects that no one has had before. */
function tools(): Offered[] {
  const list = parse(TOOLS) as Offered[];
  for (let i = 0; i < list.length; i++) {
    const { name, description, inputSchema } = list[i] as Offered;
    list[i] = { name, description, inputSchema, execute: (args) => execute(name, args) };
  }
  return list;
}

/** Responds to the tool discovery of Chrome DevTools for agents synchronously, because it ignores a later response. */
function answerDiscovery(event: Event): void {
  try {
    const respondWith: unknown = get(event, "respondWith");
    if (typeof respondWith === "function")
      apply(respondWith, event, [{ ...AGENT_GROUP, tools: tools() }]);
  } catch {
    // Nothing of ours may reach the page.
  }
}

/** What browsers that have it know of tools: https://webmachinelearning.github.io/webmcp/ */
type ModelContext = { registerTool?: (tool: object) => unknown };

let isRegistered = false;

function registerTools(): void {
  if (isRegistered) return;
  isRegistered = true;
  const context = (document as { modelContext?: ModelContext }).modelContext;
  if (typeof context?.registerTool !== "function") return;
  const offered = tools();
  for (let i = 0; i < offered.length; i++) {
    const readOnlyHint = !AGENT_TOOLS[i]?.isCommand;
    const annotations = { debugging: true, readOnlyHint, untrustedContentHint: true };
    // Rejected where the page has a tool of that name.
    const registered = context.registerTool({ ...offered[i], annotations });
    if (registered instanceof PromiseAtStart) registered.catch(() => {});
  }
}

function receive(event: MessageEvent<AgentNews | AgentAnswer>): void {
  try {
    const message = apply(getData as () => unknown, event, []) as AgentNews | AgentAnswer;
    if (!hasOwn(message, "kind")) return settle(message as AgentAnswer);
    // Again with each call: `document.open()` removes all listeners of the window.
    apply(addEventListener, window, ["devtoolstooldiscovery", answerDiscovery]);
    registerTools();
  } catch {
    // As above.
  }
}

/** Hands the relay its end of a private channel, as the hook does: once, before the first script of the page. */
function handOver(event: Event): void {
  apply(removeEventListener, window, [ASK_FOR_AGENT_PORT, handOver, true]);
  event.stopImmediatePropagation();
  const channel = new MessageChannel();
  port = channel.port1;
  port.onmessage = receive;
  window.dispatchEvent(new MessageEvent(AGENT_HANDOVER, { ports: [channel.port2] }));
}
window.addEventListener(ASK_FOR_AGENT_PORT, handOver, true);
