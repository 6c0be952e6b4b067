import type { BrowserContext, Frame, Page } from "playwright-core";

import { writeRecording } from "../core/recording/write-recording";
import type { Contract } from "../core/contract/contract";
import { placeOf } from "../core/lib/slices";
import type { CallState } from "../core/session/call-state";
import { channelOf } from "../core/session/event-view";
import { isNamed, sessionIdOf } from "../core/session/people";
import type { Entry } from "../core/session/session-log";
import type { CommandAction } from "../extension/protocol/command";
import type {
  Daily,
  DailyDelivery,
  DailyFinding,
  DailyRow,
  DailySend,
  FindingsOptions,
  Muted,
  Whom,
} from "./api";
import {
  callsOf,
  describeCall,
  describeDelivery,
  describeFinding,
  describeRoom,
  describeRow,
  isPlace,
  ownerOf,
  type Scene,
} from "./describe";
import { describeConversation } from "./describe-conversation";
import { createFindingsTest } from "./findings-test";
import { checkingArguments } from "./parameters";
import { createWatched, type Watched } from "./watched";

const DEFAULT_TIMEOUT_MS = 5_000;
const WATCHED_ALREADY =
  "This context is watched already. Use the `daily` that watches it: the fixture, or what watchDaily() returned.";

/** What is behind each `Daily`, for the matchers. */
const internals = new WeakMap<Daily, { readonly watched: Watched; readonly muted: Muted }>();
/** The log that each watched context is part of. */
const ofContext = new WeakMap<BrowserContext, Daily>();

/** Whether a value is what watchDaily() or the fixture gives. */
export const isDaily = (value: unknown): value is Daily => internals.has(value as Daily);

/** What is behind a `Daily`. Throws for anything else. */
export function internalsOf(daily: Daily): { readonly watched: Watched; readonly muted: Muted } {
  const found = internals.get(daily);
  if (!found) throw new Error("This isn't what watchDaily() or the fixture daily gives.");
  return found;
}

/** Lets coding agents have the watched pages send and set data. */
export function letAgentsCommand(daily: Daily): void {
  internalsOf(daily).watched.agents.mayCommand = true;
}

/** The log that a context is part of; undefined for one that isn't watched. */
export const dailyOf = (context: BrowserContext): Daily | undefined => ofContext.get(context);

