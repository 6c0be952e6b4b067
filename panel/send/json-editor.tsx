import { isolateHistory } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { linter, lintGutter } from "@codemirror/lint";
import {
  Annotation,
  Compartment,
  type EditorSelection,
  EditorState,
  type Extension,
  Prec,
  type StateEffect,
  Text,
} from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { basicSetup } from "codemirror";
import { useLayoutEffect, useRef } from "preact/hooks";

import { checkJson, MAX_TEXT, placeTooDeep } from "../../core/lib/json";
import "./json-editor.css";

/** What an editor tells, and what it asks. */
type EditorHandlers = {
  /** Plain text is not checked as JSON. */
  readonly isJson: boolean;
  readonly onChange: (text: string) => void;
  readonly onSubmit: () => void;
  /** Something too long was to come in, and was left out; what was there before stays. */
  readonly onTooLong: (length: number) => void;
};

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

/** The one editor that is shown. What is kept outlives the component, and calls what shows it. */
const latest: { props: Props | undefined } = { props: undefined };
const handlers = () => latest.props as Props;

/** A code editor for JSON: errors at their place, undo, search, brackets. Mod+Enter submits, Tab moves on. */
export function JsonEditor(props: Props) {
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

/** Marks a text that comes from elsewhere than the editor itself. */
const fromOutside = Annotation.define<true>();

/** The colours of the tree, in either theme. */
const COLOURS = syntaxHighlighting(
  HighlightStyle.define([
    { tag: tags.propertyName, color: "var(--json-key)" },
    { tag: tags.string, color: "var(--json-string)" },
    { tag: [tags.number, tags.bool], color: "var(--json-number)" },
    { tag: tags.null, color: "var(--json-null)" },
  ]),
);

const PLAIN: Extension = [];
const CHECKED: Extension = [lintGutter(), linter(lint, { delay: 250 })];
const COLOURED: Extension = [CHECKED, json(), COLOURS];
const reading = new Compartment();

const WRAPPED: Extension = EditorView.lineWrapping;
const CUT: Extension = [];
const wrapping = new Compartment();

/**
 * The state of an editor for one text, to be kept with its history of changes. Its handlers are asked for each time:
 * the state lives longer than the component that shows it.
 */
function createEditorState(
  text: string,
  attributes: Record<string, string>,
  handlers: () => EditorHandlers,
  selection?: EditorSelection,
): EditorState {
  const doc = Text.of(text.split(/\r\n?|\n/));
  const look = lookOf(doc, handlers().isJson);
  /** Before lines are made of it: that alone would take a while for megabytes. */
  const isTooLong = (length: number) => {
    if (length > MAX_TEXT) handlers().onTooLong(length);
    return length > MAX_TEXT;
  };
  const isDataTooLong = (data: DataTransfer | null) =>
    isTooLong(data?.getData("text/plain").length ?? 0) ||
    [...(data?.files ?? [])].some(({ size }) => isTooLong(size));
  return EditorState.create({
    doc,
    ...(selection && { selection }),
    extensions: [
      Prec.highest(keymap.of([{ key: "Mod-Enter", run: () => (handlers().onSubmit(), true) }])),
      Prec.highest(EditorView.domEventHandlers({ keydown: isHeldSubmit })),
      basicSetup,
      EditorView.domEventHandlers({
        paste: ({ clipboardData }) => isDataTooLong(clipboardData),
        drop: ({ dataTransfer }) => isDataTooLong(dataTransfer),
      }),
      reading.of(look.reading),
      wrapping.of(look.wrapping),
      EditorView.contentAttributes.of(attributes),
      EditorState.transactionFilter.of((transaction) =>
        transaction.docChanged && isTooLong(transaction.newDoc.length) ? [] : transaction,
      ),
      // With the change itself, so that a long line is never laid out as one that wraps.
      EditorState.transactionExtender.of((transaction) =>
        transaction.docChanged
          ? { effects: lookEffects(transaction.startState, transaction.newDoc, handlers().isJson) }
          : null,
      ),
      EditorView.updateListener.of(({ docChanged, state, transactions }) => {
        if (!docChanged || transactions.some((each) => each.annotation(fromOutside))) return;
        handlers().onChange(textOf(state.doc));
      }),
    ],
  });
}

/** A key that is held down must send once; what comes after it is taken, and nothing done. */
const isHeldSubmit = ({ key, repeat, ctrlKey, metaKey }: KeyboardEvent): boolean =>
  key === "Enter" && repeat && (ctrlKey || metaKey);

/** What has to change for a text to be shown as it can be. */
function lookEffects(state: EditorState, doc: Text, isJson: boolean): StateEffect<unknown>[] {
  const look = lookOf(doc, isJson);
  return [
    ...(reading.get(state) === look.reading ? [] : [reading.reconfigure(look.reading)]),
    ...(wrapping.get(state) === look.wrapping ? [] : [wrapping.reconfigure(look.wrapping)]),
  ];
}

/**
 * A wrapped line of many thousand characters takes the browser half a minute to replace, and one of as many colours
 * seconds; one that is cut and plain takes no time. Brackets without end and very many lines take the parser long.
 */
function lookOf(doc: Text, isJson: boolean): { reading: Extension; wrapping: Extension } {
  const text = textOf(doc);
  const isLong = hasLongLine(text);
  const isHeavy =
    isLong ||
    text.length > MANY_CHARS ||
    doc.lines > MANY_LINES ||
    placeTooDeep(text) !== undefined;
  return {
    reading: !isJson ? PLAIN : isHeavy ? CHECKED : COLOURED,
    wrapping: isLong ? CUT : WRAPPED,
  };
}

const LONG_LINE = 2_000;
const MANY_LINES = 4_000;
const MANY_CHARS = 30_000;

function hasLongLine(text: string): boolean {
  for (let start = 0; text.length - start > LONG_LINE;) {
    const end = text.indexOf("\n", start);
    if (end < 0 || end - start > LONG_LINE) return true;
    start = end + 1;
  }
  return false;
}

const texts = new WeakMap<Text, string>();

/** The text of a document, put together once. */
function textOf(doc: Text): string {
  const known = texts.get(doc);
  if (known !== undefined) return known;
  const text = doc.toString();
  texts.set(doc, text);
  return text;
}

function lint({ state: { doc } }: EditorView) {
  const checked = checkJson(textOf(doc));
  if (checked.ok) return [];
  return checked.problems.map(({ from, to, message }) => ({
    from: Math.min(from, doc.length),
    to: Math.min(to, doc.length),
    severity: "error" as const,
    message,
  }));
}
