import { memo } from "preact/compat";
import { useState } from "preact/hooks";

import { legsOf, type Mark, marksOf } from "../../core/conversation/timing";
import type { FunctionCall, Turn } from "../../core/conversation/turn";
import { preview } from "../../core/lib/texts";
import type { CallState } from "../../core/session/call-state";
import { viewOf } from "../../core/session/event-view";
import type { Entry } from "../../core/session/session-log";
import { formatCount, formatMs, formatTime, plural } from "../ui/format";
import { LinkButton } from "../ui/controls";
import { type Item, piecesOf } from "../../core/conversation/shown-turn";
import {
  functionName,
  legTexts,
  MARK_NAMES,
  noText,
} from "../../core/conversation/conversation-text";
import { growingParts } from "./growing-text";

/** Longer values of functions are cut; their event has all of them. */
const MAX_VALUE = 400;

type Props = {
  item: Item;
  /** Of the item: it is the same object however it changes. */
  revision: number;
  index: number;
  who: { readonly name: string; readonly role: string };
  isSelected: boolean;
  /** Whether what goes on may go on: not in a recording, nor once the page is gone. */
  isLive: boolean;
  /** The selected event; undefined unless it is one of the item. */
  selected: Entry | undefined;
  /** For the events that are listed. */
  call: CallState | undefined;
  measure: (element: HTMLElement | null) => void;
  onShow: (entry: Entry) => void;
};

export const itemId = (item: Item): string => `talk-${item.id}`;

/** A turn, or a line between turns. Drawn again only when it has changed. */
export const ItemRow = memo(
  function ItemRow(props: Props) {
    const { item, index, isSelected, measure, who } = props;
    const kind = item.kind === "turn" ? item.role : item.level;
    return (
      <div
        id={itemId(item)}
        class={`talk__row talk__row--${kind}`}
        role="row"
        aria-rowindex={index + 1}
        aria-selected={isSelected}
        data-index={index}
        ref={measure}
      >
        <div class="talk__cell" role="gridcell">
          <span class="talk__time" title="When it began">
            {formatTime(item.startedAt)}
          </span>
          <span class="talk__who cut" title={aboutSpeaker(item, who)}>
            {item.kind === "turn" ? who.name : ""}
          </span>
          <div class="talk__body">
            {item.kind === "turn" ? (
              <TurnBody turn={item} isLive={props.isLive} />
            ) : (
              <span class="talk__line">
                <span class="talk__mark">{lineMark(item)}:</span> {item.text}
              </span>
            )}
            {isSelected && <Events {...props} />}
          </div>
        </div>
      </div>
    );
  },
  (a, b) =>
    a.item === b.item &&
    a.revision === b.revision &&
    a.index === b.index &&
    a.isSelected === b.isSelected &&
    a.isLive === b.isLive &&
    a.selected === b.selected &&
    a.who.name === b.who.name,
);

function aboutSpeaker(item: Item, { name, role }: Props["who"]): string {
  if (item.kind === "line") return "";
  const what = item.isTyped ? "typed" : "said";
  return name === role ? `${role}: ${what}` : `${role}, ${name}: ${what}`;
}

function lineMark(item: Item & { kind: "line" }): string {
  if (item.level === "fatal") return "Fatal error";
  if (item.level === "error") return "Error";
  return item.direction === "out" ? "Sent" : "Received";
}

/** Longer texts are cut in the middle until all of it is asked for: laying out a stream of minutes takes long. */
const MAX_TEXT = 6_000;
const SHOWN_START = 2_000;
const SHOWN_END = 2_000;

/** What was said, without the middle where it is very long. */
function Said({ text }: { text: string }) {
  const [isAll, setAll] = useState(false);
  if (isAll || text.length <= MAX_TEXT) return <>{growingParts(text)}</>;
  return (
    <>
      {text.slice(0, SHOWN_START)}{" "}
      <LinkButton
        onClick={(event) => {
          event.stopPropagation();
          setAll(true);
        }}
      >
        … Show all {formatCount(text.length)} characters …
      </LinkButton>{" "}
      {text.slice(-SHOWN_END)}
    </>
  );
}

function TurnBody({ turn, isLive }: { turn: Turn; isLive: boolean }) {
  const { said, unsaid, interim } = piecesOf(turn);
  const { interrupted, functionCalls } = turn;
  const isEmpty = said + unsaid + interim === "";
  return (
    <>
      {(!isEmpty || noText(turn) !== "" || interrupted) && (
        <p class="talk__text" dir="auto">
          {isEmpty ? <span class="talk__none">{noText(turn)}</span> : <Said text={said} />}
          {interim && (
            <em class="talk__interim" title="Interim: this text may still change">
              {interim}
            </em>
          )}
          {interrupted && (
            <span
              class="talk__cut"
              title={
                interrupted.chars === undefined
                  ? "The bot was interrupted. How much of the text it had said isn’t told"
                  : `The bot was interrupted after ${plural(interrupted.chars, "character")} of this text`
              }
            >
              interrupted {formatTime(interrupted.at)}
            </span>
          )}
          {unsaid && (
            <s class="talk__unsaid" title="Not said: the bot was interrupted before">
              {unsaid}
            </s>
          )}
          {isLive && turn.isSpeaking && <span class="talk__live"> speaking…</span>}
        </p>
      )}
      {functionCalls.map((call, at) => (
        <Call key={at} call={call} isLive={isLive} />
      ))}
      <Times turn={turn} />
    </>
  );
}

