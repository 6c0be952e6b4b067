import {
  ASK_FOR_PORT,
  HANDOVER,
  type HookToRelay,
  type PanelMessage,
  PROTOCOL_VERSION,
  type RelayToHook,
} from "../extension/protocol/envelope";
import { version } from "../package.json";
import type { Command } from "../extension/protocol/command";
import { parseJson } from "../extension/protocol/payload";
import type { Outbox } from "./outbox";
import { apply, getOwnPropertyDescriptor } from "./primordials";

// Taken before the page could replace them: what travels on the port is not for its scripts.
// oxlint-disable typescript/unbound-method -- called on the window, the port and its messages
const { addEventListener, removeEventListener, dispatchEvent } = window;
const ChannelAtStart = MessageChannel;
const MessageEventAtStart = MessageEvent;
const { postMessage } = MessagePort.prototype;
const setOnMessage = getOwnPropertyDescriptor(MessagePort.prototype, "onmessage")?.set;
const getData = getOwnPropertyDescriptor(MessageEvent.prototype, "data")?.get;
// oxlint-enable typescript/unbound-method

export type Handover = {
  /** There is something to show now: until then, a page is silent. Again with the address of a room when a call joins it. */
  readonly announce: (room?: string) => void;
  /** Waits for a relay to ask: at the start, and again when the old one is gone after a reload of the extension. */
  readonly waitForRelay: () => void;
};

/**
 * Connects the outbox with the relay in the isolated world, over a port that no script of the page can reach. `stop` is
 * told when the user switches the inspector off in this page.
 */
export function createHandover(
  outbox: Outbox,
  perform: (command: Command) => void,
  stop: () => void,
): Handover {
  let isReady = false;
  let isOff = false;
  /** The room joined last, or none so far; undefined while there is nothing to say. */
  let here: string | undefined;
  let port: MessagePort | undefined;
  /** By the number of a connection: how to end it. */
  let stops: (undefined | (() => void))[] = [];

  function handOver(event: Event): void {
    try {
      // Once only: later, a script of the page may ask.
      apply(removeEventListener, window, [ASK_FOR_PORT, handOver, true]);
      event.stopImmediatePropagation();
      port?.close();
      disconnectAll();
      const channel = new ChannelAtStart();
      port = channel.port1;
      apply(setOnMessage as () => void, port, [receive]);
      const handover = new MessageEventAtStart(HANDOVER, { ports: [channel.port2] });
      apply(dispatchEvent, window, [handover]);
    } catch {
      // If a page breaks this, the panel can't see it; the panel says that no call was found.
    }
  }

  function receive(event: MessageEvent<RelayToHook>): void {
    try {
      const message = apply(getData as () => unknown, event, []) as RelayToHook;
      if (message.kind === "ready") {
        isReady = true;
        outbox.flush();
        sayHere();
      } else if (message.kind === "off") {
        isOff = true;
        here ??= "";
        disconnectAll();
        stop();
        sayHere();
      } else if (message.text === null) {
        stops[message.connection]?.();
        stops[message.connection] = undefined;
      } else {
        receiveFromPanel(message.connection, message.text);
      }
    } catch {
      // Nothing of ours may reach the page's `error` event.
    }
  }

  function receiveFromPanel(connection: number, text: string): void {
    const parsed = parseJson(text);
    if (!parsed.ok || !isPanelMessage(parsed.value)) return;
    if (parsed.value.kind === "command") return perform(parsed.value.command);
    stops[connection]?.();
    const { after } = parsed.value;
    stops[connection] = outbox.subscribe(after, (batch) =>
      post({ kind: "to-panel", connection, text: batch }),
    );
  }

  /** Returns whether it went out. */
  function post(message: HookToRelay): boolean {
    if (!port) return false;
    try {
      apply(postMessage, port, [message]);
      return true;
    } catch {
      return false;
    }
  }

  function sayHere(): void {
    if (isReady && here !== undefined) post({ kind: "here", room: here, version, isOff });
  }

  function disconnectAll(): void {
    for (let i = 0; i < stops.length; i++) stops[i]?.();
    stops = [];
  }

  return {
    announce(room = here ?? "") {
      here = room;
      sayHere();
    },
    waitForRelay() {
      isReady = false;
      apply(addEventListener, window, [ASK_FOR_PORT, handOver, true]);
    },
  };
}

/** Only the panel can send here, so checking the version is enough. */
function isPanelMessage(value: unknown): value is PanelMessage {
  return (value as Partial<PanelMessage> | null)?.protocol === PROTOCOL_VERSION;
}
