import type { Reception } from "../../core/delivery/both-ends";
import { formatCount, formatMs, formatShare, formatTime, plural } from "../ui/format";
import { type Delivery, type Recipient, returnOf, shortId } from "../../core/daily/delivery";
import { budgetOf } from "../../core/daily/limits";
import type { PeopleTracker, Person } from "../../core/daily/people-tracker";
import { SYNC_WINDOW_MS } from "../../core/daily/session-tracker";
import { describeSync, type SessionWrite } from "../../core/daily/session-write";
import { isolated } from "../../core/lib/texts";
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

const STANDINGS = {
  present: "in the call",
  left: "had left",
  self: "this page itself",
  "user-id": "a user id, not a session id: Daily delivers to session ids only",
  nobody: "no one has this session id",
} as const;

type DeliveryProps = {
  delivery: Delivery;
  people: PeopleTracker;
  /** What became of it at those whose own calls are seen here, by session id. */
  receptions: ReadonlyMap<string, Reception>;
};

/** Who could get an app message, and who did, as far as both ends are seen. */
export function DeliveryView({ delivery, people, receptions }: DeliveryProps) {
  const backOf = (person: Person) => returnOf(person, people);
  const { isBroadcast, isKnown, recipients, audience, joinedLater } = delivery;
  if (!isKnown) {
    return (
      <p class="problem">
        Not known: the events that tell who was in the call then had been dropped before this panel
        opened.
      </p>
    );
  }
  return (
    <>
      <h2 class="details__title">
        {isBroadcast
          ? `To everyone: ${plural(audience.length, "other participant")} in the call`
          : plural(recipients.length, "recipient")}
      </h2>
      {isBroadcast ? (
        <Names
          people={audience}
          backOf={backOf}
          receptions={receptions}
          none="No one else was in the call when it was sent."
        />
      ) : (
        <Recipients recipients={recipients} receptions={receptions} />
      )}
      {isBroadcast && (
        <>
          <h2
            class="details__title"
            title="App messages aren’t kept: anyone who joins later never gets them."
          >
            Joined later and missed it
          </h2>
          <Names people={joinedLater} backOf={backOf} none="No one so far." />
        </>
      )}
      <p class="problem">
        Daily gives no receipt for app messages. This is who was there, as far as this page knew;
        hidden participants aren’t listed.
        {receptions.size > 0 && " What other calls seen in this panel received was measured."}
      </p>
    </>
  );
}

function Recipients({
  recipients,
  receptions,
}: Pick<DeliveryProps, "receptions"> & { recipients: readonly Recipient[] }) {
  return (
    <ul class="names">
      {recipients.map(({ id, standing, person, backAs }) => (
        <li key={id} class={standing === "present" ? "" : "is-warning"} title={id}>
          {person ? nameOf(person) : shortId(id)}: {STANDINGS[standing]}
          {standing === "user-id" && person && <code> {person.sessionId}</code>}
          <Back as={backAs} />
          <ReceptionNote of={receptions.get(id)} />
        </li>
      ))}
    </ul>
  );
}

/** What was measured at the other end; nothing where it isn't seen. */
function ReceptionNote({ of }: { of: Reception | undefined }) {
  if (!of || of.verdict.kind === "not-in-view") return null;
  const isTrouble = of.verdict.kind === "lost" || of.event?.listeners === 0;
  return <span class={isTrouble ? "is-warning" : ""}>, {receptionText(of)}</span>;
}

function receptionText({ verdict, latencyMs = 0, event }: Reception): string {
  const listeners = event?.listeners ? plural(event.listeners, "listener") : "no listener";
  const after = `after ${formatMs(latencyMs)}`;
  switch (verdict.kind) {
    case "received":
      return `received ${after} by ${listeners}${event?.handlerError ? ", of which one threw" : ""}`;
    case "doubled":
      return `received ${verdict.arrivals.length} times, first ${after}`;
    case "of-equals":
      return `received ${verdict.arrived} of ${verdict.sent} equal messages`;
    case "lost":
      return "not received";
    case "waiting":
      return "not received yet";
    case "not-in-view":
      return "";
  }
}

/** That they are back, which a session id alone doesn't tell. */
function Back({ as }: { as: Person | undefined }) {
  return as ? (
    <span title={as.sessionId}>, back under a new session id {shortId(as.sessionId)}</span>
  ) : null;
}

function Names({
  people,
  backOf,
  receptions,
  none,
}: Partial<Pick<DeliveryProps, "receptions">> & {
  people: readonly Person[];
  backOf: (person: Person) => Person | undefined;
  none: string;
}) {
  if (people.length === 0) return <p class="problem">{none}</p>;
  return (
    <ul class="names">
      {people.map((person) => (
        <li key={person.sessionId} title={person.sessionId}>
          {nameOf(person)}
          <Back as={backOf(person)} />
          <ReceptionNote of={receptions?.get(person.sessionId)} />
        </li>
      ))}
    </ul>
  );
}

const nameOf = ({ participant, sessionId }: Person): string =>
  isolated(participant.user_name || shortId(sessionId));

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
            <dd>after {(own.settledAt - at).toFixed(1)} ms</dd>
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
            <dd>after {Math.round(confirmed)} ms</dd>
          </>
        )}
      </dl>
      {session && <Window write={session} history={history} />}
      {own?.replacedAfterMs !== undefined && (
        <p class="problem">
          Replaced after {Math.round(own.replacedAfterMs)} ms: others probably never got it
          (documented, not measured).
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
