import {
  computed,
  effect,
  type ReadonlySignal,
  type Signal,
  signal,
  untracked,
} from "@preact/signals";
import * as v from "valibot";

import { messageType, readTypePath, typeAt, type TypePath } from "../../core/daily/message-type";
import { createTypeFinder, type TypeFinder } from "../../core/daily/type-finder";
import { pathText } from "../../core/lib/paths";
import { insideOf } from "../../core/protocols/fields";
import { createFollower } from "../../core/lib/slices";
import type { CallState } from "../../core/session/call-state";
import { channelOf, viewOf } from "../../core/session/event-view";
import type { Entry } from "../../core/session/session-log";
import type { Session } from "./session";

/** Paths as they were typed, by the origin of the page. */
export const typePathsSchema = v.record(v.string(), v.string());

/** What is known of where the app of an origin names the type of its messages. */
type TypePlace = {
  readonly origin: string;
  /** As it was typed; undefined where the user has set none. */
  readonly chosen: string | undefined;
  /** What was found in the traffic, as it is typed; undefined where messages name their type in no one place. */
  readonly found: string | undefined;
  /** Other places that could. */
  readonly candidates: readonly string[];
  /** Of the latest own messages of the app, how many there are, and how many have a name at the place that counts. */
  readonly messages: number;
  readonly named: number;
};

export type TypePaths = {
  /** By origin, as they were typed. */
  readonly chosen: Signal<Readonly<Record<string, string>>>;
  /** What is known of the app of a call; undefined for a call of a page without an origin. */
  placeOf(call: CallState | undefined): TypePlace | undefined;
  /** Sets the path of an origin, or with an empty text goes back to what is found. Returns what is wrong with a text. */
  choose(origin: string, text: string): string | undefined;
};

/** Long enough to be of use, short enough that no one waits for it. */
const SLICE_MS = 8;
/** Own messages of an app are looked at until so many were seen; they tell no more after that. */
const MAX_LEARNT = 5_000;
/** The latest, to tell what a place would say of them. */
const MAX_SAMPLES = 50;
/** Origins of which a path is kept; of more, the oldest choices go. */
const MAX_ORIGINS = 200;

export const NOT_A_PATH =
  "Not a path. Join names with dots (msg.type), and two fields with + (label+type)";

type App = {
  readonly finder: TypeFinder;
  readonly samples: unknown[];
  seen: number;
  /** The path that was found to tell more than no path, as it is typed: it counts until another is found. */
  told: string | undefined;
};

/** As it is typed: `msg.type`, `label+type`. */
const textOf = (path: TypePath): string => path.map((each) => pathText(each)).join("+");

/** The origin of a page; undefined for one that has none, as a file. */
function originOf(url: string): string | undefined {
  const { origin } = URL.canParse(url) ? new URL(url) : { origin: "null" };
  return origin === "null" ? undefined : origin;
}

/**
 * Where apps name the type of their messages: as the user says for the origin of the page, or else as the traffic tells.
 * What that changes is read again. Each event is looked at once, in slices.
 */
export function createTypePaths(
  session: ReadonlySignal<Session>,
  later: (run: () => void, delayMs: number) => unknown = setTimeout,
): TypePaths {
  const chosen = signal<Readonly<Record<string, string>>>({});
  const revision = signal(0);
  const apps = new WeakMap<Session, Map<string, App>>();
  let of = session.peek();
  let isAsked = false;

  const appsOf = (shown: Session): Map<string, App> => {
    const known = apps.get(shown) ?? new Map<string, App>();
    apps.set(shown, known);
    return known;
  };

  function learn(entry: Entry): void {
    const { event } = entry;
    const call = channelOf(entry) === "app-message" ? of.callOf(event.callId) : undefined;
    const origin = call && originOf(call.url);
    if (origin === undefined) return;
    const known = appsOf(of);
    let app = known.get(origin);
    if (!app)
      known.set(
        origin,
        (app = { finder: createTypeFinder(), samples: [], seen: 0, told: undefined }),
      );
    if (app.seen >= MAX_LEARNT) return;
    const { decoded, value, payload } = viewOf(entry, call);
    if (decoded || !payload) return;
    app.seen++;
    app.finder.learn(value);
    app.samples.push(value);
    if (app.samples.length > MAX_SAMPLES) app.samples.shift();
  }

  const follower = createFollower<Entry>({ take: learn, startOver() {}, dropBefore() {} });

  /** The path that counts for an origin: a found one only where messages would be read otherwise without it. */
  function pathOf(origin: string): TypePath | undefined {
    const text = chosen.peek()[origin];
    if (text !== undefined) return readTypePath(text);
    const app = appsOf(of).get(origin);
    const path = app?.finder.path();
    if (!app || !path) return undefined;
    const tells = (each: unknown) => messageType(each, path)?.label !== messageType(each)?.label;
    const typed = textOf(path);
    if (app.told !== typed && app.samples.some(tells)) app.told = typed;
    return app.told === typed ? path : undefined;
  }

  /** Tells the calls, and has what was read of them by another path read again. */
  function apply(): void {
    const { calls } = of.log;
    const paths = new Map<string, TypePath | undefined>();
    let isOther = false;
    for (const [callId, call] of calls) {
      const origin = originOf(call.url);
      if (origin === undefined) continue;
      if (!paths.has(origin)) paths.set(origin, pathOf(origin));
      const typePath = paths.get(origin);
      if (JSON.stringify(typePath) === JSON.stringify(call.typePath)) continue;
      calls.set(callId, { ...call, typePath });
      isOther ||= (of.log.ofCall.get(callId)?.length ?? 0) > 0;
    }
    if (isOther) of.cut();
  }

  function advance(): void {
    isAsked = false;
    const now = session.peek();
    if (now !== of) {
      of = now;
      follower.startOver();
    }
    const end = performance.now() + SLICE_MS;
    const isComplete = follower.advance(of.log.entries, () => performance.now() > end);
    apply();
    revision.value++;
    if (!isComplete) goOn();
  }

  function goOn(): void {
    if (isAsked) return;
    isAsked = true;
    later(advance, 0);
  }

  effect(() => {
    void [session.value.counts.value, chosen.value];
    untracked(goOn);
  });

  const shownChosen = computed(() => (revision.value, chosen.value));

  return {
    chosen,
    placeOf(call) {
      const origin = call && originOf(call.url);
      if (origin === undefined) return undefined;
      const own = shownChosen.value[origin];
      const app = appsOf(session.value).get(origin);
      const found = app?.finder.path();
      const path = own === undefined ? found : readTypePath(own);
      const samples = app?.samples ?? [];
      return {
        origin,
        chosen: own,
        found: found && textOf(found),
        candidates: (app?.finder.candidates() ?? []).map((each) => textOf(each.path)),
        messages: samples.length,
        named: path
          ? samples.filter((each) => typeAt(insideOf(each), path) !== undefined).length
          : 0,
      };
    },
    choose(origin, text) {
      const trimmed = text.trim();
      if (trimmed !== "" && !readTypePath(trimmed)) return NOT_A_PATH;
      const others = Object.entries(chosen.peek()).filter(([each]) => each !== origin);
      const kept = others.slice(1 - MAX_ORIGINS);
      chosen.value = Object.fromEntries(trimmed === "" ? kept : [...kept, [origin, trimmed]]);
      return undefined;
    },
  };
}
