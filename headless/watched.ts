import { randomUUID } from "node:crypto";

import type { BrowserContext, Frame, Page } from "playwright-core";

import { whyNot } from "../core/daily/command";
import type { Contract } from "../core/contract/contract";
import { createStrictMatcher, type Matcher } from "../core/filter/filter";
import { createCallIds } from "../core/session/call-ids";
import type { CallState } from "../core/session/call-state";
import {
  append,
  createSessionLog,
  type Entry,
  foldOldest,
  openDocument,
} from "../core/session/session-log";
import type { CommandAction } from "../extension/protocol/command";
import { readBatch } from "../extension/protocol/read-batch";
import { createCapture } from "./capture";
import { stackOf } from "../core/session/event-facts";
import type { Scene } from "./describe";
import { createJudge } from "../core/rules/judge";
import { createScripts } from "./scripts";

/** So often it is looked whether time alone has changed an answer, in ms; and how much later than asked that may be. */
const LOOK_EVERY_MS = 100;
/** So often pages that say nothing are asked whether they run, while something is waited for: then what they didn't get is lost. */
const PROBE_EVERY_MS = 1_000;

export type Watched = ReturnType<typeof createWatched>;

/** The log of all watched pages. Each of them is judged as a page of its own, and compared with a baseline if there is one. */
export function createWatched(baseline?: Contract) {
  const log = createSessionLog();
  const judge = createJudge(log, baseline);
  const callIds = createCallIds();
  const contexts = new WeakSet<BrowserContext>();
  const places = new Map<string, { page: Page; frame: Frame }>();
  const listeners = new Set<() => void>();
  /** By how much the clock of the pages is ahead of that of this process, in ms: epoch against its own start. */
  let ahead = -Infinity;

  const noteTime = (at: number): void => void (ahead = Math.max(ahead, at - performance.now()));
  /** The time by the clock of the pages, in epoch ms. */
  const now = () => (ahead === -Infinity ? Date.now() : performance.now() + ahead);
  const changed = (): void => {
    for (const listener of listeners) listener();
  };

  const capture = createCapture({
    opened({ documentId, url, page, frame }) {
      places.set(documentId, { page, frame });
      const frameId = frame.parentFrame() ? [...places.keys()].length : 0;
      openDocument(log, { documentId, frameId, url });
    },
    received(documentId, text) {
      const batch = readBatch(text);
      if (!batch.ok) return;
      for (const event of callIds.apart(documentId, batch.events)) {
        noteTime(event.at);
        append(log, documentId, event);
      }
      judge.advance(now());
      foldOldest(log);
      changed();
    },
    answered(documentId, at) {
      noteTime(at);
      judge.deliveries.ran(documentId, at);
    },
    closed(documentId) {
      const document = log.documents.get(documentId);
      if (document) document.isConnected = false;
      changed();
    },
  });

  const scripts = createScripts(capture.fetchIn);
  const scene: Scene = {
    log,
    now,
    placeOf: (documentId) => places.get(documentId),
    originalOf: scripts.originalOf,
  };
  const callOf = (callId: string): CallState | undefined => log.calls.get(callId);

  let probedAt = -Infinity;
  function probeSilent(): void {
    if (performance.now() < probedAt + PROBE_EVERY_MS) return;
    probedAt = performance.now();
    for (const documentId of judge.deliveries.silent(now())) capture.probe(documentId);
  }

  /** All that the pages have done by now is in the log, and looked at. */
  async function catchUp(): Promise<void> {
    await capture.flush();
    judge.advance(now());
  }

  return {
    log,
    judge,
    scene,
    watch(context: BrowserContext): Promise<void> {
      if (!contexts.has(context)) scripts.watch(context);
      contexts.add(context);
      return capture.watch(context);
    },
    catchUp,
    /** Finds the lines of the sources behind the stacks so far, as far as that is possible. For when a test fails. */
    findSources: () => scripts.look(log.entries.flatMap(({ event }) => stackOf(event) ?? [])),
    /** What became of a message or a write at the other ends, by now. */
    outcomeOf: (entry: Entry) => judge.deliveries.outcomeOf(entry, now()),

    /** The test of a filter in the panel's language. Throws for one that it doesn't understand. */
    matcherOf: (filter: string): Matcher =>
      createStrictMatcher(filter, {
        callOf,
        now,
        latestAt: () => log.entries.at(-1)?.event.at ?? 0,
        outcomeOf: (entry) => judge.deliveries.outcomeOf(entry, now()),
      }),

    /** The entries by time: those of several pages come in one by one. */
    byTime: (): readonly Entry[] => log.entries.toSorted((a, b) => a.event.at - b.event.at),

    /**
     * Asks until the answer isn't undefined, whenever something happened and now and then; undefined when time is up
     * (ms).
     */
    until<T>(ask: () => T | undefined, timeoutMs: number): Promise<T | undefined> {
      return new Promise((resolve, reject) => {
        const attempt = (isLast: boolean): void => {
          try {
            judge.advance(now());
            const answer = ask();
            if (answer !== undefined || isLast) end(() => resolve(answer));
          } catch (error) {
            end(() => reject(error as Error));
          }
        };
        const listener = () => attempt(false);
        const timer = setInterval(() => {
          probeSilent();
          attempt(false);
        }, LOOK_EVERY_MS);
        const deadline = setTimeout(() => {
          // What happened at the last moment counts.
          void capture.flush().then(() => attempt(true));
        }, timeoutMs);
        listeners.add(listener);
        function end(settle: () => void): void {
          listeners.delete(listener);
          clearInterval(timer);
          clearTimeout(deadline);
          settle();
        }
        attempt(false);
      });
    },

    /** Has a call do something. Returns the id by which its outcome is found in the log. Throws when that is of no use. */
    perform(call: CallState, action: CommandAction): string {
      const documentId = log.ofCall.get(call.callId)?.at(-1)?.documentId ?? "";
      const isLive = log.documents.get(documentId)?.isConnected === true;
      const problem = whyNot(action.kind, { ...call, isLive });
      if (problem !== undefined) throw new Error(problem);
      const commandId = randomUUID();
      const isSent = capture.perform(documentId, {
        commandId,
        callId: callIds.inPage(call.callId),
        action,
      });
      if (!isSent) throw new Error("The page of this call can't be reached.");
      return commandId;
    },
  };
}
