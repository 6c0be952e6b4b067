import type { Reception, Source } from "../../core/delivery/deliveries";
import { isTrouble, receptionText } from "../../core/delivery/outcome-text";
import { type Delivery, type Recipient, returnOf, shortId } from "../../core/daily/delivery";
import type { PeopleTracker, Person } from "../../core/daily/people-tracker";
import { isolated } from "../../core/lib/texts";
import type { Entry } from "../../core/session/session-log";
import { formatMs, formatTime, plural } from "../ui/format";
import { LinkButton } from "../ui/controls";

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
  /** What became of it at the other ends, as far as they are in view. */
  receptions: readonly Reception[];
  /** Whether another tab could still come into view: not in a recording. */
  isLive: boolean;
  /** Shows the event of an arrival. */
  onShow: (entry: Entry) => void;
};

/** Finds what is known of one recipient. */
type ReceptionOf = (sessionId: string) => Reception | undefined;

const NOT_IN_VIEW = { callId: undefined, verdict: { kind: "not-in-view" } } as const;

/** Who could get an app message, and who did, as far as both ends are seen. */
export function DeliveryView({ delivery, people, receptions, isLive, onShow }: DeliveryProps) {
  const backOf = (person: Person) => returnOf(person, people);
  const { isBroadcast, isKnown, recipients, audience, joinedLater } = delivery;
  const ids = isBroadcast
    ? audience.map(({ sessionId }) => sessionId)
    : recipients.filter(({ standing }) => standing === "present").map(({ id }) => id);
  const known = new Map(receptions.map((each) => [each.sessionId, each]));
  const unseen = ids.filter((id) => (known.get(id) ?? NOT_IN_VIEW).verdict.kind === "not-in-view");
  // With no one in view, one sentence says so for all.
  const isAnySeen = unseen.length < ids.length;
  const receptionOf = (sessionId: string) =>
    known.get(sessionId) ??
    (isAnySeen && ids.includes(sessionId) ? { sessionId, ...NOT_IN_VIEW } : undefined);
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
          receptionOf={receptionOf}
          none="No one else was in the call when it was sent."
          onShow={onShow}
        />
      ) : (
        <Recipients recipients={recipients} receptionOf={receptionOf} onShow={onShow} />
      )}
      {isBroadcast && (
        <>
          <h2
            class="details__title"
            title="App messages aren’t kept: anyone who joins later never gets them."
          >
            Joined later and missed it
          </h2>
          <Names people={joinedLater} backOf={backOf} none="No one so far." onShow={onShow} />
        </>
      )}
      <p class="problem">
        Daily gives no receipt for app messages. This is who was there, as far as this page knew;
        hidden participants aren’t listed.
        {unseen.length > 0 &&
          ` ${isAnySeen ? "To see what those not in view" : "No recipient’s page is in view. To see what they"} received, ${isLive ? "open their tabs in this browser, or " : ""}add their recordings.`}
      </p>
    </>
  );
}

type Shown = { receptionOf: ReceptionOf; onShow: (entry: Entry) => void };

function Recipients({
  recipients,
  receptionOf,
  onShow,
}: Shown & { recipients: readonly Recipient[] }) {
  return (
    <ul class="names">
      {recipients.map(({ id, standing, person, backAs }) => (
        <li key={id} class={standing === "present" ? "" : "is-warning"} title={id}>
          {person ? nameOf(person) : shortId(id)}: {STANDINGS[standing]}
          {standing === "user-id" && person && <code> {person.sessionId}</code>}
          <Back as={backAs} />
          <ReceptionNote of={receptionOf(id)} onShow={onShow} />
        </li>
      ))}
    </ul>
  );
}

/** What was seen at the other end, with a link to the event; that it isn't in view where it isn't. */
function ReceptionNote({
  of,
  onShow,
}: {
  of: Reception | undefined;
  onShow: (entry: Entry) => void;
}) {
  if (!of) return null;
  const { entry } = of;
  return (
    <span class={isTrouble(of) ? "is-warning" : ""}>
      , {receptionText(of)}
      {entry && (
        <>
          {" "}
          <LinkButton title="Shows the event of its arrival" onClick={() => onShow(entry)}>
            {formatTime(entry.event.at)}
          </LinkButton>
        </>
      )}
    </span>
  );
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
  receptionOf,
  none,
  onShow,
}: Partial<Shown> & {
  people: readonly Person[];
  backOf: (person: Person) => Person | undefined;
  none: string;
  onShow: (entry: Entry) => void;
}) {
  if (people.length === 0) return <p class="problem">{none}</p>;
  return (
    <ul class="names">
      {people.map((person) => (
        <li key={person.sessionId} title={person.sessionId}>
          {nameOf(person)}
          <Back as={backOf(person)} />
          <ReceptionNote of={receptionOf?.(person.sessionId)} onShow={onShow} />
        </li>
      ))}
    </ul>
  );
}

const nameOf = ({ participant, sessionId }: Person): string =>
  isolated(participant.user_name || shortId(sessionId));

/** Where a received message came from: the sender's own event, where that page is in view. */
export function SourceView({
  source: { entry, latencyMs, uncertaintyMs },
  onShow,
}: {
  source: Source;
  onShow: (entry: Entry) => void;
}) {
  const near = uncertaintyMs === undefined ? "" : ` ± ${formatMs(uncertaintyMs)}`;
  return (
    <p>
      {latencyMs === undefined
        ? "Sent at "
        : `Received after ${formatMs(latencyMs)}${near}; sent at `}
      <LinkButton title="Shows the event of its sender" onClick={() => onShow(entry)}>
        {formatTime(entry.event.at)}
      </LinkButton>
    </p>
  );
}

/** Where a write has arrived, at the other ends in view. */
export function SpreadView({
  receptions,
  nameOfPerson,
  onShow,
}: {
  receptions: readonly Reception[];
  nameOfPerson: (sessionId: string) => string;
  onShow: (entry: Entry) => void;
}) {
  if (receptions.length === 0) return null;
  return (
    <>
      <h2 class="details__title">At the other ends in view</h2>
      <ul class="names">
        {receptions.map((reception) => (
          <li key={reception.sessionId} title={reception.sessionId}>
            {nameOfPerson(reception.sessionId)}
            <ReceptionNote of={reception} onShow={onShow} />
          </li>
        ))}
      </ul>
    </>
  );
}
