import type { Moment } from "./filter-term";
import { readQuantity } from "./read-comparison";

/** `join`, `leave`, `5m`, `+3s`, `12:30:05`; undefined when it is no such thing. */
export function readMoment(text: string): Moment | undefined {
  const word = text.toLowerCase();
  if (word === "join" || word === "leave") return { kind: word };
  const clock = /^([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d(?:\.\d{1,3})?))?$/.exec(text);
  if (clock) {
    const [, hours, minutes, seconds = "0"] = clock.map((part) => part ?? "0");
    const ms = (Number(hours) * 60 + Number(minutes)) * 60_000 + Math.round(Number(seconds) * 1000);
    return { kind: "clock", ms };
  }
  const isAfter = text.startsWith("+");
  const quantity = isAfter ? text.slice(1) : text;
  // A number alone could be anything.
  const ms = /[a-z]$/i.test(quantity) ? readQuantity(quantity, "duration") : undefined;
  return ms === undefined ? undefined : { kind: isAfter ? "after-start" : "ago", ms };
}
