import { useEffect, useState } from "preact/hooks";

import { initiatorOf, parseStack, type StackFrame } from "../../core/lib/stack";
import { copyOr } from "./copy-text";
import { initiatorPlace, placeTitle, type SourceStore } from "./source-link";

/** Shows a line in the Sources panel; resolves with false where it can't. Undefined in a browser whose panels can't at all. */
export type OpenSource = ((place: StackFrame) => Promise<boolean>) | undefined;

type Props = { store: SourceStore; stack: string; onOpen: OpenSource };

/** The calls that led to an event or an error, innermost first; a click opens the line in Sources. */
export function StackView({ store, stack, onOpen }: Props) {
  const { sources } = store;
  const [problem, setProblem] = useState<string>();
  const frames = parseStack(stack);
  const first = initiatorOf(frames)?.url;
  // One script, once it is looked at: nothing is fetched for it.
  useEffect(() => {
    if (first !== undefined) void sources.look(first);
  }, [sources, first]);
  if (frames.length === 0) {
    return (
      <>
        <p class="problem">No source location available</p>
        <pre class="raw">{stack}</pre>
      </>
    );
  }
  const own = initiatorPlace(sources, stack)?.frame;
  const open = async (frame: StackFrame) => {
    setProblem((await onOpen?.(frame)) ? undefined : `Can't open ${frame.url} in Sources`);
  };
  const textOf = ({ url, line, column }: StackFrame) => `${url}:${line}:${column}`;
  const shown = frames.map((frame) => sources.originalOf(frame) ?? frame);
  const mapUrl = first === undefined ? undefined : sources.externalMapOf(first);
  return (
    <>
      {mapUrl !== undefined && first !== undefined && (
        <p class="problem">
          These are lines of the built script.{" "}
          <button
            type="button"
            class="link-button"
            title={`Fetches ${mapUrl} through the page`}
            onClick={async () => {
              if (!(await sources.loadMap(first))) setProblem(`Can't load ${mapUrl}`);
            }}
          >
            Load source map
          </button>{" "}
          {mapUrl}
        </p>
      )}
      <ol class="stack" aria-label="Call stack">
        {frames.map((frame, index) => {
          const at = shown[index] ?? frame;
          return (
            <li
              key={index}
              class={at.isLibrary ? "stack__library" : ""}
              aria-current={
                (own && textOf(frame) === textOf(own) && frame.functionName === own.functionName) ||
                undefined
              }
            >
              <span class="stack__function">{frame.functionName || "(anonymous)"}</span>{" "}
              {onOpen ? (
                <button
                  type="button"
                  class="link-button"
                  title={`${placeTitle({ frame, shown: at })}\nOpens the line in Sources${at.isLibrary ? "\nBelongs to a library, as its address tells" : ""}`}
                  onClick={() => void open(frame)}
                >
                  {textOf(at)}
                </button>
              ) : (
                <span title="Firefox lets no panel open a source">{textOf(at)}</span>
              )}
            </li>
          );
        })}
      </ol>
      {!onOpen && (
        <button
          type="button"
          class="link-button"
          onClick={() => void copyOr(shown.map(textOf).join("\n"), setProblem)}
        >
          Copy
        </button>
      )}
      {problem !== undefined && (
        <p class="problem" role="status">
          {problem}
        </p>
      )}
    </>
  );
}
