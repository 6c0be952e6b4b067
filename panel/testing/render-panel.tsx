/** The panel as a component, for tests: its real store, fed by sentences, and a page that does as it is told. */
import { EditorView } from "@codemirror/view";
import { signal } from "@preact/signals";
import {
  act,
  cleanup,
  configure,
  fireEvent,
  render,
  screen,
  within,
} from "@testing-library/preact";
import { afterEach, expect, vi } from "vitest";

import { CALL_ID, session } from "../../core/testing/session-text";
import type { CommandAction } from "../../extension/protocol/command";
import type { DocumentInfo } from "../../extension/protocol/envelope";
import { createMutes } from "../findings/mutes";
import { createSavedFilters } from "../filter/saved-filters";
import { createRecordingImport } from "../recording/recording-import";
import { createSnippets } from "../send/snippets";
import { createMemoryStorage } from "../session/kept";
import type { AgentSetting } from "../shell/agent-setting";
import { App } from "../shell/app";
import { createStore } from "../shell/store";
import { createWhatsNew } from "../welcome/whats-new";
import { createBaselines } from "../types/baselines";
import { giveLayout } from "./give-layout";
import { openHere } from "./recording-files";

const PAGE: DocumentInfo = { documentId: "page", frameId: 0, url: "https://app.example/" };
/** Between one sentence and the next: more than session data takes to sync. */
const STEP_MS = 2_000;

giveLayout();
afterEach(cleanup);
// The document is too long to be of use in a message, and without a style sheet nothing in it is hidden.
configure({
  getElementError: (message) => new Error(message ?? ""),
  defaultHidden: true,
  asyncUtilTimeout: 3_000,
});

type Options = {
  /** What the panel remembers; the same one for a panel that is opened again. */
  storage?: ReturnType<typeof createMemoryStorage>;
  /** Of the extension. */
  version?: string;
  /** False for a page that has no call yet: `open` and `happens` make one. */
  hasCall?: boolean;
  /** Where there is something that answers coding agents. */
  agentSetting?: AgentSetting;
};

/** Shows the panel of a page in which this happened: sentences of a session text, without their times. */
export function renderPanel(
  sentences: readonly string[],
  {
    storage = createMemoryStorage(),
    version = "1.0.0",
    hasCall = true,
    agentSetting,
  }: Options = {},
) {
  /** What the page was told to do, and what it has not done yet. */
  const actions: CommandAction[] = [];
  const undone: { commandId: string; callId: string; action: CommandAction }[] = [];
  const mutes = createMutes(storage);
  const store = createStore({
    mutes,
    baselines: createBaselines(storage),
    ...(agentSetting && { agentSetting }),
    sendCommand(_documentId, command) {
      actions.push(command.action);
      undone.push(command);
      return true;
    },
  });
  const seqs = new Map<string, number>();
  let at = 0;

  function receive(lines: readonly string[], document: DocumentInfo, callId: string) {
    const first = (seqs.get(document.documentId) ?? 0) + 1;
    const text = lines.map((line) => `${(at += STEP_MS)} ${line}`).join("\n");
    const events = session(text, callId, first);
    seqs.set(document.documentId, first + events.length - 1);
    return events;
  }
  const open = (document: DocumentInfo) =>
    act(() => {
      store.documentOpened(document);
    });
  /** More happens in the page, or in another document. */
  const happens = (lines: readonly string[], document = PAGE, callId = CALL_ID) =>
    act(() =>
      store.received(document.documentId, {
        ok: true,
        events: receive(lines, document, callId),
        invalid: 0,
      }),
    );
  /** The page does what it was told; what that leads to follows. */
  const obeys = (...consequences: readonly string[]) =>
    act(() => {
      for (const { commandId, action } of undone.splice(0)) {
        const events = receive([sentenceOf(action)], PAGE, CALL_ID);
        const marked = events.map((event) => ({ ...event, by: "panel" as const, commandId }));
        store.received(PAGE.documentId, { ok: true, events: marked, invalid: 0 });
      }
      const events = receive(consequences, PAGE, CALL_ID);
      store.received(PAGE.documentId, { ok: true, events, invalid: 0 });
    });

  const news = createWhatsNew(storage, version);
  if (hasCall) {
    void open(PAGE);
    void happens(sentences);
  }
  const snippets = createSnippets(storage);
  const onReload = vi.fn<() => void>();
  const onSwitchOff = vi.fn<() => void>();
  const onShowTab = vi.fn<(tabId: number) => void>();
  const { unmount } = render(
    <App
      store={store}
      isStorageKept={signal(true)}
      snippets={snippets}
      savedFilters={createSavedFilters(storage)}
      imports={createRecordingImport(store, openHere)}
      news={news}
      askPage={() => Promise.resolve({ url: "https://app.example/", title: "App" })}
      onShowTab={onShowTab}
      onReload={onReload}
      onSwitchOff={onSwitchOff}
      onOpenSource={undefined}
    />,
  );
  return {
    store,
    actions,
    open,
    happens,
    obeys,
    onReload,
    onSwitchOff,
    onShowTab,
    storage,
    unmount,
  };
}

