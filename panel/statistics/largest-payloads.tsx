import type { LargeMessage, Message } from "./messages";
import { CHANNELS } from "../ui/channels";
import { formatCount, formatTime } from "../ui/format";

type Props = {
  largest: readonly LargeMessage[];
  senderLabel: (from: string) => string;
  onShow: (message: Message) => void;
};

/** The messages with the largest payloads. A click shows the event in Traffic. */
export function LargestPayloads({ largest, senderLabel, onShow }: Props) {
  const hasRecipients = largest.some(({ to }) => to !== "");
  return (
    <section class="card largest" aria-label="Largest payloads">
      <h2 title="By the characters of the payload’s JSON. Session data always arrives in full, so it counts in full each time. Echoes of this page’s own writes aren’t listed">
        Largest payloads
      </h2>
      <table class="bars">
        <thead>
          <tr>
            <th scope="col" class="bars__number">
              Characters
            </th>
            <th scope="col">Channel</th>
            <th scope="col" class="largest__type">
              Type
            </th>
            <th scope="col">From</th>
            {hasRecipients && (
              <th scope="col" class="largest__to">
                To
              </th>
            )}
            <th scope="col">Content</th>
            <th scope="col">Time</th>
          </tr>
        </thead>
        <tbody>
          {largest.map((large) => (
            <Row
              key={`${large.message.callId} ${large.message.seq}`}
              large={large}
              sender={senderLabel(large.message.from)}
              hasRecipients={hasRecipients}
              onShow={onShow}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}

type RowProps = Pick<Props, "onShow"> & {
  large: LargeMessage;
  sender: string;
  hasRecipients: boolean;
};

function Row({ large: { message, to, summary }, sender, hasRecipients, onShow }: RowProps) {
  const { chars, channel, type, at } = message;
  return (
    <tr onClick={() => onShow(message)}>
      <td class="bars__number">
        <button type="button" class="link-button" title="Show this event in Traffic">
          {formatCount(chars)}
        </button>
      </td>
      <td class={`channel--${channel}`} title={CHANNELS[channel].title}>
        <span class="tag">{CHANNELS[channel].short}</span>
      </td>
      <td class="bars__name largest__type" title={type}>
        {type}
      </td>
      <td class="bars__name" title={sender}>
        {sender}
      </td>
      {hasRecipients && (
        <td class="bars__name largest__to" title={to}>
          {to}
        </td>
      )}
      <td class="largest__content" title={summary}>
        {summary}
      </td>
      <td class="largest__time">{formatTime(at)}</td>
    </tr>
  );
}
