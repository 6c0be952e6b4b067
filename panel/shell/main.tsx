import "../ui/theme.css";
import "../ui/controls.css";
import "../ui/values.css";
import "../ui/popover.css";

import { computed, effect, signal, untracked } from "@preact/signals";
import { render } from "preact";
import browser from "webextension-polyfill";

import { letAgentsCommand, mayAgentsCommand } from "../../extension/agent-permission";
import { createLink } from "../../extension/link";
import { createAgentSetting } from "./agent-setting";
import { connect } from "./connection";
import { createReachCheck } from "./page-reach";
import { canOpenSource, inspectedPage, lookAtPage, SOURCE_HOST, watchTheme } from "./devtools-page";
import { keepDrafts } from "../send/kept-drafts";
import { createMutes } from "../findings/mutes";
import { createSavedFilters } from "../filter/saved-filters";
import { openInWorker } from "../recording/open-in-worker";
import { createRecordingImport } from "../recording/recording-import";
import { createSnippets } from "../send/snippets";
import { createBaselines } from "../types/baselines";
import { createWhatsNew } from "../welcome/whats-new";
import { createSafeStorage } from "../session/kept";
import { keepSettings } from "./kept-settings";
import { createStore } from "./store";
import { App } from "./app";

const { inspectedWindow, network } = browser.devtools;
/** Five times a second looks alive in a flood, of which no one reads more; what comes alone is shown at once. */
const PACE_MS = 200;

const isFirefox = location.protocol === "moz-extension:";
const storage = createSafeStorage(() => localStorage);
const news = createWhatsNew(storage, browser.runtime.getManifest().version);
const mutes = createMutes(storage);
const baselines = createBaselines(storage);
const store = createStore({
  sendCommand: (documentId, command) => connection.send(documentId, command),
  pace: { paceMs: PACE_MS },
  sourceHost: canOpenSource() ? SOURCE_HOST : undefined,
  mutes,
  baselines,
  ...(isFirefox ? {} : { agentSetting: createAgentSetting(mayAgentsCommand, letAgentsCommand) }),
});

keepSettings(storage, store);
keepDrafts(store.drafts, storage, () => store.draftOwner());

// For the style sheet: the toolboxes of the two browsers differ in colours and type.
if (isFirefox) document.documentElement.dataset["browser"] = "firefox";
const devtoolsTheme = signal<"light" | "dark">("light");
watchTheme((theme) => void (devtoolsTheme.value = theme));
effect(() => {
  const { value } = store.theme;
  document.documentElement.dataset["theme"] = value === "devtools" ? devtoolsTheme.value : value;
});
const link = createLink(inspectedWindow.tabId);
const connection = connect(link, store);
const checkReach = createReachCheck({ link, look: lookAtPage, sink: store });
network.onNavigated.addListener(() => {
  store.pageNavigated();
  store.sources.forget();
  // In Firefox the new documents announce themselves before this: those that answer now stay.
  link.probe(link.tabId);
  checkReach();
});
// Chromium doesn't tell of a navigation to one of its own pages: there, the last that comes is that links are cut.
const isConnected = computed(() => store.counts.value.isConnected);
effect(() => {
  if (!isConnected.value) checkReach();
});
setInterval(() => {
  for (const tabId of new Set(store.tick())) link.probe(tabId ?? link.tabId);
}, 1_000);
// Other tabs may be in a room that the page has just joined.
effect(() => {
  void [store.rooms.value, store.watchesTabs.value, store.outOfReach.value];
  untracked(() => connection.reviewSeats());
});

const snippets = createSnippets(storage);
const savedFilters = createSavedFilters(storage);
// Another DevTools window has stored something.
addEventListener("storage", () => {
  mutes.refresh();
  baselines.refresh();
  snippets.refresh();
  savedFilters.refresh();
});

render(
  <App
    store={store}
    isStorageKept={storage.isKept}
    snippets={snippets}
    imports={createRecordingImport(store, openInWorker)}
    news={news}
    askPage={inspectedPage}
    savedFilters={savedFilters}
    onShowTab={(tabId) => link.activate(tabId)}
    onReload={() => inspectedWindow.reload()}
    onSwitchOff={() => connection.switchOff()}
    onOpenSource={canOpenSource() ? (frame) => store.sources.open(frame) : undefined}
  />,
  document.getElementById("panel") as HTMLElement,
);
