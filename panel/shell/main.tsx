import "../ui/theme.css";
import "../ui/controls.css";
import "../ui/values.css";
import "../ui/popover.css";

import { effect, signal, untracked } from "@preact/signals";
import { render } from "preact";
import * as v from "valibot";
import browser from "webextension-polyfill";

import { createLink } from "../../extension/link";
import { connect } from "./connection";
import { canOpenSource, inspectedPage, SOURCE_HOST, watchTheme } from "./devtools-page";
import { arrangementSchema, tableSettingsSchema } from "../session/columns";
import { logLimitsSchema } from "../../core/session/session-log";
import { THEMES } from "./theme";
import { keepDrafts } from "../send/kept-drafts";
import { createMutes } from "../findings/mutes";
import { createSavedFilters } from "../filter/saved-filters";
import { openInWorker } from "../recording/open-in-worker";
import { createRecordingImport } from "../recording/recording-import";
import { createSnippets } from "../send/snippets";
import { createBaselines } from "../types/baselines";
import { createSafeStorage, keepSetting } from "../session/kept";
import { TRAFFIC_VIEWS } from "../session/session-store";
import { typePathsSchema } from "../session/type-paths";
import { accessOf, type PageAccess } from "../welcome/page-access";
import { createWhatsNew } from "../welcome/whats-new";
import { createStore } from "./store";
import { App } from "./app";

const { inspectedWindow, network } = browser.devtools;
/** Five times a second looks alive in a flood, of which no one reads more; what comes alone is shown at once. */
const PACE_MS = 200;

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
});

keepSetting(storage, "preserve-log", store.preserveLog, v.boolean());
keepSetting(storage, "mask-values", store.maskValues, v.boolean());
keepSetting(storage, "overview", store.isOverviewShown, v.optional(v.boolean()));
keepSetting(storage, "theme", store.theme, v.picklist(THEMES));
keepSetting(storage, "watch-tabs", store.watchesTabs, v.boolean());
keepSetting(storage, "limits", store.limits, logLimitsSchema);
keepSetting(storage, "table", store.table, tableSettingsSchema);
keepSetting(storage, "traffic-view", store.trafficView, v.picklist(TRAFFIC_VIEWS));
keepSetting(storage, "type-paths", store.typePaths.chosen, typePathsSchema);
keepSetting(storage, "arrangement", store.arrangement, arrangementSchema);
keepDrafts(store.drafts, storage, () => store.draftOwner());

// For the style sheet: the toolboxes of the two browsers differ in colours and type.
if (location.protocol === "moz-extension:") document.documentElement.dataset["browser"] = "firefox";
const devtoolsTheme = signal<"light" | "dark">("light");
watchTheme((theme) => void (devtoolsTheme.value = theme));
effect(() => {
  const { value } = store.theme;
  document.documentElement.dataset["theme"] = value === "devtools" ? devtoolsTheme.value : value;
});
const link = createLink(inspectedWindow.tabId);
const connection = connect(link, store);
const access = signal<PageAccess>("open");
let isLooking = false;
async function lookAtPage(): Promise<void> {
  // One question at a time: a page that stands at a breakpoint answers later.
  if (isLooking) return;
  isLooking = true;
  // A page that may not be asked has no address.
  const { url } = await inspectedPage().catch(() => ({ url: "" }));
  isLooking = false;
  access.value = accessOf(url);
}
void lookAtPage();
network.onNavigated.addListener(() => {
  store.pageNavigated();
  store.sources.forget();
  // In Firefox the new documents announce themselves before this: those that answer now stay.
  link.probe(link.tabId);
});
setInterval(() => {
  for (const tabId of new Set(store.tick())) link.probe(tabId ?? link.tabId);
  // Of a page that didn't load, Chromium tells nothing.
  if (!store.live.counts.peek().hasDocuments) void lookAtPage();
}, 1_000);
// Other tabs may be in a room that the page has just joined.
effect(() => {
  void [store.rooms.value, store.watchesTabs.value];
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
    access={access}
    askPage={inspectedPage}
    savedFilters={savedFilters}
    onShowTab={(tabId) => link.activate(tabId)}
    onReload={() => inspectedWindow.reload()}
    onOpenSource={canOpenSource() ? (frame) => store.sources.open(frame) : undefined}
  />,
  document.getElementById("panel") as HTMLElement,
);
