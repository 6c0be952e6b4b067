import { isolated } from "../../core/lib/visible-text";
import { useState } from "preact/hooks";

import type { Payload } from "../../extension/protocol/payload";
import type { CallHistory } from "../../core/session/call-history";
import { valueOf } from "../../core/session/change";
import { DiffView } from "../ui/diff-view";
import { formatCount, formatTime } from "../ui/format";
import type { Subject } from "./room-view";
import { AUTHORS } from "./session-state";

type Props = {
  history: CallHistory;
  subject: Subject;
  moment: number;
  onMoment: (seq: number) => void;
  onShow: (seq: number) => void;
  /** Opens the editor with a version, to be sent from there; undefined for what this page cannot set. */
  onPutBack: ((json: string | undefined) => void) | undefined;
};

type Version = { seq: number; at: number; payload: Payload | undefined; what: string };

/** More versions than this are not listed; the slider reaches them all. */
const MAX_LISTED = 200;

/** The versions of one state, newest first, and what differs between any two. */
export function StateHistory(props: Props) {
  const { history, subject, moment, onMoment, onShow, onPutBack } = props;
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
              <button type="button" class="link-button" onClick={() => setBaseSeq(undefined)}>
                Previous version
              </button>
            )}
          </label>
          <DiffView before={valueOf(base?.payload)} after={valueOf(shown.payload)} />
        </>
      )}
      <ol class="versions" reversed>
        {listed.map((version) => (
          <li key={version.seq} aria-current={version === shown}>
            <button
              type="button"
              class="link-button"
              title="Show the room at this version"
              onClick={() => onMoment(version.seq)}
            >
              #{version.seq}
            </button>
            <span>{formatTime(version.at)}</span>
            <span class="versions__what">{version.what}</span>
            <span title="Characters of JSON">{formatCount(version.payload?.chars ?? 0)}</span>
            <button
              type="button"
              class="link-button"
              title="Show the event in Traffic"
              onClick={() => onShow(version.seq)}
            >
              event
            </button>
            {onPutBack && version !== versions.at(-1) && (
              <button
                type="button"
                class="link-button"
                title="Opens the editor with this version, to look at before it is sent"
                onClick={() => onPutBack(version.payload?.json)}
              >
                Restore
              </button>
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