/** A function that the model called, and what came of it. */
function Call({ call, isLive }: { call: FunctionCall; isLive: boolean }) {
  const { startedAt, endedAt, isCancelled, result, isWithheld, name } = call;
  const isNamed = name !== undefined;
  return (
    <p class="talk__call">
      <span
        class={isNamed ? "talk__function" : "talk__none"}
        title={
          isNamed
            ? "A function that the model called"
            : isWithheld
              ? "A function that the model called. The bot is set not to tell its name"
              : "A function that the model called. Its name isn’t told"
        }
      >
        {functionName(call)}
      </span>
      <span class="talk__value" title="Arguments">
        ({call.arguments === undefined ? "" : preview(call.arguments, MAX_VALUE)})
      </span>
      {result !== undefined && !isCancelled && (
        <>
          {" → "}
          <span class="talk__value" title="Result">
            {preview(result, MAX_VALUE)}
          </span>
        </>
      )}{" "}
      <span
        class={isCancelled ? "talk__took is-warning" : "talk__took"}
        title="From the event that tells of the call to the one that tells its end"
      >
        {isCancelled && "cancelled "}
        {endedAt !== undefined
          ? `${isCancelled ? "after " : ""}${formatMs(endedAt - startedAt)}`
          : !isCancelled && (isLive ? "running…" : "no result")}
      </span>
    </p>
  );
}

/** Where the time of a bot's turn went, as a bar and in words. */
function Times({ turn }: { turn: Turn }) {
  const marks = marksOf(turn);
  const legs = legsOf(marks);
  if (legs.length === 0) return null;
  const words = legTexts(turn);
  return (
    <div class="talk__times">
      <div class="talk__bar" role="img" aria-label={`Where the time went: ${words.join(", ")}`}>
        {legs.map(({ to, ms }, at) => (
          <span
            key={at}
            class={`talk__leg talk__leg--${to}`}
            style={{ flexGrow: Math.max(ms, 1) }}
            title={legTitle(marks, at)}
          />
        ))}
      </div>
      <span class="talk__legs" aria-hidden="true">
        {words.map((each, at) => (
          <span key={at} class="talk__legtext" title={legTitle(marks, at)}>
            <span class={`talk__dot talk__leg--${legs[at]?.to ?? ""}`} />
            {each}
          </span>
        ))}
      </span>
    </div>
  );
}

/** `user stopped → first audio: 820 ms`, and when both were. */
function legTitle(marks: readonly Mark[], at: number): string {
  const [from, to] = marks.slice(at, at + 2);
  if (!from || !to) return "";
  const names = `${MARK_NAMES[from.name]} → ${MARK_NAMES[to.name]}`;
  return `${names}: ${formatMs(to.at - from.at)}\n${formatTime(from.at)} → ${formatTime(to.at)}`;
}

type OfType = { readonly type: string; readonly entries: Entry[] };

/** The events of an item by their types, in the order in which those came first. */
function byType(entries: readonly Entry[], call: CallState | undefined): OfType[] {
  const types = new Map<string, OfType>();
  for (const entry of entries) {
    const { decoded, name } = viewOf(entry, call);
    const type = decoded?.type ?? name;
    const known = types.get(type);
    if (known) known.entries.push(entry);
    else types.set(type, { type, entries: [entry] });
  }
  return [...types.values()];
}

/** What tells of the item: a button for each type of event, which steps through those of the type. */
function Events({ item, call, selected, onShow }: Props) {
  return (
    <div
      class="talk__events"
      role="group"
      aria-label={item.kind === "turn" ? "Events of this turn" : "Event"}
    >
      {byType(item.entries, call).map(({ type, entries }) => {
        const at = selected ? entries.indexOf(selected) : -1;
        const count = entries.length;
        const [first, last] = [entries[0] as Entry, entries.at(-1) as Entry];
        const when =
          count === 1
            ? `At ${formatTime(first.event.at)}`
            : `${plural(count, "event")} from ${formatTime(first.event.at)} to ${formatTime(last.event.at)}. Each click shows the next one`;
        return (
          <button
            key={type}
            type="button"
            class="talk__event"
            aria-pressed={at >= 0}
            title={when}
            onClick={(event) => {
              event.stopPropagation();
              onShow(entries[(at + 1) % count] as Entry);
            }}
          >
            {type}
            {count > 1 &&
              (at < 0
                ? ` ×${formatCount(count)}`
                : ` ${formatCount(at + 1)}/${formatCount(count)}`)}
          </button>
        );
      })}
    </div>
  );
}
