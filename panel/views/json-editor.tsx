import type { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { useEffect, useRef } from "preact/hooks";

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
};

/** What is not shown now, by `id`. */
const kept = new Map<string, EditorState>();

/** The one editor that is shown. What is kept outlives the component, and calls whoever shows it. */
const latest: { props: Props | undefined } = { props: undefined };
const handlers = () => latest.props as Props;

/** A code editor for JSON: errors at their place, undo, search, brackets. Mod+Enter submits, Tab moves on. */
export default function JsonEditor(props: Props) {
  const { id, label, describedBy, revision, isJson } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | undefined>(undefined);
  latest.props = props;

  useEffect(() => {
    const parent = host.current;
    if (!parent) return undefined;
    const attributes = { "aria-label": label, "aria-describedby": describedBy };
    const state = kept.get(id) ?? createEditorState(handlers().value, attributes, handlers);
    const editor = new EditorView({ parent, state });
    view.current = editor;
    return () => {
      kept.set(id, editor.state);
      editor.destroy();
    };
  }, [id, label, describedBy]);

  useEffect(() => {
    const { doc } = view.current?.state ?? {};
    const { value } = handlers();
    if (!doc) return;
    if (textOf(doc) === value) {
      view.current?.dispatch({ effects: lookEffects(view.current.state, doc, isJson) });
    } else {
      const changes = { from: 0, to: doc.length, insert: value };
      view.current?.dispatch({ changes, annotations: fromOutside.of(true) });
    }
  }, [id, revision, isJson]);

  return <div class="editor" ref={host} />;
}
