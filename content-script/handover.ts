import {
  ASK_FOR_PORT,
  HANDOVER,
  PROTOCOL_VERSION,
  type HookToRelay,
  type PanelMessage,
  type RelayToHook,
} from "../extension/protocol/envelope";
import type { Command } from "../extension/protocol/command";
import { parseJson } from "../extension/protocol/payload";
import type { Outbox } from "./outbox";

export type Handover = {
  /** There is something to show now: until then, a page is silent. */
  readonly announce: () => void;
  /** Waits for a new relay to ask: the old one is gone after the extension was reloaded. */
  readonly renew: () => void;
};

/** Connects the outbox with the relay in the isolated world, over a port that no script of the page can reach. */
export function createHandover(outbox: Outbox, perform: (command: Command) => void): Handover {
  let isReady = false;
  let hasSomething = false;
  let port: MessagePort | undefined;
  const stops = new Map<number, () => void>();

  function handOver(event: Event): void {
    // Once only: later, a script of the page may ask.
    window.removeEventListener(ASK_FOR_PORT, handOver, true);
    event.stopImmediatePropagation();
    port?.close();
    disconnectAll();
    const channel = new MessageChannel();
    port = channel.port1;
    port.onmessage = ({ data }: MessageEvent<RelayToHook>) => receive(data);
    window.dispatchEvent(new MessageEvent(HANDOVER, { ports: [channel.port2] }));
  }
  window.addEventListener(ASK_FOR_PORT, handOver, true);

  function receive(message: RelayToHook): void {
    if (message.kind === "ready") {
      isReady = true;
      if (hasSomething) post({ kind: "here" });
    } else if (message.text === null) {
      stops.get(message.connection)?.();
      stops.delete(message.connection);
    } else {
      receiveFromPanel(message.connection, message.text);
    }
  }

  function receiveFromPanel(connection: number, text: string): void {
    const parsed = parseJson(text);
    if (!parsed.ok || !isPanelMessage(parsed.value)) return;
    if (parsed.value.kind === "command") return perform(parsed.value.command);
    stops.get(connection)?.();
    const { after } = parsed.value;
    stops.set(
      connection,
      outbox.subscribe(after, (batch) => post({ kind: "to-panel", connection, text: batch })),
    );
  }

  function post(message: HookToRelay): void {
    port?.postMessage(message);
  }

  function disconnectAll(): void {
    for (const stop of stops.values()) stop();
    stops.clear();
  }

  return {
    announce() {
      if (hasSomething) return;
      hasSomething = true;
      if (isReady) post({ kind: "here" });
    },
    renew() {
      isReady = false;
      window.addEventListener(ASK_FOR_PORT, handOver, true);
    },
  };
}

/** Only the panel has this port, so its version is what can differ. */
function isPanelMessage(value: unknown): value is PanelMessage {
  const { protocol, kind } = (value ?? {}) as Partial<PanelMessage>;
  return protocol === PROTOCOL_VERSION && (kind === "hello" || kind === "command");
}
