import type { Loss } from "../../../extension/protocol/event";
import { isUncloneable, lossPath, lossText } from "../../daily/losses";
import { howMany } from "../how-many";
import type { Rule } from "../rule";

/** Reports calls with losses of one sort: a finding for each method (or type of message) and what becomes of a value. */
export const reportLosses =
  (isMeant: (loss: Loss) => boolean): Rule["start"] =>
  (report) => ({
    event({ call, channel, type, seq, at }) {
      // What was refused has not been sent, and what cannot be cloned is refused or makes the next join fail.
      if (!call || call.outcome === "threw") return;
      for (const loss of call.lost ?? []) {
        if (isUncloneable(loss) || !isMeant(loss)) continue;
        const isMessage = channel === "app-message";
        const where = isMessage ? `${call.method}() of type ${type()}` : `${call.method}()`;
        const text = lossText(loss);
        report({
          key: `${where}: ${text}`,
          ...(isMessage && { type: type() }),
          seqs: [seq],
          at,
          paths: [lossPath(loss)],
          text,
        });
      }
    },
  });

/** `3 times in sendAppMessage() of type move: a Map becomes {} at tags.` */
export const tellLosses: Rule["tell"] = ({ count, key, paths }) =>
  `${howMany(count, "time")} in ${key}, at ${paths.join(", ")}.`;
