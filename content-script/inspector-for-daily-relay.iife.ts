// Passes texts between the page's hook and the panels that connect to this document. Looks at nothing in them.
import type { RelayWorld } from "./relay-world";
import {
  type Announcement,
  ASK_FOR_PORT,
  HANDOVER,
  type Here,
  type HookToRelay,
  LINK_PORT,
  type RelayToHook,
  type ToRelays,
} from "../extension/protocol/envelope";

const { runtime } = chrome;
const panels = new Map<number, chrome.runtime.Port>();
let hook: MessagePort | undefined;
/** What the hook said last; undefined while the page has nothing to show. */
let here: Here | undefined;
let connections = 0;
/**
 * This document's id where the browser gives none (Firefox before 153). Made in our world, so the page can't forge it;
 * not by `randomUUID`, which only secure contexts have.
 */
const relayId = crypto.getRandomValues(new Uint32Array(4)).join();

function toHook(message: RelayToHook): void {
  hook?.postMessage(message);
}

/** Tells the panel that this document has something to show. When no panel is open, no one listens, and that is fine. */
function announce(): void {
  if (!here) return;
  watchLifetime();
  try {
    const announcement: Announcement = { ...here, url: location.href, relayId };
    void runtime.sendMessage(announcement).catch(() => {});
    (self as RelayWorld).dailyHere?.();
  } catch {
    forgetPanels(); // The extension was reloaded or removed under this page.
  }
}

/** Ends a connection. Forgets it first: after a reload of the extension, `disconnect()` throws. */
function disconnect(connection: number): void {
  const panel = panels.get(connection);
  panels.delete(connection);
  toHook({ kind: "from-panel", connection, text: null });
  try {
    panel?.disconnect();
  } catch {
    // The extension that it led to is gone.
  }
}

function forgetPanels(): void {
  for (const connection of panels.keys()) disconnect(connection);
}

function fromHook({ data }: MessageEvent<HookToRelay>): void {
  if (data.kind === "here") {
    here = data;
    announce();
    return;
  }
  try {
    panels.get(data.connection)?.postMessage(data.text);
  } catch {
    disconnect(data.connection);
  }
}

/** Takes the hook's end of a private channel, in the same task and before any script of the page has run. */
function takePort(event: Event): void {
  const port = (event as MessageEvent).ports?.[0];
  if (!port) return;
  event.stopImmediatePropagation();
  hook = port;
  hook.onmessage = fromHook;
  // Only now does the hook begin: Firefox can lose what is posted on a port before its other end listens.
  toHook({ kind: "ready" });
}
addEventListener(HANDOVER, takePort, true);
dispatchEvent(new Event(ASK_FOR_PORT));
// One port, once: what a script of the page hands over later isn't the hook's.
removeEventListener(HANDOVER, takePort, true);

runtime.onConnect.addListener((panel) => {
  const [name, wanted] = panel.name.split(" ");
  if (name !== LINK_PORT) return;
  // Firefox connects to a frame, which may hold the next document already.
  if (wanted !== undefined && wanted !== relayId) return panel.disconnect();
  const connection = ++connections;
  panels.set(connection, panel);
  panel.onMessage.addListener((text: unknown) => {
    if (typeof text === "string") toHook({ kind: "from-panel", connection, text });
  });
  panel.onDisconnect.addListener(() => {
    void runtime.lastError; // Read, or Chromium warns: into the back/forward cache the port goes with an error.
    disconnect(connection);
  });
});

runtime.onMessage.addListener((message: ToRelays) => {
  if (message.kind === "probe") announce();
  // What the hook says to that is announced like all that it says.
  else toHook(message);
});

/**
 * Chromium cuts the ports of a page that goes into the back/forward cache; Firefox leaves it to us. There, a message to
 * the hook now would keep the page out of the cache, so the hook hears of it when the page is back.
 */
function leave(): void {
  for (const panel of panels.values()) {
    try {
      panel.disconnect();
    } catch {
      // As in `disconnect`.
    }
  }
}
function comeBack({ persisted }: PageTransitionEvent): void {
  if (!persisted) return;
  forgetPanels();
  announce();
}
/** Once is enough, and again does no harm: `document.open()` removes all listeners of the window. */
function watchLifetime(): void {
  addEventListener("pagehide", leave);
  addEventListener("pageshow", comeBack);
}
watchLifetime();
