import { useEffect, useRef, useState } from "preact/hooks";

import type { Payload } from "../../extension/protocol/payload";
import { type KeyChange, keyHistory } from "../../core/daily/key-history";
import { initiatorPlace } from "../../core/lib/source-maps";
import { isolated, shortValue } from "../../core/lib/texts";
import type { CallHistory } from "../../core/session/call-history";
import type { CallState } from "../../core/session/call-state";
import { valueOf } from "../../core/session/change";
import { DiffView } from "../ui/diff-view";
import { formatCount, formatTime } from "../ui/format";
import { LinkButton } from "../ui/controls";
import { EventLink } from "./event-link";
import { type OpenSource, SourceLink } from "../ui/stack-view";
import type { RoomStore } from "./room-store";
import type { Subject } from "./room-view";

/** Who made a version. Daily names no author: what no write of this page explains was someone else. */
export const AUTHORS = {
  page: "by you",
  other: "by someone else",
  found: "on join",
} as const;

/** More versions or changes than this are not listed, but for the latest; the slider reaches them all. */
const MAX_LISTED = 200;

type HistoryProps = {
  store: RoomStore;
  call: CallState;
  subject: Subject;
  moment: number;
  onMoment: (seq: number) => void;
  /** Opens the editor with a version, to be sent from there; undefined for what this page cannot set. */
  onPutBack: ((json: string | undefined) => void) | undefined;
};

type Version = { seq: number; at: number; payload: Payload | undefined; what: string };

/** The versions of one state, newest first, and what differs between any two. */
export function StateHistory(props: HistoryProps) {
  const { store, call, subject, moment, onMoment, onPutBack } = props;
  const { history } = call;
  const [baseSeq, setBaseSeq] = useState<number | undefined>(undefined);
  const versions = versionsOf(history, subject);
  const at = versions.findLastIndex(({ seq }) => seq <= moment);
  const shown = versions[at];
  const base = versions.find(({ seq }) => seq === baseSeq) ?? versions[at - 1];
  const listed = versions.slice(-MAX_LISTED).reverse();

  return (
    <section class="card">
      <h2>History of {titleOf(history, subject)}</h2>
      {versions.length === 0 && <p class="problem">No version has been seen yet.</p>}
      {versions.length > 0 && !shown && <p class="problem">None yet at this moment.</p>}
      {shown && (
        <>
          <label class="compare">
            Version #{shown.seq} compared with{" "}
            <select
              aria-label="Compare with"
              value={base?.seq ?? ""}
              onChange={({ currentTarget }) => setBaseSeq(Number(currentTarget.value))}
            >
              {!base && <option value="">No earlier version</option>}
              {listed.map(({ seq, at: time }) => (
                <option key={seq} value={seq}>
                  #{seq} {formatTime(time)}
                </option>
              ))}
            </select>
            {baseSeq !== undefined && (
              <LinkButton onClick={() => setBaseSeq(undefined)}>Previous version</LinkButton>
            )}
          </label>
          <DiffView before={valueOf(base?.payload)} after={valueOf(shown.payload)} />
        </>
      )}
      <ol class="log-list versions" reversed>
        {listed.map((version) => (
          <li key={version.seq} aria-current={version === shown}>
            <LinkButton title="Show the room at this version" onClick={() => onMoment(version.seq)}>
              #{version.seq}
            </LinkButton>
            <span>{formatTime(version.at)}</span>
            <span class="log-list__what">{version.what}</span>
            <span class="versions__chars" title="Characters of JSON">
              {formatCount(version.payload?.chars ?? 0)}
            </span>
            <EventLink store={store} callId={call.callId} seq={version.seq}>
              event
            </EventLink>
            {onPutBack && version !== versions.at(-1) && (
              <LinkButton
                title="Opens the editor with this version, to look at before it is sent"
                onClick={() => onPutBack(version.payload?.json)}
              >
                Restore
              </LinkButton>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

function versionsOf({ session, people }: CallHistory, subject: Subject): readonly Version[] {
  if (subject !== "session") {
    const { versions = [] } = people.people.get(subject.sessionId) ?? {};
    return versions.map((version) => ({ ...version, what: version.payload?.json ?? "none" }));
  }
  return session.versions.map(({ seq, at, payload, author, changed }) => ({
    seq,
    at,
    payload,
    what: `${AUTHORS[author]}: ${changed.join(", ") || "no change"}`,
  }));
}

function titleOf({ people }: CallHistory, subject: Subject): string {
  if (subject === "session") return "the session data";
  return `${isolated(people.people.get(subject.sessionId)?.participant.user_name || subject.sessionId)}’s user data`;
}

type KeyProps = {
  store: RoomStore;
  call: CallState;
  keyName: string;
  /** The event up to which things are shown; infinite for now. */
  moment: number;
  onOpenSource: OpenSource;
};

/** Every change of one key of the session data: when, from what to what, and by whom as far as is known. */
export function KeyHistory({ store, call, keyName, moment, onOpenSource }: KeyProps) {
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
              <EventLink store={store} callId={call.callId} seq={change.seq}>
                #{change.seq}
              </EventLink>
              <span>{formatTime(change.at)}</span>
              <code class="key-history__values">{valuesText(change)}</code>
              <span class="key-history__author">
                {AUTHORS[change.author]}
                {change.writes.map(({ seq }) => (
                  <Write key={seq} {...{ store, call, seq, onOpenSource }} />
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
  onOpenSource,
}: Pick<KeyProps, "store" | "call" | "onOpenSource"> & { seq: number }) {
  const event = store.session.value.find(call.callId, seq)?.event;
  const stack = event && "stack" in event ? event.stack : undefined;
  const frame = initiatorPlace(store.sources, stack ?? "")?.frame;
  return (
    <>
      {" "}
      <EventLink store={store} callId={call.callId} seq={seq}>
        #{seq}
      </EventLink>
      {frame && (
        <>
          {" "}
          <SourceLink store={store} frame={frame} onOpenSource={onOpenSource} />
        </>
      )}
    </>
  );
}
