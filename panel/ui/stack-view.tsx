import { useEffect, useState } from "preact/hooks";

import { initiatorPlace, type Place, placeIn } from "../../core/lib/source-maps";
import { initiatorOf, parseStack, placeText, type StackFrame } from "../../core/lib/stack";
import { copyOr } from "./copy-text";
import { LinkButton } from "./controls";

/** Shows a line in the Sources panel; resolves with false where it can't. Undefined in a browser whose panels can't at all. */
export type OpenSource = ((place: StackFrame) => Promise<boolean>) | undefined;

/** The calls that led to an event or an error, innermost first; a click opens the line in Sources. */
export function StackView({
  store,
  stack,
  onOpen,
}: {
  store: SourceStore;
  stack: string;
  onOpen: OpenSource;
}) {
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
          <LinkButton
            title={`Fetches ${mapUrl} through the page`}
            onClick={async () => {
              if (!(await sources.loadMap(first))) setProblem(`Can't load ${mapUrl}`);
            }}
          >
            Load source map
          </LinkButton>{" "}
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
                <LinkButton
                  title={`${placeTitle({ frame, shown: at })}\nOpens the line in Sources${at.isLibrary ? "\nBelongs to a library, as its address tells" : ""}`}
                  onClick={() => void open(frame)}
                >
                  {textOf(at)}
                </LinkButton>
              ) : (
                <span title="Firefox lets no panel open a source">{textOf(at)}</span>
              )}
            </li>
          );
        })}
      </ol>
      {!onOpen && (
        <LinkButton onClick={() => void copyOr(shown.map(textOf).join("\n"), setProblem)}>
          Copy
        </LinkButton>
      )}
      {problem !== undefined && (
        <p class="problem" role="status">
          {problem}
        </p>
      )}
    </>
  );
}

/** What is known of the scripts of the page. */
type Sources = {
  /** Looks at a script, once, where that fetches nothing. */
  look(url: string): Promise<void>;
  /** The line of the source that a line was built from, once it is known. */
  originalOf(frame: StackFrame): StackFrame | undefined;
  /** The address of the source map that a script names and that was not loaded. */
  externalMapOf(url: string): string | undefined;
  /** Fetches that map through the page. Resolves with false where it can't. */
  loadMap(url: string): Promise<boolean>;
};

/** What links into the code need: the scripts, and where to say that one doesn't open. */
export type SourceStore = {
  readonly sources: Sources;
  readonly notice: { value: string | undefined };
};

/** Where a place is, for a tooltip: the original, and the line of the script that it became. */
export function placeTitle({ frame, shown }: Place): string {
  const address = ({ url, line }: StackFrame) => `${url}:${line}`;
  const lines = [shown.functionName || "(anonymous)", address(shown)];
  if (shown !== frame) lines.push(`from ${address(frame)}`);
  return lines.join("\n");
}

/** A line of the app as a link into Sources; plain text where the browser lets no panel open one. */
export function SourceLink({
  store,
  frame,
  onOpenSource,
}: {
  store: SourceStore;
  frame: StackFrame;
  onOpenSource: OpenSource;
}) {
  const place = placeIn(store.sources, frame);
  const text = placeText(place.shown);
  if (!onOpenSource) return <span title={placeTitle(place)}>{text}</span>;
  return (
    <LinkButton
      title={`${placeTitle(place)}\nOpens the line in Sources`}
      onClick={() => void openSource(store, frame, onOpenSource)}
    >
      {text}
    </LinkButton>
  );
}

/** Opens a line in Sources, and says so where that isn't possible, or is only possible in the built script. */
export async function openSource(
  store: SourceStore,
  frame: StackFrame,
  onOpenSource: OpenSource,
): Promise<void> {
  if (!onOpenSource) return;
  const isOpen = await onOpenSource(frame);
  const mapUrl = store.sources.externalMapOf(frame.url);
  if (!isOpen) store.notice.value = `Can't open ${frame.url} in Sources`;
  else if (mapUrl !== undefined)
    store.notice.value = `This is the line of the built script. To see your source, load its source map in the row's Initiator tab`;
}
