import {
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
  /** Gives the relay a private port, unless it has one. Not before there is something to show: other pages stay silent. */
  readonly ensure: () => void;
  /** Gives it a new one, if it had one: the old relay is gone after the extension was reloaded. */
  readonly renew: () => void;
};

/** Connects the outbox with the relay in the isolated world, over a port that no script of the page can reach. */
export function createHandover(outbox: Outbox, perform: (command: Command) => void): Handover {
  let isReady = false;
  let port: MessagePort | undefined;
  const stops = new Map<number, () => void>();

  function handOver(): void {
    port?.close();
    disconnectAll();
    const channel = new MessageChannel();
    port = channel.port1;
    port.onmessage = ({ data }: MessageEvent<RelayToHook>) => receive(data);
    // The relay listens first and alone: it stops this event before any script of the page sees it.
    window.postMessage(HANDOVER, "*", [channel.port2]);
  }

  function receive(message: RelayToHook): void {
    if (message.kind === "ready") {
      isReady = true;
      post({ kind: "here" });
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
    ensure() {
      // Again for a later call when nobody answered: the relay may not have been there yet.
      if (!isReady) handOver();
    },
    renew() {
      isReady = false;
      if (port) handOver();
    },
  };
}

/** Only the panel has this port, so its version is what can differ. */
function isPanelMessage(value: unknown): value is PanelMessage {
  const { protocol, kind } = (value ?? {}) as Partial<PanelMessage>;
  return protocol === PROTOCOL_VERSION && (kind === "hello" || kind === "command");
}
