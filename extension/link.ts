import {
  type Announcement,
  type DocumentInfo,
  LINK_PORT,
  PIPE_PORT,
  type Probe,
  WATCH_PORT,
} from "./protocol/envelope";
/**
 * The two ways from a panel to the documents of its tab. Chromium's panel may open a port to a content script itself;
 * Firefox's has no `tabs`, so there the event page opens it and pipes. Above this file there is no difference.
 */
import browser, { type Runtime } from "webextension-polyfill";

/** A document as it announces itself: what it takes to connect to it. */
export type AnnouncedDocument = DocumentInfo & {
  /** The relay's own name for its document, for browsers that connect to a frame only. */
  readonly relayId: string;
};

export type LinkPort = { send(text: string): void };

export type Link = {
  /** Hears of every document of the tab that announces itself; may hear of one again and again. */
  listen(onDocument: (document: AnnouncedDocument) => void): void;
  /** Asks all documents of the tab to announce themselves. */
  probe(): void;
  /** Opens a port to a document. `onClosed` comes once, when the document went away or the link was cut. */
  connect(
    document: AnnouncedDocument,
    onText: (text: unknown) => void,
    onClosed: () => void,
  ): LinkPort;
};

/** Often enough for an event page that Firefox suspends after 30 s without a message. */
const KEEP_ALIVE_MS = 20_000;

/** The link from this panel to the tab with this id, the one way or the other. */
export function createLink(tabId: number): Link {
  return "tabs" in browser && browser.tabs ? createDirectLink(tabId) : createPipedLink(tabId);
}

/** What an announcement says about its sender; undefined when it is none, or comes from elsewhere than a tab. */
export function readAnnouncement(
  message: unknown,
  sender: Runtime.MessageSender,
): (AnnouncedDocument & { tabId: number }) | undefined {
  const { documentId, frameId, tab, url } = sender as Runtime.MessageSender & {
    documentId?: string;
  };
  if (
    (message as Announcement | null)?.kind !== "here" ||
    tab?.id === undefined ||
    frameId === undefined
  )
    return undefined;
  const { relayId } = message as Announcement;
  return { tabId: tab.id, documentId: documentId ?? relayId, frameId, url: url ?? "", relayId };
}

function createDirectLink(tabId: number): Link {
  return {
    listen(onDocument) {
      browser.runtime.onMessage.addListener((message: unknown, sender: Runtime.MessageSender) => {
        const announced = readAnnouncement(message, sender);
        // Announcements reach every panel of the extension, whichever tab it inspects.
        if (announced?.tabId === tabId) onDocument(announced);
        return undefined;
      });
    },
    probe: () => probeTab(tabId),
    connect: ({ documentId }, onText, onClosed) =>
      open(
        browser.tabs.connect(tabId, { documentId, name: LINK_PORT } as { name: string }),
        onText,
        onClosed,
      ),
  };
}

function createPipedLink(tabId: number): Link {
  let watch: Runtime.Port | undefined;
  let announce: (document: AnnouncedDocument) => void = () => {};

  function openWatch(): Runtime.Port {
    const port = browser.runtime.connect({ name: `${WATCH_PORT}${tabId}` });
    port.onMessage.addListener((message: unknown) => announce(message as AnnouncedDocument));
    port.onDisconnect.addListener(() => {
      watch = undefined; // Suspended after all: the next message starts the event page again.
    });
    return port;
  }
  function toEventPage(message: Probe | { kind: "keep-alive" }): void {
    watch ??= openWatch();
    watch.postMessage(message);
  }
  setInterval(() => toEventPage({ kind: "keep-alive" }), KEEP_ALIVE_MS);

  return {
    listen: (onDocument) => void (announce = onDocument),
    probe: () => toEventPage({ kind: "probe" }),
    connect: ({ frameId, relayId }, onText, onClosed) =>
      open(
        browser.runtime.connect({ name: `${PIPE_PORT}${tabId}:${frameId}:${relayId}` }),
        onText,
        onClosed,
      ),
  };
}

/** Asks the documents of a tab to announce themselves. A tab without content scripts has no one to ask. */
export function probeTab(tabId: number): void {
  const probe: Probe = { kind: "probe" };
  void browser.tabs.sendMessage(tabId, probe).catch(() => {});
}

function open(port: Runtime.Port, onText: (text: unknown) => void, onClosed: () => void): LinkPort {
  port.onMessage.addListener(onText);
  port.onDisconnect.addListener(() => {
    void browser.runtime.lastError; // Read, or Chromium warns of a page that went into the back/forward cache.
    onClosed();
  });
  return {
    send(text) {
      try {
        port.postMessage(text);
      } catch {
        // Closed a moment ago; onDisconnect tells.
      }
    },
  };
}
