import { json } from "@codemirror/lang-json";
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { linter, lintGutter } from "@codemirror/lint";
import { Compartment, EditorState, type Extension, Prec } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { basicSetup } from "codemirror";
import { useEffect, useRef } from "preact/hooks";

import { checkJson, MAX_TEXT } from "../domain/check-json";

type Props = {
  label: string;
  value: string;
  /** Changes when `value` is to replace what is in the editor; what is typed is never pushed back. */
  revision: number;
  /** Plain text is not checked as JSON. */
  isJson: boolean;
  onChange: (value: string) => void;
  onSubmit: () => void;
  /** Something too long was pasted and left out; what was there before stays. */
  onTooLong: (length: number) => void;
};

/** The colours of the tree, in either theme. */
const COLOURS = syntaxHighlighting(
  HighlightStyle.define([
    { tag: tags.propertyName, color: "var(--json-key)" },
    { tag: tags.string, color: "var(--json-string)" },
    { tag: [tags.number, tags.bool], color: "var(--json-number)" },
    { tag: tags.null, color: "var(--json-null)" },
  ]),
);

/** A code editor for JSON: errors at their place, undo, search, brackets. Mod+Enter submits. */
export default function JsonEditor(props: Props) {
  const { label, revision, isJson } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | undefined>(undefined);
  // The editor lives longer than one rendering; it always calls the latest handlers.
  const latest = useRef(props);
  latest.current = props;

  useEffect(() => {
    const parent = host.current;
    if (!parent) return undefined;
    const wrapping = new Compartment();
    let isWrapped = !hasLongLine(latest.current.value);
    const submit = () => (latest.current.onSubmit(), true);
    const created = new EditorView({
      parent,
      doc: latest.current.value,
      extensions: [
        Prec.highest(keymap.of([{ key: "Mod-Enter", run: submit }])),
        basicSetup,
        COLOURS,
        EditorView.domEventHandlers({
          // Before the editor makes lines of it: that alone would take a while for megabytes.
          paste(event) {
            const { length } = event.clipboardData?.getData("text/plain") ?? "";
            if (length <= MAX_TEXT) return false;
            latest.current.onTooLong(length);
            return true;
          },
        }),
        ...(isJson ? [json(), lintGutter(), linter(lint, { delay: 150 })] : []),
        wrapping.of(wrapFor(latest.current.value)),
        EditorView.contentAttributes.of({ "aria-label": label }),
        EditorState.transactionFilter.of((transaction) => {
          if (!transaction.docChanged || transaction.newDoc.length <= MAX_TEXT) return transaction;
          latest.current.onTooLong(transaction.newDoc.length);
          return [];
        }),
        EditorView.updateListener.of(({ docChanged, state, view: editor }) => {
          if (!docChanged) return;
          const text = state.doc.toString();
          latest.current.onChange(text);
          if (isWrapped !== hasLongLine(text)) return;
          isWrapped = !isWrapped;
          editor.dispatch({ effects: wrapping.reconfigure(wrapFor(text)) });
        }),
      ],
    });
    view.current = created;
    return () => created.destroy();
  }, [label, isJson]);

  useEffect(() => {
    const editor = view.current;
    const { value } = latest.current;
    if (!editor || editor.state.doc.toString() === value) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } });
  }, [revision]);

  return <div class="editor" ref={host} />;
}

function lint({ state }: EditorView) {
  const checked = checkJson(state.doc.toString());
  if (checked.ok) return [];
  const end = state.doc.length;
  return checked.problems.map(({ from, to, message }) => ({
    from: Math.min(from, end),
    to: Math.min(to, end),
    severity: "error" as const,
    message,
  }));
}

/** A wrapped line of many thousand characters takes the browser half a minute to replace; one that is cut, no time. */
const LONG_LINE = 5_000;

function hasLongLine(text: string): boolean {
  for (let start = 0; text.length - start > LONG_LINE;) {
    const end = text.indexOf("\n", start);
    if (end < 0 || end - start > LONG_LINE) return true;
    start = end + 1;
  }
  return false;
}

const wrapFor = (text: string): Extension => (hasLongLine(text) ? [] : EditorView.lineWrapping);
