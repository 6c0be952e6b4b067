import type { DailyEvent } from "../../extension/protocol/event";
import { countText, durationText } from "../lib/texts";
import type { Outcome, Reception } from "./deliveries";

/**
 * An outcome in a cell: `2 of 2 · 38 ms`, `1 of 2`, `= 2 of 3` for equal messages; `–` where no other end is in view.
 * A time between two clocks is marked as near (`~38 ms`).
 * `isShort`: `2/2`, without the time.
 */
export function outcomeLabel(outcome: Outcome | undefined, isShort = false): string {
  if (!outcome || outcome.known === 0) return "–";
  const { known, received, equals, latencyMs } = outcome;
  const of = isShort ? "/" : " of ";
  if (equals) return `= ${equals.arrived}${of}${equals.sent}`;
  const isTimed = !isShort && received === known && latencyMs !== undefined;
  const near = outcome.uncertaintyMs === undefined ? "" : "~";
  return `${received}${of}${known}${isTimed ? ` · ${near}${wholeDuration(latencyMs)}` : ""}`;
}

/** As exact as a column has room for. */
const wholeDuration = (ms: number): string => durationText(ms < 1 ? ms : Math.round(ms));

/** How bad an outcome is: a warning only for what is proven. */
export function outcomeLevel(outcome: Outcome | undefined): "ok" | "waiting" | "warning" {
  if (!outcome) return "ok";
  if (outcome.receptions.some(isTrouble)) return "warning";
  return outcome.isOpen ? "waiting" : "ok";
}

/** Whether something went wrong with a message at one of its recipients. */
export const isTrouble = ({ verdict, entry, isOvertaken }: Reception): boolean =>
  verdict.kind === "lost" ||
  verdict.kind === "doubled" ||
  isOvertaken === true ||
  (verdict.kind === "received" && listenersOf(entry?.event as DailyEvent | undefined) === 0) ||
  (entry?.event as Partial<DailyEvent> | undefined)?.handlerError !== undefined;

/** What became of a message or a write at one end, as the rest of a sentence that begins with a name. */
export function receptionText(reception: Reception): string {
  const { verdict, latencyMs, uncertaintyMs, entry, isOvertaken } = reception;
  const event = entry?.event as DailyEvent | undefined;
  const near = uncertaintyMs === undefined ? "" : ` ± ${durationText(uncertaintyMs)}`;
  const after = latencyMs === undefined ? "" : ` after ${durationText(latencyMs)}${near}`;
  switch (verdict.kind) {
    case "received":
      return `received${after}${handlers(event)}${isOvertaken ? ", after a message that was sent later" : ""}`;
    case "doubled":
      return `received ${verdict.arrivals.length} times${after && `, first${after}`}`;
    case "of-equals":
      return `received ${countText(verdict.arrived)} of ${countText(verdict.sent)} equal messages${verdict.isOpen ? " so far" : ""}`;
    case "held":
      return `has it${after}`;
    case "replaced":
      return "has a later value";
    case "lost":
      return "not received";
    case "waiting":
      return "not received yet";
    case "left":
      return "left before it could arrive";
    case "joined-later":
      return "joined later";
    case "not-in-view":
      return "not in view";
  }
}

/** The same in a few characters: `38 ms`, `not received`. */
export function shortReceptionText({ verdict, latencyMs, entry }: Reception): string {
  const time = latencyMs === undefined ? "" : durationText(latencyMs);
  switch (verdict.kind) {
    case "received": {
      const hasListener = listenersOf(entry?.event as DailyEvent | undefined) !== 0;
      return [time, hasListener ? "" : "no listener"].filter(Boolean).join(", ");
    }
    case "held":
      return time;
    case "doubled":
      return `received ${verdict.arrivals.length} times`;
    case "of-equals":
      return `${countText(verdict.arrived)} of ${countText(verdict.sent)} equal`;
    case "lost":
      return "not received";
    case "waiting":
      return "not received yet";
    case "left":
      return "left";
    case "replaced":
      return "has a later value";
    case "joined-later":
      return "joined later";
    case "not-in-view":
      return "not in view";
  }
}

function handlers(event: DailyEvent | undefined): string {
  const listeners = listenersOf(event);
  if (!event || listeners === undefined) return "";
  if (listeners === 0) return ", no listener";
  const many = listeners === 1 ? "1 listener" : `${countText(listeners)} listeners`;
  const error = event.handlerError ? `, one threw ${event.handlerError.name}` : "";
  return ` by ${many} in ${durationText(event.handlerMs)}${error}`;
}

const listenersOf = (event: DailyEvent | undefined): number | undefined => event?.listeners;
