import { initiatorOf, parseStack, placeText, type StackFrame } from "../../core/lib/stack";
import type { OpenSource } from "./stack-view";

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

/** A line of a script, and the line of the source that it was built from, as far as that is known. */
export type Place = { readonly frame: StackFrame; readonly shown: StackFrame };

/** The line of the app that a stack begins with. Originals tell better than a bundle what is a library. */
export function initiatorPlace(sources: Sources, stack: string): Place | undefined {
  const places = parseStack(stack).map((frame) => placeOf(sources, frame));
  const own = initiatorOf(places.map(({ shown }) => shown));
  return places.find(({ shown }) => shown === own);
}

const placeOf = (sources: Sources, frame: StackFrame): Place => ({
  frame,
  shown: sources.originalOf(frame) ?? frame,
});

/** Where a place is, for a tooltip: the original, and the line of the script that it became. */
export function placeTitle({ frame, shown }: Place): string {
  const address = ({ url, line }: StackFrame) => `${url}:${line}`;
  const lines = [shown.functionName || "(anonymous)", address(shown)];
  if (shown !== frame) lines.push(`from ${address(frame)}`);
  return lines.join("\n");
}

type Props = { store: SourceStore; frame: StackFrame; onOpenSource: OpenSource };

/** A line of the app as a link into Sources; plain text where the browser lets no panel open one. */
export function SourceLink({ store, frame, onOpenSource }: Props) {
  const place = placeOf(store.sources, frame);
  const text = placeText(place.shown);
  if (!onOpenSource) return <span title={placeTitle(place)}>{text}</span>;
  return (
    <button
      type="button"
      class="link-button"
      title={`${placeTitle(place)}\nOpens the line in Sources`}
      onClick={() => void openSource(store, frame, onOpenSource)}
    >
      {text}
    </button>
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
