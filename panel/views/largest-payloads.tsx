import type { MessageFact } from "../domain/statistics";
import { CHANNELS } from "./channels";
import { formatCount, formatTime } from "./format";

type Props = {
  largest: readonly MessageFact[];
  senderLabel: (from: string) => string;
  onShow: (fact: MessageFact) => void;
};

/** The messages with the largest payloads. A click shows the event in Traffic. */
export function LargestPayloads({ largest, senderLabel, onShow }: Props) {
  return (
    <section class="card largest" aria-label="Largest payloads">
      <h2 title="By the UTF-8 bytes of the payload’s JSON. A session state arrives whole, so it counts in full each time.">
        Largest payloads
      </h2>
      <div class="largest__list" role="region" aria-label="The 20 largest payloads" tabIndex={0}>
        <table class="bars">
          <thead>
            <tr>
              <th scope="col" class="bars__number">
                Bytes
              </th>
              <th scope="col">Channel</th>
              <th scope="col">Type</th>
              <th scope="col">Sender</th>
              <th scope="col">Time</th>
            </tr>
          </thead>
          <tbody>
            {largest.map((fact) => (
              <tr key={`${fact.callId} ${fact.seq}`} onClick={() => onShow(fact)}>
                <td class="bars__number">
                  <button type="button" class="link-button" title="Show this event in Traffic">
                    {formatCount(fact.bytes)}
                  </button>
                </td>
                <td class={`channel--${fact.channel}`} title={CHANNELS[fact.channel].title}>
                  <span class="tag">{CHANNELS[fact.channel].short}</span>
                </td>
                <td class="bars__name" title={fact.type}>
                  {fact.type}
                </td>
                <td class="bars__name" title={senderLabel(fact.from)}>
                  {senderLabel(fact.from)}
                </td>
                <td class="largest__time">{formatTime(fact.at)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
