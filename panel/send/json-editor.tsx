import { isolateHistory } from "@codemirror/commands";
import type { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { useLayoutEffect, useRef } from "preact/hooks";

import {
  createEditorState,
  type EditorHandlers,
  fromOutside,
  lookEffects,
  textOf,
} from "./editor-state";

type Props = EditorHandlers & {
  /** Under which what is in the editor is kept, with its undo, while something else is shown. */
  id: string;
  label: string;
  /** Id of the element that says what is wrong with the text. */
  describedBy: string;
  value: string;
  /** Changes when `value` is to replace what is in the editor; what is typed is never pushed back. */
  revision: number;
  /** Changes when `value` stands for something else: what could be undone before cannot be any more. */
  meaning: number;
};

/** What is not shown now, by `id`, and what it stood for. */
const kept = new Map<string, { state: EditorState; meaning: number }>();

/** The one editor that is shown. What is kept outlives the component, and calls whoever shows it. */
const latest: { props: Props | undefined } = { props: undefined };
const handlers = () => latest.props as Props;

/** A code editor for JSON: errors at their place, undo, search, brackets. Mod+Enter submits, Tab moves on. */
export default function JsonEditor(props: Props) {
  const { id, label, describedBy, revision, meaning, isJson } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | undefined>(undefined);
  const shown = useRef(meaning);
  latest.props = props;

  /** A text with a history of its own. The same text keeps its selection. */
  function fresh(before?: EditorState): EditorState {
    const attributes = { "aria-label": label, "aria-describedby": describedBy };
    const { value } = handlers();
    const selection = before && textOf(before.doc) === value ? before.selection : undefined;
    return createEditorState(value, attributes, handlers, selection);
  }

  // Before anything more can be typed: that would go into the text of before, and count for what it is to be now.
  useLayoutEffect(() => {
    const parent = host.current;
    if (!parent) return undefined;
    const was = kept.get(id);
    shown.current = handlers().meaning;
    const state = was?.meaning === shown.current ? was.state : fresh();
    const editor = new EditorView({ parent, state });
    view.current = editor;
    return () => {
      kept.set(id, { state: editor.state, meaning: shown.current });
      editor.destroy();
    };
  }, [id, label, describedBy]);

  useLayoutEffect(() => {
    const editor = view.current;
    if (!editor) return;
    const { value } = handlers();
    const { doc } = editor.state;
    if (shown.current !== meaning) {
      shown.current = meaning;
      editor.setState(fresh(editor.state));
    } else if (textOf(doc) === value) {
      editor.dispatch({ effects: lookEffects(editor.state, doc, isJson) });
    } else {
      const changes = { from: 0, to: doc.length, insert: value };
      const annotations = [fromOutside.of(true), isolateHistory.of("full")];
      editor.dispatch({ changes, annotations });
    }
  }, [id, revision, meaning, isJson]);

  return <div class="editor" ref={host} />;
}