/** A log that no page is part of yet. */
export function createDaily(muted: Muted, baseline?: Contract): Daily {
  const watched = createWatched(baseline);
  const { log } = watched;
  // Rows that are only asked for are cheap: their lines are those of the scripts.
  const scene: Scene = { ...watched.scene, originalOf: () => undefined };
  const describe = (entries: readonly Entry[]): DailyRow[] =>
    entries.flatMap((entry) => describeRow(entry, scene) ?? []);

  async function matching(filter: string, isWanted: (entry: Entry) => boolean): Promise<Entry[]> {
    const matches = watched.matcherOf(filter);
    await watched.catchUp();
    return watched.byTime().filter((entry) => isWanted(entry) && matches(entry));
  }

  /** The latest call of someone. Throws where there is none. */
  function callOf(whom: Whom): CallState {
    const call = callsOf(whom, scene).at(-1);
    if (call) return call;
    const who = isPlace(whom) ? `on ${whom.url()}` : `of ${whom}`;
    throw new Error(`There is no call ${who}. Calls in view: ${inView()}.`);
  }

  const inView = (): string =>
    [...log.calls.values()].map((call) => ownerOf(call)).join(", ") || "none";

  const daily = checkingArguments({
    async watch(context) {
      const other = ofContext.get(context);
      if (other && other !== daily) throw new Error(WATCHED_ALREADY);
      ofContext.set(context, daily);
      await watched.watch(context);
    },

    async calls() {
      await watched.catchUp();
      return [...log.documents.values()].flatMap(({ documentId, callIds }) =>
        [...callIds].flatMap((callId) => {
          const call = log.calls.get(callId);
          return call ? [describeCall(call, documentId, scene)] : [];
        }),
      );
    },

    rows: async (filter = "") => describe(await matching(filter, () => true)),

    messages: async (filter = "") =>
      describe(await matching(filter, (entry) => channelOf(entry) === "app-message")),

    async room(of) {
      await watched.catchUp();
      return describeRoom(callOf(of));
    },

    async findings(options) {
      await watched.catchUp();
      if (watched.judge.findings().length > 0) await watched.findSources();
      return findingsIn(daily, options);
    },

    async deliveries(filter = ""): Promise<DailyDelivery[]> {
      const entries = await matching(filter, isSent);
      return entries.flatMap((entry) => {
        const { receptions = [] } = watched.outcomeOf(entry) ?? {};
        return describeDelivery(entry, receptions, scene) ?? [];
      });
    },

    async conversation(of) {
      await watched.catchUp();
      return describeConversation(log, of === undefined ? undefined : callOf(of).callId);
    },

    async waitFor(filter, { timeout = DEFAULT_TIMEOUT_MS } = {}) {
      const matches = watched.matcherOf(filter);
      // What a later event tells of one may change the answer.
      const isSure = !matches.isVolatile && !matches.asksDelivered;
      let next = 0;
      const find = (): Entry | undefined => {
        const found = log.entries.slice(placeOf(log.entries, next)).find(matches);
        if (isSure) next = log.nextIndex;
        return found;
      };
      const entry = await watched.until(find, timeout);
      const row = entry && describeRow(entry, scene);
      if (row) return row;
      throw new Error(
        `Nothing passed the filter ${JSON.stringify(filter)} in ${timeout} ms, of ${log.entries.length} events so far. Calls in view: ${inView()}.`,
      );
    },

    async send(from, what) {
      await watched.catchUp();
      const call = callOf(from);
      const commandId = watched.perform(call, actionOf(what, call));
      const entry = await watched.until(() => log.outcomes.get(commandId), DEFAULT_TIMEOUT_MS);
      const row = entry && describeRow(entry, scene);
      if (!row) throw new Error("The page didn't answer: it may be busy, or have been left.");
      const isRefused = row.error !== undefined && row.direction !== "received";
      if (isRefused || row.name === "command-failed") throw new Error(row.error);
      return row;
    },

    async recording({ maskValues = false } = {}) {
      await watched.catchUp();
      const withCall = [...log.documents.values()].filter(({ callIds }) => callIds.size > 0);
      const pages = new Set(withCall.map(({ documentId }) => scene.placeOf(documentId)?.page));
      const [first] = log.documents.keys();
      const page = first === undefined ? undefined : scene.placeOf(first)?.page;
      const title = await page?.title().catch(() => "");
      const info = {
        recordedAt: new Date(scene.now()),
        page: { url: page?.url() ?? "", title: title ?? "" },
        userAgent: "",
      };
      const blob = await writeRecording(log, info, {
        entries: undefined,
        isMasked: maskValues,
        areSeats: pages.size > 1,
      });
      return blob.text();
    },
  });

  function actionOf(what: DailySend, call: CallState): CommandAction {
    if ("message" in what)
      return {
        kind: "send-app-message",
        json: JSON.stringify(what.message),
        to: recipients(what.to, call),
      };
    if ("incoming" in what)
      return {
        kind: "receive-app-message",
        json: JSON.stringify(what.incoming),
        fromId: senderId(what.from, call),
      };
    if ("sessionData" in what) {
      const { sessionData, mergeStrategy = "replace" } = what;
      const gone = Object.keys(sessionData).filter((key) => sessionData[key] === undefined);
      const json = JSON.stringify(sessionData);
      return { kind: "set-meeting-session-data", json, mergeStrategy, keysToDelete: gone };
    }
    return { kind: "set-user-data", json: JSON.stringify(what.userData) };
  }

  function recipients(
    to: Whom | readonly Whom[] = "*",
    call: CallState,
  ): string | readonly string[] {
    const idOf = (whom: Whom) => (isPlace(whom) ? ownId(whom) : sessionIdOf(whom, call));
    return Array.isArray(to) ? (to as readonly Whom[]).map(idOf) : idOf(to as Whom);
  }

  /** The session id of someone; a text that no one in the call is named by is taken for an id: it only has to look sent. */
  function senderId(whom: Whom, call: CallState): string {
    if (isPlace(whom)) return ownId(whom);
    const ids = [...call.history.people.people.keys()];
    return ids.findLast((id) => isNamed(whom, id, call)) ?? whom;
  }

  /** The session id of a page. Throws where it hasn't joined. */
  function ownId(place: Page | Frame): string {
    const id = callOf(place).history.people.localId();
    if (id === undefined) throw new Error(`The call on ${place.url()} hasn't joined yet.`);
    return id;
  }

  internals.set(daily, { watched, muted });
  return daily;
}

/** What was found by now, without what is muted. */
export function findingsIn(daily: Daily, options: FindingsOptions = {}): DailyFinding[] {
  const { watched, muted } = internalsOf(daily);
  const isWanted = createFindingsTest(options, muted);
  return watched.judge
    .findings()
    .filter(isWanted)
    .map((finding) => describeFinding(finding, watched.scene));
}

/** Whether an entry is an app message that a page sent. */
const isSent = ({ event }: Entry): boolean =>
  event.kind === "method-called" &&
  event.method === "sendAppMessage" &&
  event.outcome === "returned";
