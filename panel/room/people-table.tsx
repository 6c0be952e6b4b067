import { isolated } from "../../core/lib/texts";
import { budgetOf } from "../../core/daily/limits";
import { unwrapPrebuilt } from "../../core/daily/user-data-tracker";
import { valueOf } from "../../core/session/change";
import type { PersonAt } from "../../core/session/room-at";
import { formatTime } from "../ui/format";
import type { Subject } from "./room-view";
import { LinkButton } from "../ui/controls";
import { SizeMeter } from "../ui/size-meter";

type Props = {
  people: readonly PersonAt[];
  subject: Subject;
  onChoose: (subject: Subject) => void;
};

/** Everyone in the call, with what they have set. Choosing one shows the history of their user data. */
export function PeopleTable({ people, subject, onChoose }: Props) {
  return (
    <section class="card">
      <h2 title="Participants in the call at that moment, as this page's participants() had them. Hidden participants aren't listed">
        Participants ({people.filter(({ isPresent }) => isPresent).length})
      </h2>
      <table class="people">
        <thead>
          <tr>
            <th>Name</th>
            <th>User data</th>
            <th>Size</th>
            <th>Joined</th>
            <th>Last change</th>
            <th>Session id</th>
            <th>User id</th>
          </tr>
        </thead>
        <tbody>
          {people.map((each) => (
            <Row
              key={each.person.sessionId}
              {...each}
              isChosen={typeof subject === "object" && subject.sessionId === each.person.sessionId}
              onChoose={() => onChoose({ sessionId: each.person.sessionId })}
            />
          ))}
        </tbody>
      </table>
      {people.length === 0 && <p class="problem">No one yet: the page hasn't joined.</p>}
    </section>
  );
}

function Row({
  person,
  isPresent,
  isOutOfSight,
  joinedAt,
  userData,
  changedAt,
  isChosen,
  onChoose,
}: PersonAt & { isChosen: boolean; onChoose: () => void }) {
  const { participant, sessionId } = person;
  const name = isolated(participant.user_name || "(no name)");
  const unwrapped = unwrapPrebuilt(valueOf(userData));
  return (
    <tr class={isPresent ? "" : "is-gone"} aria-selected={isChosen} onClick={onChoose}>
      <td>
        <span class="people__name">
          <LinkButton title={`${name}\nShow the history of their user data`}>{name}</LinkButton>
          {participant.local && <span class="badge">you</span>}
          {participant.owner && <span class="badge">owner</span>}
          {!isPresent && <span class="badge">{isOutOfSight ? "out of sight" : "left"}</span>}
        </span>
      </td>
      <td class="people__data" title={userData?.json}>
        {unwrapped ? JSON.stringify(unwrapped) : userData?.json}
        {unwrapped && (
          <span class="badge" title="Prebuilt nests what the embedding page set under the key c">
            in c
          </span>
        )}
      </td>
      <td>
        {userData && (
          <SizeMeter
            channel="user-data"
            payload={userData}
            budget={budgetOf("user-data", userData)}
          />
        )}
      </td>
      <td title="Daily’s joined_at, or when this page first saw them">
        {joinedAt === undefined ? "" : formatTime(joinedAt)}
      </td>
      <td title="When their user data or presence changed last">
        {changedAt > 0 ? formatTime(changedAt) : ""}
      </td>
      <td>
        <code title={sessionId}>{sessionId}</code>
      </td>
      <td>
        <code title={participant.user_id}>
          {participant.user_id === sessionId ? "same" : participant.user_id}
        </code>
      </td>
    </tr>
  );
}
