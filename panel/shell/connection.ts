import type { AnnouncedDocument, Link, LinkPort } from "../../extension/link";
import type { Command } from "../../extension/protocol/command";
import {
  type CommandMessage,
  type Hello,
  PROTOCOL_VERSION,
} from "../../extension/protocol/envelope";
import { version } from "../../package.json";
import { readBatch } from "../../extension/protocol/read-batch";
import type { Store } from "./store";

type Sink = Pick<
  Store,
  | "documentOpened"
  | "documentAnswered"
  | "documentClosed"
  | "received"
  | "isRoomOfPage"
  | "outOfReach"
>;

export type Connection = {
  /** Sends a command to a document. Returns false when there is no connection to it. */
  send(documentId: string, command: Command): boolean;
  /**
   * Connects to the documents of other tabs that are in a room of the page, and disconnects from those that have left it.
   * To be called when the rooms change, or whether others are wanted at all.
   */
  reviewSeats(): void;
  /** Has the page captured no more, until it is reloaded. What was recorded stays. */
  switchOff(): void;
};

const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 5_000;
/** A link that lasted this long was a good one, even if nothing came over it: Firefox cuts those of idle calls. */
const STOOD_MS = 5_000;

/**
 * Keeps the panel connected with every document of its tab that has something to show, and of other tabs that is in the
 * same room: connects to those that announce themselves, asks again when a link is cut, and continues after the last
 * event that the log has.
 */
export function connect(
  link: Link,
  sink: Sink,
  later: (run: () => void, delayMs: number) => unknown = setTimeout,
  now: () => number = () => performance.now(),
): Connection {
  const ports = new Map<string, LinkPort>();
  /** Documents of other tabs, as they announced themselves last. */
  const others = new Map<string, AnnouncedDocument>();
  let retryMs = FIRST_RETRY_MS;

  function hear(document: AnnouncedDocument): void {
    const { documentId, tabId, isOff } = document;
    const isOther = tabId !== link.tabId;
    if (isOff) {
      others.delete(documentId);
      close(documentId, true);
    }
    if (!isOther && !note(document)) return;
    if (isOff) return;
    if (isOther) others.set(documentId, document);
    if (ports.has(documentId)) sink.documentAnswered(documentId);
    if (isOther) review(document);
    else open(document);
  }

  /** Notes what a document of the page says of its hook. Returns false for one that shall stop, too. */
  function note({ frameId, isOff, version: hookVersion }: AnnouncedDocument): boolean {
    const { outOfReach } = sink;
    const isTop = frameId === 0;
    // A frame that came after the page was switched off. A new page is a new start.
    if (outOfReach.value?.kind === "off" && !isOff && !isTop) {
      link.switchOff();
      return false;
    }
    if (isOff) outOfReach.value = { kind: "off" };
    else if (hookVersion !== version) outOfReach.value = { kind: "outdated" };
    else if (isTop) outOfReach.value = undefined;
    return true;
  }

  function review(document: AnnouncedDocument): void {
    if (sink.isRoomOfPage(document.room)) open(document);
    else close(document.documentId);
  }

  function close(documentId: string, isOff = false): void {
    const port = ports.get(documentId);
    if (!port) return;
    ports.delete(documentId);
    port.close();
    sink.documentClosed(documentId, isOff);
  }

  function open(document: AnnouncedDocument): void {
    const { documentId, tabId } = document;
    if (ports.has(documentId)) return;
    const openedAt = now();
    const port = link.connect(
      document,
      (text) => {
        // A port that was replaced has nothing more to say.
        if (ports.get(documentId) !== port) return;
        retryMs = FIRST_RETRY_MS;
        sink.received(documentId, readBatch(text));
      },
      () => {
        if (ports.get(documentId) !== port) return;
        ports.delete(documentId);
        others.delete(documentId);
        sink.documentClosed(documentId);
        if (now() - openedAt >= STOOD_MS) retryMs = FIRST_RETRY_MS;
        // The page may well be there still: then it answers, and the link is made again.
        later(() => link.probe(tabId), retryMs);
        retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
      },
    );
    ports.set(documentId, port);
    const hello: Hello = {
      protocol: PROTOCOL_VERSION,
      kind: "hello",
      after: sink.documentOpened(
        document,
        tabId === link.tabId ? undefined : { kind: "tab", tabId },
      ),
    };
    port.send(JSON.stringify(hello));
  }

  link.listen(hear);
  link.probe("all");

  return {
    reviewSeats: () => others.forEach(review),

    switchOff() {
      // Seats are those of other pages, which go on.
      for (const documentId of ports.keys()) close(documentId, !others.has(documentId));
      link.switchOff();
      sink.outOfReach.value = { kind: "off" };
    },

    send(documentId, command) {
      const port = ports.get(documentId);
      const message: CommandMessage = { protocol: PROTOCOL_VERSION, kind: "command", command };
      port?.send(JSON.stringify(message));
      return port !== undefined;
    },
  };
}
