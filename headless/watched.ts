import { randomUUID } from "node:crypto";

import type { BrowserContext, Frame, Page } from "playwright-core";

import { createAgentSession } from "../core/agent-tools/agent-session";
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
import type { AgentAnswer, AgentRequest } from "../extension/protocol/agent-tools";
import { AGENT_COMMAND, type CommandAction } from "../extension/protocol/command";
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

/** Less than an agent waits for its page. */
const AGENT_PATIENCE_MS = 5_000;
const AGENTS_REFUSED =
  "Commands of agents are off. Whoever watches this page can allow them: agentCommands: true.";

export type Watched = ReturnType<typeof createWatched>;

/** The log of all watched pages. Each of them is judged as a page of its own, and compared with a baseline if there is one. */
export function createWatched(baseline?: Contract) {
  const log = createSessionLog();
  const judge = createJudge(log, baseline);
  const callIds = createCallIds();
  const contexts = new WeakSet<BrowserContext>();
  /** What the test allows coding agents to do. */
  const agents = { mayCommand: false };
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
    asked: (documentId, request) => answerAgent(documentId, request),
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

  /** Coding agents can ask about their own document only: any script of the page can ask, too. */
  async function answerAgent(
    documentId: string,
    { id, tool, args }: AgentRequest,
  ): Promise<AgentAnswer> {
    const url = log.documents.get(documentId)?.url ?? "";
    const session = createAgentSession({ documentId, url }, now);
    const own = log.entries.filter((entry) => entry.documentId === documentId);
    session.take(own.map(({ event }) => event));
    try {
      const json = await session.answer(
        { tool, args },
        {
          whyRefused: () => (agents.mayCommand ? undefined : AGENTS_REFUSED),
          async perform(callId, action) {
            const call = callOf(callId);
            if (!call) return undefined;
            const commandId = perform(call, action, AGENT_COMMAND);
            return (await until(() => log.outcomes.get(commandId), AGENT_PATIENCE_MS))?.event;
          },
        },
      );
      return { id, ok: true, json };
    } catch (error) {
      return { id, ok: false, message: (error as Error).message };
    }
  }

  /** All that the pages have done by now is in the log, and looked at. */
  async function catchUp(): Promise<void> {
    await capture.flush();
    judge.advance(now());
  }

  /**
   * Asks until the answer isn't undefined, whenever something happened and now and then; undefined when time is up
   * (ms).
   */
  function until<T>(ask: () => T | undefined, timeoutMs: number): Promise<T | undefined> {
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
  }

  /** Has a call do something. Returns the id, begun with a prefix, by which its outcome is found in the log. Throws when that is of no use. */
  function perform(call: CallState, action: CommandAction, prefix = ""): string {
    const documentId = log.ofCall.get(call.callId)?.at(-1)?.documentId ?? "";
    const isLive = log.documents.get(documentId)?.isConnected === true;
    const problem = whyNot(action.kind, { ...call, isLive });
    if (problem !== undefined) throw new Error(problem);
    const commandId = prefix + randomUUID();
    const isSent = capture.perform(documentId, {
      commandId,
      callId: callIds.inPage(call.callId),
      action,
    });
    if (!isSent) throw new Error("The page of this call can't be reached.");
    return commandId;
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

    until,
    perform,
    agents,
  };
}
