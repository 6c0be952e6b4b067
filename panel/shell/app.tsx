import type { ReadonlySignal } from "@preact/signals";
import { lazy, Suspense } from "preact/compat";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";

import type { RecordingImport } from "../recording/recording-import";
import type { SavedFilters } from "../filter/saved-filters";
import type { Snippets } from "../send/snippets";
import type { Store } from "./store";
import { hasCommandKey } from "../ui/command-key";
import { Details } from "../details/details";
import { FileDrop, RecordingBar } from "../recording/recording-bar";
import type { Entry } from "../../core/session/session-log";
import { FindingMarks } from "../findings/finding-marks";
import { EntryActions } from "../traffic/row-choices";
import { Guard, NoCall } from "../ui/empty-state";
import type { OpenSource } from "../ui/stack-view";
import { FilterNote, Notice, ReachNote, StatusBar } from "./status-bar";
import { Overview } from "../overview/overview";
import { ShortcutsDialog } from "./shortcuts-dialog";
import { SplitPane } from "../ui/split-pane";
import { Toolbar } from "./toolbar";
import { TrafficTable } from "../traffic/traffic-table";
import { loadSample } from "../welcome/sample";
import { Welcome } from "../welcome/welcome";
import type { WhatsNew } from "../welcome/whats-new";
import { WhatsNewBar } from "../welcome/whats-new-bar";
import "./panel.css";

type Props = {
  store: Store;
  /** Whether what the panel remembers outlives it. */
  isStorageKept: ReadonlySignal<boolean>;
  snippets: Snippets;
  savedFilters: SavedFilters;
  imports: RecordingImport;
  news: WhatsNew;
  /** Address and title of the inspected page. */
  askPage: () => Promise<{ url: string; title: string }>;
  onReload: () => void;
  /** Has the page capture no more, until it is reloaded. */
  onSwitchOff: () => void;
  /** Brings a tab to the front. */
  onShowTab: (tabId: number) => void;
  /** Shows a line in the Sources panel. */
  onOpenSource: OpenSource;
};

// Loaded when first opened: the panel starts sooner, and a tab that is never opened takes no memory.
const RoomView = lazy(async () => ({ default: (await import("../room/room-view")).RoomView }));
const SendView = lazy(async () => ({ default: (await import("../send/send-view")).SendView }));
const FindingsView = lazy(async () => ({
  default: (await import("../findings/findings-view")).FindingsView,
}));
const ConversationView = lazy(async () => ({
  default: (await import("../conversation/conversation-view")).ConversationView,
}));
const SequenceView = lazy(async () => ({
  default: (await import("../traffic/sequence-view")).SequenceView,
}));
const StatisticsView = lazy(async () => ({
  default: (await import("../statistics/statistics-view")).StatisticsView,
}));
const SplitFindings = lazy(async () => ({
  default: (await import("../types/split-findings")).SplitFindings,
}));
const TypesView = lazy(async () => ({ default: (await import("../types/types-view")).TypesView }));

