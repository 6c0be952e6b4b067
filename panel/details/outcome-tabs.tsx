import { formatCount, formatMs, formatShare, formatTime, plural } from "../ui/format";
import { budgetOf } from "../../core/daily/limits";
import { SYNC_WINDOW_MS } from "../../core/daily/session-tracker";
import { describeSync, type SessionWrite } from "../../core/daily/session-write";
import type { CallHistory } from "../../core/session/call-history";
import type { StateChange } from "../../core/session/change";
import type { Entry } from "../../core/session/session-log";
import { toPayload } from "../../extension/protocol/payload";
import { DiffView } from "../ui/diff-view";
import { LinkButton } from "../ui/controls";

const WORDS = { did: "", expected: " (expected)", "would-be": " as it would have been" } as const;

type Props = {
  change: StateChange;
  /** Top-level keys of the session data that it is about. */
  keys: readonly string[];
  onHistory: (key: string) => void;
  onShow: () => void;
};

/** More keys than this have their history in the Room tab only. */
const MAX_KEYS = 8;

/** The state before and after an entry, with links to the history of its keys. */
export function ChangeView({ change, keys, onHistory, onShow }: Props) {
  const { subject, before, after, tense } = change;
  const channel = subject === "Session data" ? "session-data" : "user-data";
  const [sizeBefore, sizeAfter] = [before, after].map((value) =>
    budgetOf(channel, toPayload(value)),
  );
  return (
    <>
      <h2 class="details__title">
        {subject}
        {WORDS[tense]}
      </h2>
      {sizeBefore && sizeAfter && (
        <p
          class="problem"
          title="Characters of JSON of the state, as daily-js counts them, against its limit"
        >
          {before === undefined ? "none" : formatCount(sizeBefore.chars)} →{" "}
          <span class={`meter--${sizeAfter.level}`}>
            {formatCount(sizeAfter.chars)} of {formatCount(sizeAfter.maxChars)} characters (
            {formatShare(sizeAfter)})
          </span>
        </p>
      )}
      <DiffView before={before} after={after} />
      {keys.length > 0 && (
        <p class="problem">
          History of{" "}
          {keys.slice(0, MAX_KEYS).map((key) => (
            <span key={key}>
              <LinkButton onClick={() => onHistory(key)}>{key}</LinkButton>{" "}
            </span>
          ))}
        </p>
      )}
      <LinkButton onClick={onShow}>Show the room at this moment</LinkButton>
    </>
  );
}

/** When a write was asked for, settled and confirmed, and what went out together with it. */
export function TimingView({ entry, history }: { entry: Entry; history: CallHistory }) {
  const { seq, at } = entry.event;
  const session = history.session.writes.get(seq);
  const own = history.userData.writes.get(seq);
  const confirmed = session && "afterMs" in session.fate ? session.fate.afterMs : undefined;
  return (
    <>
      <dl class="facts">
        <dt>Called</dt>
        <dd>{formatTime(at)}</dd>
        {own?.settledAt !== undefined && (
          <>
            <dt title="When the promise of setUserData() settled in the page.">Settled</dt>
            <dd>after {formatMs(own.settledAt - at)}</dd>
          </>
        )}
        {session?.fate.kind === "queued" && (
          <>
            <dt title="Daily documents about one sync a second; this is not measured.">Expected</dt>
            <dd>{formatTime(session.fate.expectedAt)}</dd>
          </>
        )}
        {confirmed !== undefined && (
          <>
            <dt title="When the session state with this write arrived in the page.">Confirmed</dt>
            <dd>after {formatMs(confirmed)}</dd>
          </>
        )}
      </dl>
      {session && <Window write={session} history={history} />}
      {own?.replacedAfterMs !== undefined && (
        <p class="problem">
          Replaced after {formatMs(own.replacedAfterMs)}: others probably never got it (documented,
          not measured).
        </p>
      )}
    </>
  );
}

function Window({ write, history }: { write: SessionWrite; history: CallHistory }) {
  const writes = write.window?.writes ?? expectedWith(write, history);
  const start = writes[0]?.at ?? write.at;
  const end =
    write.window?.confirmedAt ?? Math.max(start + SYNC_WINDOW_MS, ...writes.map(({ at }) => at));
  const effective = write.window?.effective ?? write.waiting;
  const position = (at: number) => `${((at - start) / Math.max(1, end - start)) * 100}%`;
  return (
    <>
      <h2 class="details__title">
        {(write.window && describeSync(writes)) ||
          `${plural(writes.length, "write")} in this sync window`}
      </h2>
      <div
        class="window"
        role="img"
        aria-label={`${plural(writes.length, "write")} between ${formatTime(start)} and ${formatTime(end)}`}
      >
        {writes.map((each) => (
          <span
            key={each.seq}
            class={`window__write ${each === write ? "window__write--this" : ""}`}
            style={{ left: position(each.at) }}
            title={`#${each.seq} at ${formatTime(each.at)}: ${each.update.strategy}`}
          />
        ))}
      </div>
      <p class="window__legend">
        <span>{formatTime(start)}</span>
        <span>
          {write.window ? "confirmed" : "expected"} {formatTime(end)}
        </span>
      </p>
      {effective && (
        <p
          class="problem"
          title="What all writes of the window become together, by the rules of Daily's queue."
        >
          Sent as one <code>{effective.strategy}</code>:{" "}
          {Object.keys(effective.data).join(", ") || "nothing"}
          {effective.keysToDelete.length > 0 && `, deleting ${effective.keysToDelete.join(", ")}`}
        </p>
      )}
    </>
  );
}

/** The writes that wait for the same sync, as far as the documented window tells. */
function expectedWith(write: SessionWrite, { session }: CallHistory): readonly SessionWrite[] {
  const { fate } = write;
  if (fate.kind !== "queued") return [write];
  return session.waiting.filter(
    (each) => each.fate.kind === "queued" && each.fate.expectedAt === fate.expectedAt,
  );
}
