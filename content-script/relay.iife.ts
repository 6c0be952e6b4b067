// Passes texts between the page's hook and the panels that connect to this document. Looks at nothing in them.
import {
  HANDOVER,
  LINK_PORT,
  type Announcement,
  type HookToRelay,
  type Probe,
  type RelayToHook,
} from "../extension/protocol/envelope";

const { runtime } = chrome;
const panels = new Map<number, chrome.runtime.Port>();
let hook: MessagePort | undefined;
let hasSomething = false;
let connections = 0;

function toHook(message: RelayToHook): void {
  hook?.postMessage(message);
}

/** Tells the panel that this document has something to show. Nobody may be listening, and that is fine. */
function announce(): void {
  if (!hasSomething) return;
  try {
    const announcement: Announcement = { kind: "here", url: location.href };
    void runtime.sendMessage(announcement).catch(() => {});
  } catch {
    disconnectPanels(); // The extension was reloaded or removed under this page.
  }
}

function disconnect(connection: number): void {
  panels.get(connection)?.disconnect();
  panels.delete(connection);
  toHook({ kind: "from-panel", connection, text: null });
}

function disconnectPanels(): void {
  for (const connection of panels.keys()) disconnect(connection);
}

function fromHook({ data }: MessageEvent<HookToRelay>): void {
  if (data.kind === "here") {
    hasSomething = true;
    announce();
    return;
  }
  try {
    panels.get(data.connection)?.postMessage(data.text);
  } catch {
    disconnect(data.connection);
  }
}

function takePort(event: MessageEvent): void {
  const port = event.ports[0];
  if (!port || event.source !== window || event.data !== HANDOVER) return;
  event.stopImmediatePropagation();
  // Once and no more: daily-js talks to itself in messages on the window, each of which would cost something here.
  window.removeEventListener("message", takePort, true);
  hook = port;
  hook.onmessage = fromHook;
  // Only now does the hook begin: Firefox can lose what is posted on a port before its other end listens.
  toHook({ kind: "ready" });
}
// First on `window` and in the capture phase, so that no script of the page sees the port on its way.
window.addEventListener("message", takePort, true);

runtime.onConnect.addListener((panel) => {
  if (panel.name !== LINK_PORT) return;
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

runtime.onMessage.addListener((message: Probe | undefined) => {
  if (message?.kind === "probe") announce();
});

// Chromium cuts the ports of a page that goes into the back/forward cache; Firefox leaves it to us.
window.addEventListener("pagehide", disconnectPanels);
window.addEventListener("pageshow", ({ persisted }) => {
  if (persisted) announce();
});
