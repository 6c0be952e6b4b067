import { deliveryOf, type Recipient } from "../../daily/delivery";
import type { RuleRun, Sighting, Trackers } from "../rule";
import type { RuleEvent } from "../rule-event";

/** Looks for recipients of app messages of which something is not as it should be. */
export function oddRecipients(
  report: (sighting: Sighting) => void,
  { people }: Trackers,
  isOdd: (recipient: Recipient, event: RuleEvent) => boolean,
): RuleRun {
  return {
    event(event) {
      const { call, seq, at, type } = event;
      if (call?.method !== "sendAppMessage" || call.outcome === "threw") return;
      if (call.to === undefined || call.to === "*") return;
      const { isKnown, recipients } = deliveryOf(call.to, seq, people);
      if (!isKnown) return;
      const odd = recipients.filter((each) => isOdd(each, event));
      if (odd.length === 0) return;
      const ids = odd.map(({ id }) => id);
      report({ key: type(), type: type(), seqs: [seq], at, people: ids });
    },
  };
}
