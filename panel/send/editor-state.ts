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

import { checkJson } from "../../core/lib/check-json";
import { MAX_TEXT, placeTooDeep } from "../../core/lib/json-depth";

/** What an editor tells, and what it asks. */
export type EditorHandlers = {
  /** Plain text is not checked as JSON. */
  readonly isJson: boolean;
  readonly onChange: (text: string) => void;
  readonly onSubmit: () => void;
  /** Something too long was to come in, and was left out; what was there before stays. */
  readonly onTooLong: (length: number) => void;
};

/** Marks a text that comes from elsewhere than the editor itself. */
export const fromOutside = Annotation.define<true>();

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
export function createEditorState(
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
export function lookEffects(
  state: EditorState,
  doc: Text,
  isJson: boolean,
): StateEffect<unknown>[] {
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
export function textOf(doc: Text): string {
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