/** What an action of the panel looks like in a session text. */
function sentenceOf(action: CommandAction): string {
  const json = action.json ?? "undefined";
  switch (action.kind) {
    case "send-app-message": {
      const to = [action.to ?? "*"].flat().map((id) => (id === "*" ? id : `#${id}`));
      return `panel send ${json} to ${to.join(" ")}`;
    }
    case "set-user-data":
      return `panel user-data ${json}`;
    case "set-meeting-session-data": {
      const [deleted] = action.keysToDelete;
      const without = deleted === undefined ? "" : ` without ${deleted}`;
      return `panel session-data ${action.mergeStrategy} ${json}${without}`;
    }
    case "receive-app-message":
      return `panel received ${json} from #${action.fromId}`;
  }
}

/** Opens a view of the panel. */
export const openTab = (name: string | RegExp) =>
  fireEvent.click(within(screen.getByRole("tablist", { name: "View" })).getByRole("tab", { name }));

/** Presses a button, once it is there. */
export async function press(name: string | RegExp, inside?: HTMLElement): Promise<void> {
  const found = await (inside ? within(inside) : screen).findByRole("button", { name });
  fireEvent.click(found);
}

/** Chooses an option, a checkbox or a radio button, once it is there. */
export async function check(name: string | RegExp): Promise<void> {
  fireEvent.click(await screen.findByLabelText(name));
}

/** Chooses an option of a list by its text. */
export function select(label: string, option: string): void {
  const list = screen.getByLabelText<HTMLSelectElement>(label);
  const options = [...list.options];
  list.selectedIndex = options.findIndex(({ text }) => text.trim() === option);
  expect(list.selectedIndex, option).toBeGreaterThanOrEqual(0);
  changed(list);
}

/** Chooses a file. */
export function chooseFile(label: string, text: string): void {
  const field = screen.getByLabelText<HTMLInputElement>(label);
  Object.defineProperty(field, "files", {
    configurable: true,
    value: [new File([text], "file.json")],
  });
  changed(field);
}

/** The library's own would say `input`, which lists and files are not asked for. */
const changed = (element: Element) => fireEvent(element, new Event("change", { bubbles: true }));

/** Types a text into a field. */
export const fill = (label: string | RegExp, value: string) =>
  fireEvent.input(screen.getByLabelText(label), { target: { value } });

/** Presses a key in a field or on an element. */
export const key = (element: Element, name: string, init: KeyboardEventInit = {}) =>
  fireEvent.keyDown(element, { key: name, ...init });

/** Rows of the table from the top, as their text. */
export const rows = (): string[] =>
  within(screen.getByRole("grid", { name: "Traffic" }))
    .getAllByRole("row")
    .filter((row) => within(row).queryAllByRole("columnheader").length === 0)
    .map((row) => ({ text: row.textContent, at: Number(row.getAttribute("aria-rowindex")) }))
    .sort((a, b) => a.at - b.at)
    .map(({ text }) => text);

/** The row of the table that holds all these texts. */
export async function row(...texts: readonly string[]): Promise<HTMLElement> {
  const find = () =>
    screen
      .getAllByRole("row")
      .filter((each) => texts.every((text) => each.textContent.includes(text)));
  await vi.waitFor(() => expect(find(), texts.join()).toHaveLength(1));
  return find()[0] as HTMLElement;
}

/** Chooses a row as a click does. */
export const pick = (found: HTMLElement, init: MouseEventInit = {}) => {
  fireEvent.mouseDown(found, init);
  if (init.button === 2) fireEvent.contextMenu(found.firstElementChild ?? found, init);
  else fireEvent.click(found, init);
};

/** Opens the Send tab on one kind of command. */
export async function openSend(kind: string): Promise<void> {
  openTab("Send");
  await press(kind, await screen.findByRole("group", { name: "What to send" }));
  await editor();
}

const editor = () => screen.findByRole("textbox", { name: /to send$/ });

/** What is in the editor. */
export const editorText = async (): Promise<string> =>
  EditorView.findFromDOM(await editor())?.state.doc.toString() ?? "";

/** Types a text over what is in the editor. */
export async function type(text: string): Promise<void> {
  const view = EditorView.findFromDOM(await editor());
  await act(() =>
    view?.dispatch({
      changes: { from: 0, to: view.state.doc.length, insert: text },
      userEvent: "input.type",
    }),
  );
}

/** Presses a key in the editor. */
export async function pressInEditor(key: string, init: KeyboardEventInit = {}): Promise<void> {
  fireEvent.keyDown(await editor(), { key, ...init });
}

/** Sends what is in the editor. */
export const submit = () => pressInEditor("Enter", { ctrlKey: true });

/** The line that says what is in the way of sending. */
export const status = async (): Promise<string> => {
  const id = (await editor()).getAttribute("aria-describedby") ?? "";
  return document.getElementById(id)?.textContent ?? "";
};

/** What was sent from the panel, newest first. */
export const sent = (): HTMLElement[] =>
  within(screen.getByRole("region", { name: "Sent from the panel" })).queryAllByRole("listitem");
