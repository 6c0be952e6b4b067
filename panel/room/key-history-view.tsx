import { useEffect, useRef } from "preact/hooks";

import { keyHistory, type KeyChange } from "../../core/daily/key-history";
import { shortValue } from "../../core/lib/short-value";
import type { CallState } from "../../core/session/call-state";
import type { RoomStore } from "./room-store";
import { formatTime } from "../ui/format";
import { AUTHORS } from "./session-state";
import { initiatorPlace, type OpenSource, SourceLink } from "../ui/stack-view";

/** More changes than this are not listed; the latest come first. */
const MAX_LISTED = 200;

type Props = {
  store: RoomStore;
  call: CallState;
  keyName: string;
  /** The event up to which things are shown; infinite for now. */
  moment: number;
  onShow: (seq: number) => void;
  onOpenSource: OpenSource;
};

/** Every change of one key of the session data: when, from what to what, and by whom as far as is known. */
export function KeyHistory({ store, call, keyName, moment, onShow, onOpenSource }: Props) {
  const card = useRef<HTMLElement>(null);
  const changes = keyHistory(call.history.session, keyName).filter(({ seq }) => seq <= moment);
  useEffect(() => card.current?.scrollIntoView({ block: "nearest" }), [keyName]);
  return (
    <section class="card" ref={card} aria-label={`History of ${keyName}`}>
      <h2>
        History of <code>{keyName}</code>
        <button
          type="button"
          class="link-button card__close"
          title="Show the history of all session data"
          onClick={() => void (store.historyKey.value = undefined)}
        >
          Show all keys
        </button>
      </h2>
      {changes.length === 0 && <p class="problem">No change of this key is in the log.</p>}
      <ol class="key-history" reversed>
        {changes
          .slice(-MAX_LISTED)
          .reverse()
          .map((change) => (
            <li key={change.seq}>
              <button
                type="button"
                class="link-button"
                title="Show the event in Traffic"
                onClick={() => onShow(change.seq)}
              >
                #{change.seq}
              </button>
              <span>{formatTime(change.at)}</span>
              <code class="key-history__values">{valuesText(change)}</code>
              <span class="key-history__author">
                {AUTHORS[change.author]}
                {change.writes.map(({ seq }) => (
                  <Write key={seq} {...{ store, call, seq, onShow, onOpenSource }} />
                ))}
              </span>
            </li>
          ))}
      </ol>
    </section>
  );
}

/** `"Ada" → "Bob"`, `"Ada"` for a key that is new, `deleted` for one that is gone. */
function valuesText({ before, after }: KeyChange): string {
  if (after === undefined) return "deleted";
  return before === undefined ? shortValue(after) : `${shortValue(before)} → ${shortValue(after)}`;
}

/** An own write, and the line of the app that made it. */
function Write({
  store,
  call,
  seq,
  onShow,
  onOpenSource,
}: Pick<Props, "store" | "call" | "onShow" | "onOpenSource"> & { seq: number }) {
  const event = store.session.value.find(call.callId, seq)?.event;
  const stack = event && "stack" in event ? event.stack : undefined;
  const frame = initiatorPlace(store.sources, stack ?? "")?.frame;
  return (
    <>
      {" "}
      <button
        type="button"
        class="link-button"
        title="Show the write in Traffic"
        onClick={() => onShow(seq)}
      >
        #{seq}
      </button>
      {frame && (
        <>
          {" "}
          <SourceLink store={store} frame={frame} onOpenSource={onOpenSource} />
        </>
      )}
    </>
  );
}