/** The whole panel. Knows the store and what it may ask of DevTools, and nothing of how events get here. */
export function App(props: Props) {
  const { store, snippets, savedFilters, imports, askPage, onReload, onOpenSource } = props;
  const filterInput = useRef<HTMLInputElement>(null);
  const detailed = store.detailed.value;
  const [isHelp, setHelp] = useState(false);
  const grid = useRef<HTMLDivElement>(null);
  const details = useRef<HTMLDivElement>(null);
  const enterDetails = useCallback(() => details.current?.focus(), []);

  const openHelp = () => setHelp(true);

  async function openSample(): Promise<void> {
    try {
      await imports.open(await loadSample(), "sample");
      // The button is gone; the keyboard goes on in the rows.
      grid.current?.focus();
    } catch {
      store.notice.value = "The sample recording couldn’t be read. Install the extension again";
    }
  }

  /** The keyboard goes on in the table, from the same row. */
  function closeDetails(): void {
    store.selection.setOpen(false);
    grid.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent): void {
    // The path, because what had the focus may be gone by now: the editor's search closes with Escape.
    const isInEditor = event
      .composedPath()
      .some((each) => each instanceof Element && each.matches(".editor"));
    // What the editor takes is its own: DevTools would open its find bar or drawer with it.
    if (event.defaultPrevented && isInEditor) event.stopPropagation();
    if (event.defaultPrevented || isInEditor) return;
    const key = event.key.toLowerCase();
    const hasCommand = hasCommandKey(event);
    if (hasCommand && key === "f" && store.tab.value === "traffic") {
      store.isFinding.value++;
    } else if (event.key === "?" && !hasCommand && !isTyping(event.target)) {
      openHelp();
    } else if (hasCommand && key === "e" && store.isLive.value) {
      store.togglePause();
    } else if (key === "/" && !isTyping(event.target) && filterInput.current) {
      filterInput.current.focus();
      filterInput.current.select();
    } else if (hasCommand && (key === "l" || key === "k")) {
      // Nothing that is pressed in a text may empty the log.
      if (isTyping(event.target)) return;
      store.clear();
    } else if (
      key === "escape" &&
      event.target === filterInput.current &&
      store.filter.value.text
    ) {
      store.filter.value = { ...store.filter.value, text: "" };
    } else if (key === "escape" && detailed) {
      closeDetails();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  // Where nothing has the focus, as in a panel that was just opened, keys are pressed in the body.
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => event.target === document.body && onKeyDown(event);
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  });

  const panel = (
    <main class="panel" onKeyDown={onKeyDown}>
      <Toolbar
        store={store}
        savedFilters={savedFilters}
        filterInput={filterInput}
        imports={imports}
        askPage={askPage}
        onShowTab={props.onShowTab}
        onShortcuts={openHelp}
        onSwitchOff={props.onSwitchOff}
      />
      <WhatsNewBar news={props.news} />
      <Notice store={store} />
      <ReachNote store={store} onReload={onReload} />
      {store.tab.value === "traffic" && <FilterNote store={store} />}
      <RecordingBar store={store} imports={imports} />
      <div class="view" id="view" role="tabpanel" aria-labelledby={`view-${store.tab.value}`}>
        <Suspense fallback={<div class="columns" aria-busy="true" />}>
          {store.tab.value === "room" && (
            <Guard>
              <RoomView
                store={store}
                onOpenSource={onOpenSource}
                onCompareFile={(file) => imports.open(file, "compare")}
              />
            </Guard>
          )}
          {store.tab.value === "send" && (
            <Guard>
              <SendView store={store} snippets={snippets} />
            </Guard>
          )}
          {store.tab.value === "statistics" && (
            <Guard>
              <StatisticsView store={store} />
            </Guard>
          )}
          {store.tab.value === "types" && (
            <Guard>
              <TypesView store={store} />
            </Guard>
          )}
          {store.tab.value === "findings" && (
            <Guard>
              <FindingsView store={store} onOpenSource={onOpenSource}>
                <SplitFindings store={store} />
              </FindingsView>
            </Guard>
          )}
        </Suspense>
        {store.tab.value === "traffic" && (
          <Guard>
            <Overview store={store} marks={store.findings.marks.value} />
          </Guard>
        )}
        {store.tab.value === "traffic" && (
          <SplitPane
            id="traffic"
            main={
              <Guard>
                {store.shownTrafficView.value === "conversation" ? (
                  <Suspense fallback={<div class="columns" aria-busy="true" />}>
                    <ConversationView store={store} gridRef={grid} onEnterDetails={enterDetails} />
                  </Suspense>
                ) : store.shownTrafficView.value === "sequence" ? (
                  <Suspense fallback={<div class="columns" aria-busy="true" />}>
                    <SequenceView store={store} gridRef={grid} onEnterDetails={enterDetails} />
                  </Suspense>
                ) : (
                  <TrafficTable
                    store={store}
                    gridRef={grid}
                    onEnterDetails={enterDetails}
                    onOpenSource={onOpenSource}
                  />
                )}
              </Guard>
            }
            side={
              detailed && (
                <Guard of={detailed}>
                  <Details
                    store={store}
                    entry={detailed}
                    head={<DetailsHead store={store} entry={detailed} />}
                    onOpenSource={onOpenSource}
                    onClose={closeDetails}
                    bodyRef={details}
                  />
                </Guard>
              )
            }
          />
        )}
      </div>
      <StatusBar store={store} isStorageKept={props.isStorageKept.value} />
      {isHelp && <ShortcutsDialog onClose={() => setHelp(false)} />}
      <FileDrop onFile={(file) => void imports.open(file)} />
    </main>
  );
  const noCall = (
    <Welcome
      reach={store.outOfReach}
      onSample={() => void openSample()}
      onReload={onReload}
      onShortcuts={openHelp}
    />
  );
  return <NoCall.Provider value={noCall}>{panel}</NoCall.Provider>;
}

/** What was found about an event, and what can be done with it. */
function DetailsHead({ store, entry }: { store: Store; entry: Entry }) {
  const call = store.freshCall(entry.event.callId);
  return (
    <>
      <FindingMarks store={store} entry={entry} />
      {call && <EntryActions key={entry.event.seq} store={store} entry={entry} call={call} />}
    </>
  );
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof Element && target.matches("input, textarea, select, [contenteditable]");
