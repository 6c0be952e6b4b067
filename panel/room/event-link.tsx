import type { ComponentChildren } from "preact";

import { LinkButton } from "../ui/controls";
import type { RoomStore } from "./room-store";

type Props = {
  store: Pick<RoomStore, "counts" | "session" | "showEvent">;
  callId: string;
  seq: number;
  children: ComponentChildren;
};

/** Leads to an event in Traffic. What an event led to outlives it in the log: then it leads nowhere, and says so. */
export function EventLink({ store, callId, seq, children }: Props) {
  // Drawn again whenever events went away.
  void store.counts.value;
  const isThere = store.session.value.find(callId, seq) !== undefined;
  return (
    <LinkButton
      disabled={!isThere}
      title={isThere ? "Show the event in Traffic" : "This event was removed from the log"}
      onClick={() => store.showEvent(callId, seq)}
    >
      {children}
    </LinkButton>
  );
}
