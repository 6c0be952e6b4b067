import { NO_TAB, type SeatClock, type SeatSummary } from "../../core/session/seats";
import { isRoomWide } from "../../core/filter/filter";
import { Check, FileLink, LinkButton, ToolButton } from "../ui/controls";
import { formatCount, formatMs, formatOffset, plural } from "../ui/format";
import { Popover } from "../ui/popover";
import type { SeatsStore } from "./seats-store";
import "./seats.css";

type Props = {
  store: SeatsStore;
  /** Brings a tab to the front. */
  onShowTab: (tabId: number) => void;
  /** Adds the recording of someone else in the room. */
  onAddFile: (file: File) => void;
};

/** Who else of the room is in view: other tabs and recordings, and whether they are looked at. */
export function SeatsMenu({ store, onShowTab, onAddFile }: Props) {
  const { watchesTabs, filter } = store;
  const seats = store.seats.value;
  const inView = seats.filter(({ isLive, origin }) => isLive || origin.kind === "recording");
  const isLive = store.isLive.value;
  return (
    <Popover
      label={`Seats ${inView.length}`}
      title={`Seats: other pages of this room in view (${inView.length}). What they receive shows what was delivered`}
      class={`tool tool--text ${inView.length > 0 ? "tool--on" : ""}`}
      face={`Seats ${inView.length}`}
    >
      {(close) => (
        <div class="seats">
          {seats.length === 0 ? (
            <p class="seats__none">
              No one else’s page is in view. To see who received what,{" "}
              {isLive && "open the call in another tab of this browser, or "}add the recording of
              someone else in the room.
            </p>
          ) : (
            <ul class="seats__list" aria-label="Seats">
              {seats.map((seat) => (
                <SeatLine
                  key={seat.callId}
                  seat={seat}
                  onRemove={(name) => store.removeRecording(name)}
                  onShowTab={(tabId) => {
                    close();
                    onShowTab(tabId);
                  }}
                />
              ))}
            </ul>
          )}
          <FileLink
            title="Reads a recording that was exported on another machine in the same room, and shows what was received there. Its times are moved onto the clock of this session by the messages that crossed"
            onFile={(file) => {
              // How far it is, and why it can't be added, shows below the toolbar.
              close();
              onAddFile(file);
            }}
          >
            Add a recording…
          </FileLink>
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

function SeatLine({
  seat,
  onShowTab,
  onRemove,
}: {
  seat: SeatSummary;
  onShowTab: (tabId: number) => void;
  onRemove: (name: string) => void;
}) {
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
      {origin.kind === "recording" && (
        <ToolButton
          class="tool--small seats__remove"
          label={`Remove ${origin.name}`}
          title={`Takes ${origin.name} out of view; the file stays`}
          icon="close"
          onClick={() => onRemove(origin.name)}
        />
      )}
      {origin.kind === "tab" && isLive && origin.tabId !== NO_TAB ? (
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
        <span class="seats__facts" title={clockTitle(origin.clock)}>
          {clockText(origin.clock)}
        </span>
      )}
    </li>
  );
}

/** How the times of a recording came to be. */
function clockText(clock: SeatClock): string {
  switch (clock.kind) {
    case "estimated":
      return `Clock set by ${plural(clock.crossings, "message")}: ${signed(clock.offsetMs)} ± ${formatMs(clock.uncertaintyMs)}`;
    case "one-way":
      return `Clock set by ${plural(clock.crossings, "message")} one way: order is known, latencies aren’t`;
    case "unknown":
      return "Clock not set: no message crossed, so nothing is timed or counted as lost";
  }
}

/** What the numbers of a clock mean, and where they come from. */
function clockTitle(clock: SeatClock): string {
  switch (clock.kind) {
    case "estimated":
      return `Times of this recording are moved by ${signed(clock.offsetMs)} onto the clock of this session, and right to ±${formatMs(clock.uncertaintyMs)}. Its clock drifts by ${clock.driftPpm.toFixed(1)} ms in 1,000 s. ${ESTIMATED}`;
    case "one-way":
      return `Times of this recording are moved by ${signed(clock.offsetMs)}, so that the fastest message took no time. How long messages really took shows only where some went the other way. ${ESTIMATED}`;
    case "unknown":
      return `Times of this recording are those of its machine. Setting its clock takes messages that both recordings have, each with a content of its own. ${ESTIMATED}`;
  }
}

const ESTIMATED =
  "Estimated when it was added, from messages that both sides saw; messages that cross later don’t change it";

/** To the millisecond, for a difference of seconds is read against one of milliseconds. */
const signed = (ms: number): string => `${formatOffset(ms)} s`;

/** Address of a page without its scheme and query. */
const place = (url: string): string => url.replace(/^https?:\/\//, "").replace(/[?#].*/, "");
