import { isolated } from "../../core/lib/visible-text";
import { type Delivery, type Recipient, returnOf } from "../../core/daily/delivery";
import type { PeopleTracker, Person } from "../../core/daily/people-tracker";
import { shortId } from "../../core/daily/sender";
import { plural } from "../ui/format";

const STANDINGS = {
  present: "in the call",
  left: "had left",
  self: "this page itself",
  "user-id": "a user id, not a session id: Daily delivers to session ids only",
  nobody: "no one has this session id",
} as const;

/** Who could get an app message. */
export function DeliveryView({ delivery, people }: { delivery: Delivery; people: PeopleTracker }) {
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
          none="No one else was in the call when it was sent."
        />
      ) : (
        <Recipients recipients={recipients} />
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
      </p>
    </>
  );
}

function Recipients({ recipients }: { recipients: readonly Recipient[] }) {
  return (
    <ul class="names">
      {recipients.map(({ id, standing, person, backAs }) => (
        <li key={id} class={standing === "present" ? "" : "is-warning"} title={id}>
          {person ? nameOf(person) : shortId(id)}: {STANDINGS[standing]}
          {standing === "user-id" && person && <code> {person.sessionId}</code>}
          <Back as={backAs} />
        </li>
      ))}
    </ul>
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
  none,
}: {
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
        </li>
      ))}
    </ul>
  );
}

const nameOf = ({ participant, sessionId }: Person): string =>
  isolated(participant.user_name || shortId(sessionId));
