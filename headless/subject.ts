import type { Frame, Page } from "playwright-core";

import type { Entry } from "../core/session/session-log";
import type { Daily } from "./api";
import { isAt, isPlace } from "./describe";
import { dailyOf, internalsOf, isDaily } from "./daily";
import { shown } from "./parameters";
import type { Watched } from "./watched";

/** Something that is expected, asked again and again. */
export type Check = {
  /** Whether it is so by now. `isFinal`: asked for the last time, everything is to be looked at again. */
  isMet(isFinal?: boolean): boolean;
  /** Whether it can't come to be any more. */
  isHopeless?(): boolean;
  /** Why it isn't so; of what was expected not to be, why it is. */
  explain(isNot: boolean): string;
  /** It is so only as long as nothing more happens. */
  readonly isExact?: boolean;
  /** It is so until something happens: what is expected is asked once. */
  readonly holdsNow?: boolean;
  /** It may end: what is expected not to be is waited for. */
  readonly canEnd?: boolean;
};

/** Where to look. */
export type Where = {
  readonly daily: Daily;
  readonly watched: Watched;
  /** The page or frame that it is about; undefined for all. */
  readonly at: Page | Frame | undefined;
  /** Whether an entry is of what it is about. */
  isHere(entry: Pick<Entry, "documentId">): boolean;
};

/** What a matcher was given, as where to look. Throws for what isn't watched. */
export function subjectOf(subject: Daily | Page | Frame): Where {
  const at = isPlace(subject) ? subject : undefined;
  if (!at && !isDaily(subject))
    throw new Error(`the received value must be daily, a page or a frame, not ${shown(subject)}.`);
  const daily = at ? dailyOf(contextOf(at)) : (subject as Daily);
  if (!daily)
    throw new Error(
      "The context of this page isn't watched. Call `await daily.watch(context)` before it opens pages.",
    );
  const { watched } = internalsOf(daily);
  return {
    daily,
    watched,
    at,
    isHere: ({ documentId }) => at === undefined || isAt(documentId, at, watched.scene),
  };
}

/** How a matcher's hint calls what it was given. */
export function subjectWord(subject: unknown): string {
  if (isPlace(subject)) return "page";
  return isDaily(subject) ? "daily" : "received";
}

const contextOf = (place: Page | Frame) => ("context" in place ? place : place.page()).context();
