import type { SeatClock, SeatSummary } from "../../core/session/seats";
import { isRoomWide } from "../../core/filter/filter";
import { Check, LinkButton } from "../ui/controls";
import { formatCount, formatMs, plural } from "../ui/format";
import { Popover } from "../ui/popover";
import type { SeatsStore } from "./seats-store";
import "./seats.css";

type Props = {
  store: SeatsStore;
  /** Brings a tab to the front. */
  onShowTab: (tabId: number) => void;
};

/** Who else of the room is in view: other tabs and recordings, and whether they are looked at. */
export function SeatsMenu({ store, onShowTab }: Props) {
  const { watchesTabs, filter } = store;
  const seats = store.seats.value;
  const inView = seats.filter(({ isLive, origin }) => isLive || origin.kind === "recording");
  const isLive = store.isLive.value;
  return (
    <Popover
      label="Seats"
      title={`Seats: other pages of this room in view (${inView.length}). What they receive shows what was delivered`}
      class={`tool tool--text ${inView.length > 0 ? "tool--on" : ""}`}
      face={`Seats ${inView.length}`}
    >
      {(close) => (
        <div class="seats">
          {seats.length === 0 ? (
            <p class="seats__none">
              No one else’s page is in view. Open the call in another tab of this browser, or add
              the recording of someone in the room, to see who received what.
            </p>
          ) : (
            <ul class="seats__list" aria-label="Seats">
              {seats.map((seat) => (
                <SeatLine
                  key={seat.callId}
                  seat={seat}
                  onShowTab={(tabId) => {
                    close();
                    onShowTab(tabId);
                  }}
                />
              ))}
            </ul>
          )}
          {isLive && (
            <Check
              title="Looks at every tab of this browser that is in the same room and session. Other rooms are left alone"
              isOn={watchesTabs.value}
              onChange={(isOn) => void (watchesTabs.value = isOn)}
            >
              Watch other tabs in this room
            </Check>
          )}
          {seats.length > 0 && (
            <Check
              title="Shows the events of all seats as one log of the room, by time. In the filter: seat:*"
              isOn={isRoomWide(filter.value, store.callOf)}
              onChange={(isOn) => void (filter.value = { ...filter.value, isRoomWide: isOn })}
            >
              Show their events, too
            </Check>
          )}
        </div>
      )}
    </Popover>
  );
}

function SeatLine({ seat, onShowTab }: { seat: SeatSummary; onShowTab: (tabId: number) => void }) {
  const { name, url, origin, isLive, isJoined, events, dropped, folded, sessionId } = seat;
  const state =
    origin.kind === "recording"
      ? "recording"
      : !isLive
        ? "out of view"
        : isJoined
          ? "joined"
          : "not joined";
  return (
    <li class="seats__seat" title={sessionId}>
      {origin.kind === "tab" && isLive ? (
        <LinkButton title={`Show this tab: ${url}`} onClick={() => onShowTab(origin.tabId)}>
          {name}
        </LinkButton>
      ) : (
        <strong>{name}</strong>
      )}
      <span class="seats__facts">
        {state} · {origin.kind === "recording" ? origin.name : place(url)} ·{" "}
        {plural(events, "event")}
        {dropped > 0 && ` · ${formatCount(dropped)} dropped`}
        {folded > 0 && ` · ${formatCount(folded)} removed`}
      </span>
      {origin.kind === "recording" && (
        <span class="seats__facts" title="How the clock of its machine was set by this session’s">
          {clockText(origin.clock)}
        </span>
      )}
    </li>
  );
}

/** How the times of a recording came to be. */
export function clockText(clock: SeatClock): string {
  switch (clock.kind) {
    case "estimated":
      return `Clock set by ${plural(clock.crossings, "message")}: ${signed(clock.offsetMs)}, ±${formatMs(clock.uncertaintyMs)}`;
    case "one-way":
      return "Messages went one way only: order is kept, latencies aren’t known";
    case "unknown":
      return "No message crossed: times are as its machine told them";
  }
}

const signed = (ms: number): string => `${ms < 0 ? "−" : "+"}${formatMs(Math.abs(ms))}`;

/** Address of a page without its scheme and query. */
const place = (url: string): string => url.replace(/^https?:\/\//, "").replace(/[?#].*/, "");
