import type { PageEvent } from "../../extension/protocol/event";
import { statusAfter } from "../daily/meeting-status";

/** A stretch of a call's life. Open while it lasts, or when the page went away. */
export type CallPhase = {
  readonly callId: string;
  readonly state: "joining" | "joined";
  readonly from: number;
  to?: number;
};

/** Follows the life of the calls. Fed in the order of the log; phases are only ever added to. */
export function followLife(phases: CallPhase[], event: PageEvent): void {
  const state = stateAfter(event);
  if (state === undefined) return;
  const { callId, at } = event;
  const open = phases.findLast((phase) => phase.callId === callId);
  const isOpen = open !== undefined && open.to === undefined;
  if (isOpen && open.state === state) return;
  if (isOpen) open.to = at;
  if (state !== "out") phases.push({ callId, state, from: at });
}

function stateAfter(event: PageEvent): CallPhase["state"] | "out" | undefined {
  const status = statusAfter(event, "new");
  if (status === undefined || status === "joining" || status === "joined") return status;
  return "out";
}
