import type { Command } from "./command";
import type { PageEvent } from "./event";

/** A document that has something to show, as the browser names it (never as the page claims). */
export type DocumentInfo = {
  readonly documentId: string;
  readonly frameId: number;
  readonly url: string;
};

/** Names and shapes that more than one context must spell alike. No imports that run: content scripts use this file. */

export const PROTOCOL_VERSION = 1;

/**
 * Events on the window: the relay asks when it loads, the hook hands over a private port in the same task. Both happen
 * before the first script of the page, so that no other script can ask or answer.
 */
export const ASK_FOR_PORT = "inspector-for-daily:ask";
export const HANDOVER = "inspector-for-daily:port";

/**
 * The field of call objects by which the hook finds them, and the key of a symbol on the setter that it puts on
 * `Object.prototype` for it: by that, another run of the hook finds the first one, and the panel finds either.
 */
export const FIELD = "_callObjectMode";
export const RECONNECT_KEY = "inspector-for-daily:reconnect";

/**
 * Name of the port from the panel (or Firefox's event page) to a document's relay. Where the browser cannot connect to a
 * document, only to a frame, a space and the relay's id follow.
 */
export const LINK_PORT = "inspector-for-daily:link";

/** Prefixes of the ports from a panel to Firefox's event page: `…<tab id>` and `…<tab id>:<frame id>:<relay id>`. */
export const WATCH_PORT = "inspector-for-daily:watch:";
export const PIPE_PORT = "inspector-for-daily:pipe:";

/** Page → panel, as JSON text. */
export type PageBatch = { readonly protocol: number; readonly events: readonly PageEvent[] };

/** Panel → page, as JSON text: the first thing on a new connection. `after` is the last `seq` the panel has, or 0. */
export type Hello = { readonly protocol: number; readonly kind: "hello"; readonly after: number };

/** Panel → page, as JSON text: something to do. Its outcome comes back as an event. */
export type CommandMessage = {
  readonly protocol: number;
  readonly kind: "command";
  readonly command: Command;
};
export type PanelMessage = Hello | CommandMessage;

/** Hook → relay over the private port: this document has something to show, or is switched off. */
export type Here = {
  readonly kind: "here";
  /** Address of the room that a call of the page joined last; "" before the first join. */
  readonly room: string;
  /** Of the extension that the hook came with. It stays in a page whose extension is updated. */
  readonly version: string;
  /** Whether it was switched off: it captures nothing and keeps nothing until the page is reloaded. */
  readonly isOff: boolean;
};

/** Relay → anyone in the extension: what the hook says. */
export type Announcement = Here & {
  readonly url: string;
  /** The document's id where the browser tells none. */
  readonly relayId: string;
};

/** Panel → every relay of a tab: who has something to show? Or: stop, until the page is reloaded. */
export type ToRelays = { readonly kind: "probe" } | { readonly kind: "off" };

/**
 * Relay → hook over the private port. A connection is one panel; `text: null` says that it is gone. After `ready` the
 * hook says that it is here, behind all that has happened by then: asked again, it keeps nothing back.
 */
export type RelayToHook =
  | { readonly kind: "ready" }
  | { readonly kind: "off" }
  | { readonly kind: "from-panel"; readonly connection: number; readonly text: string | null };

/** Hook → relay over the private port. */
export type HookToRelay =
  | Here
  | { readonly kind: "to-panel"; readonly connection: number; readonly text: string };
