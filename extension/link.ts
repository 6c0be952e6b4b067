import {
  type Announcement,
  type DocumentInfo,
  LINK_PORT,
  PIPE_PORT,
  type ToRelays,
  WATCH_PORT,
} from "./protocol/envelope";
/**
 * The two ways from a panel to the documents of its tab. Chromium's panel may open a port to a content script itself;
 * Firefox's has no `tabs`, so there the event page opens it and pipes. Above this file there is no difference.
 */
import browser, { type Runtime } from "webextension-polyfill";

/** A document as it announces itself: what it takes to connect to it. */
export type AnnouncedDocument = DocumentInfo & {
  readonly tabId: number;
  /** The relay's own name for its document, for browsers that connect to a frame only. */
  readonly relayId: string;
  /** Address of the room that a call of it joined last; "" before the first join. */
  readonly room: string;
  /** Of the extension that its hook came with; "" where that was before it told. */
  readonly version: string;
  readonly isOff: boolean;
};

/** What the browser lets the extension do in the document at the top of the tab. */
export type Access = {
  /** A relay of this extension runs there and answers. */
  readonly isReached: boolean;
  /** The user, or whoever manages the browser, allows it on this site. */
  readonly isAllowed: boolean;
};

export type LinkPort = {
  send(text: string): void;
  close(): void;
};

export type Link = {
  /** The inspected tab. */
  readonly tabId: number;
  /**
   * Hears of every document that announces itself, of the inspected tab and of the others that are as private as it is;
   * may hear of one again and again.
   */
  listen(onDocument: (document: AnnouncedDocument) => void): void;
  /** Asks all documents of a tab to announce themselves: of the inspected one, or of each where none is named. */
  probe(tabId: number | "all"): void;
  /** Has all documents of the inspected tab stop capturing, until they are reloaded; each announces that. */
  switchOff(): void;
  /** Finds out whether the top document of the inspected tab, which has this origin, can be seen. */
  askAccess(origin: string): Promise<Access>;
  /** Brings a tab to the front, and its window. */
  activate(tabId: number): void;
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
function readAnnouncement(
  message: unknown,
  sender: Runtime.MessageSender,
): AnnouncedDocument | undefined {
  const { documentId, frameId, tab, url } = sender as Runtime.MessageSender & {
    documentId?: string;
  };
  if (
    (message as Announcement | null)?.kind !== "here" ||
    tab?.id === undefined ||
    frameId === undefined
  )
    return undefined;
  const { relayId, room, version, isOff } = message as Partial<Announcement>;
  if (typeof relayId !== "string") return undefined;
  return {
    tabId: tab.id,
    documentId: documentId ?? relayId,
    frameId,
    url: url ?? "",
    relayId,
    room: typeof room === "string" ? room : "",
    version: typeof version === "string" ? version : "",
    isOff: isOff === true,
  };
}

/**
 * Hears the announcements that concern the panel of a tab: from that tab, and from others that are as private as it is.
 * Only where `browser.tabs` is. Returns the way to stop.
 */
export function hearAnnouncements(
  tabId: number,
  onDocument: (document: AnnouncedDocument) => void,
): () => void {
  const isPrivate = browser.tabs.get(tabId).then(
    ({ incognito }) => incognito,
    () => undefined, // The tab is gone, and its panel soon, too.
  );
  function hear(message: unknown, sender: Runtime.MessageSender): undefined {
    const announced = readAnnouncement(message, sender);
    if (announced?.tabId === tabId) onDocument(announced);
    else if (announced)
      void isPrivate.then((own) => own === sender.tab?.incognito && onDocument(announced));
    return undefined;
  }
  browser.runtime.onMessage.addListener(hear);
  return () => browser.runtime.onMessage.removeListener(hear);
}

function createDirectLink(tabId: number): Link {
  return {
    tabId,
    listen: (onDocument) => void hearAnnouncements(tabId, onDocument),
    probe: probeTabs,
    switchOff: () => switchOffTab(tabId),
    askAccess: (origin) => accessTo(tabId, origin),
    activate: activateTab,
    connect: ({ tabId: of, documentId }, onText, onClosed) =>
      open(
        browser.tabs.connect(of, { documentId, name: LINK_PORT } as { name: string }),
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
  function toEventPage(message: ToEventPage): void {
    watch ??= openWatch();
    watch.postMessage(message);
  }
  setInterval(() => toEventPage({ kind: "keep-alive" }), KEEP_ALIVE_MS);

  return {
    tabId,
    listen: (onDocument) => void (announce = onDocument),
    probe: (of) => toEventPage({ kind: "probe", tabId: of }),
    switchOff: () => toEventPage({ kind: "off", tabId }),
    askAccess: (origin) => browser.runtime.sendMessage({ kind: "access", tabId, origin }),
    activate: (of) => toEventPage({ kind: "activate", tabId: of }),
    connect: ({ tabId: of, frameId, relayId }, onText, onClosed) =>
      open(
        browser.runtime.connect({ name: `${PIPE_PORT}${of}:${frameId}:${relayId}` }),
        onText,
        onClosed,
      ),
  };
}

/** What a panel asks of Firefox's event page. */
export type ToEventPage =
  | { readonly kind: "keep-alive" }
  | { readonly kind: "probe"; readonly tabId: number | "all" }
  | { readonly kind: "off"; readonly tabId: number }
  | { readonly kind: "activate"; readonly tabId: number };

/** Asked of it as a message of its own, for this one is answered. */
export type AskAccess = {
  readonly kind: "access";
  readonly tabId: number;
  readonly origin: string;
};

/** Asks the documents of a tab, or of all, to announce themselves. A tab without content scripts has no one to ask. */
export function probeTabs(tabId: number | "all"): void {
  const ask = (id: number) => tellRelays(id, { kind: "probe" });
  if (tabId !== "all") return ask(tabId);
  void browser.tabs.query({}).then(
    (tabs) => {
      for (const { id } of tabs) if (id !== undefined) ask(id);
    },
    () => {},
  );
}

/** Has all documents of a tab stop capturing. */
export const switchOffTab = (tabId: number): void => tellRelays(tabId, { kind: "off" });

const tellRelays = (tabId: number, message: ToRelays): void =>
  void browser.tabs.sendMessage(tabId, message).catch(() => {});

/** As of `Link`. Only where `browser.tabs` is. */
export async function accessTo(tabId: number, origin: string): Promise<Access> {
  const probe: ToRelays = { kind: "probe" };
  const has = (site: string) => browser.permissions.contains({ origins: [`${site}/*`] });
  const [isReached, isAllowed] = await Promise.all([
    // It rejects where no content script of this extension listens.
    browser.tabs.sendMessage(tabId, probe, { frameId: 0 }).then(
      () => true,
      () => false,
    ),
    // Firefox knows no ports here.
    has(origin).catch(() => has(origin.replace(/:\d+$/, ""))),
  ]);
  return { isReached, isAllowed };
}

/** Brings a tab to the front, and its window. One that is gone stays so. */
export function activateTab(tabId: number): void {
  void browser.tabs.update(tabId, { active: true }).then(
    ({ windowId }) =>
      windowId === undefined ? undefined : browser.windows.update(windowId, { focused: true }),
    () => {},
  );
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
    close: () => port.disconnect(),
  };
}
