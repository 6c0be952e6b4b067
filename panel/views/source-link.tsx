import { placeText, type StackFrame } from "../domain/stack";
import type { Store } from "../store/store";
import type { OpenSource } from "./stack-view";

type Props = { store: Store; frame: StackFrame; onOpenSource: OpenSource };

/** A line of the app as a link into Sources; plain text where the browser lets no panel open one. */
export function SourceLink({ store, frame, onOpenSource }: Props) {
  if (!onOpenSource) return <span title={`${frame.url}:${frame.line}`}>{placeText(frame)}</span>;
  return (
    <button
      type="button"
      class="link-button"
      title={`${frame.functionName || "(anonymous)"}\n${frame.url}:${frame.line}\nOpens the line in Sources`}
      onClick={() => void openSource(store, frame, onOpenSource)}
    >
      {placeText(frame)}
    </button>
  );
}

/** Opens a line in Sources, and says so where that isn't possible. */
export async function openSource(
  store: Store,
  frame: StackFrame,
  onOpenSource: OpenSource,
): Promise<void> {
  if (onOpenSource && !(await onOpenSource(frame)))
    store.notice.value = `Can't open ${frame.url} in Sources`;
}
