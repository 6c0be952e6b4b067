// Firefox only: its DevTools panels can reach neither tabs nor content scripts, so this page does it for them.
import browser, { type Runtime } from "webextension-polyfill";

import {
  accessTo,
  activateTab,
  type AskAccess,
  hearAnnouncements,
  probeTabs,
  switchOffTab,
  type ToEventPage,
} from "./link";
import { LINK_PORT, PIPE_PORT, WATCH_PORT } from "./protocol/envelope";

browser.runtime.onConnect.addListener((port) => {
  if (port.name.startsWith(WATCH_PORT)) watch(port, Number(port.name.slice(WATCH_PORT.length)));
  if (port.name.startsWith(PIPE_PORT)) {
    const [tabId, frameId, relayId] = port.name.slice(PIPE_PORT.length).split(":");
    const name = `${LINK_PORT} ${relayId}`;
    pipe(port, browser.tabs.connect(Number(tabId), { frameId: Number(frameId), name }));
  }
});

browser.runtime.onMessage.addListener((message: unknown) => {
  const asked = message as AskAccess | null;
  return asked?.kind === "access" ? accessTo(asked.tabId, asked.origin) : undefined;
});

function watch(port: Runtime.Port, tabId: number): void {
  const stop = hearAnnouncements(tabId, (document) => port.postMessage(document));
  port.onMessage.addListener((message: unknown) => {
    const asked = message as ToEventPage;
    if (asked.kind === "probe") probeTabs(asked.tabId);
    if (asked.kind === "off") switchOffTab(asked.tabId);
    if (asked.kind === "activate") activateTab(asked.tabId);
  });
  port.onDisconnect.addListener(stop);
}

function pipe(panel: Runtime.Port, document: Runtime.Port): void {
  panel.onMessage.addListener((text: unknown) => document.postMessage(text));
  document.onMessage.addListener((text: unknown) => panel.postMessage(text));
  panel.onDisconnect.addListener(() => document.disconnect());
  document.onDisconnect.addListener(() => panel.disconnect());
}
