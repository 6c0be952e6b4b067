import { type AgentCommands, createAgentSession } from "../core/agent-tools/agent-session";
import type { AnnouncedDocument, Link, LinkPort } from "./link";
import type { AgentRequest } from "./protocol/agent-tools";
import { AGENT_COMMAND, type Command, type CommandAction } from "./protocol/command";
import { type CommandMessage, type Hello, PROTOCOL_VERSION } from "./protocol/envelope";
import type { PageEvent } from "./protocol/event";
import { readBatch } from "./protocol/read-batch";

/** Longer than this the page isn't waited for, in milliseconds: twice, it is less than an agent waits for the page. */
const PATIENCE_MS = 3_000;
/** Agents ask several things in a row. In milliseconds, and less than after which Chromium ends an idle background. */
const IDLE_MS = 20_000;
/** So many requests may wait; no agent has more. */
const MAX_WAITING = 20;

/** A batch with fewer events and less text wasn't cut (the bounds are in `content-script/outbox.ts`): it has all there was. */
const UNCUT = { events: 64, chars: 32_768 };
/** A flood must not hold up the answer: by then, all that there was when it was asked has come. */
const MAX_ROUNDS = 100;

export type AgentDocument = {
  /** Answers a request from all that the page has done by now. Resolves to JSON text; rejects with an Error with a sentence. */
  answer(request: Pick<AgentRequest, "tool" | "args">): Promise<string>;
};

type Batch = { readonly events: readonly PageEvent[]; readonly chars: number };

/**
 * One document, with a session of its own that requests are answered from. Connects when it is asked, by the link that
 * panels use. Disconnects after a while without a request and calls `onEnd`, as when the document is gone.
 */
export function createAgentDocument(
  document: AnnouncedDocument,
  link: Pick<Link, "connect">,
  whyRefused: AgentCommands["whyRefused"],
  onEnd: () => void,
): AgentDocument {
  const session = createAgentSession(document, Date.now);
  /** Each is shown every batch, and undefined when no more come. */
  const waiters = new Set<(batch: Batch | undefined) => void>();
  let port: LinkPort | undefined;
  let idle: ReturnType<typeof setTimeout> | undefined;
  let waiting = 0;
  let latest: Promise<unknown> = Promise.resolve();

  function open(): LinkPort {
    port ??= link.connect(document, receive, end);
    return port;
  }

  function end(): void {
    clearTimeout(idle);
    port = undefined;
    onEnd();
    for (const show of waiters) show(undefined);
  }

  function receive(text: unknown): void {
    const batch = readBatch(text);
    if (!batch.ok) return;
    session.take(batch.events);
    for (const show of waiters) show({ events: batch.events, chars: String(text).length });
  }

  /** Sends a message, and resolves to the batch that answers it; rejects when none does in time. */
  function ask(
    message: Hello | CommandMessage,
    isAnswer: (batch: Batch) => boolean,
  ): Promise<Batch> {
    return new Promise((resolve, reject) => {
      const settle = (batch: Batch | undefined): void => {
        if (batch && !isAnswer(batch)) return;
        clearTimeout(timer);
        waiters.delete(settle);
        if (batch) resolve(batch);
        else
          reject(
            new Error(
              "The page didn't answer: it may be busy, paused or left, or the inspector is turned off on it.",
            ),
          );
      };
      const timer = setTimeout(() => settle(undefined), PATIENCE_MS);
      waiters.add(settle);
      open().send(JSON.stringify(message));
    });
  }

  /**
   * Takes in all that the page has done by now. It is asked for the last known event once more: its answer begins with
   * that one, which tells it from batches that were on their way, and has all that came since.
   */
  async function catchUp(): Promise<void> {
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const last = session.lastSeq();
      const after = Math.max(0, last - 1);
      const { events, chars } = await ask(
        { protocol: PROTOCOL_VERSION, kind: "hello", after },
        // Past a gap, the last known event is no longer kept.
        ({ events: [first] }) => last === 0 || first?.seq === last || (first?.seq ?? 0) > last + 1,
      );
      if (
        last > 0 &&
        (events.length === 1 || (events.length < UNCUT.events && chars < UNCUT.chars))
      )
        return;
    }
  }

  async function perform(callId: string, action: CommandAction): Promise<PageEvent | undefined> {
    const commandId = AGENT_COMMAND + crypto.randomUUID();
    const command: Command = { commandId, callId, action };
    await ask(
      { protocol: PROTOCOL_VERSION, kind: "command", command },
      () => session.outcomeOf(commandId) !== undefined,
    );
    return session.outcomeOf(commandId);
  }

  async function answer(request: Pick<AgentRequest, "tool" | "args">): Promise<string> {
    await catchUp();
    return session.answer(request, { whyRefused, perform });
  }

  return {
    async answer(request) {
      if (waiting >= MAX_WAITING)
        throw new Error("Too many requests at once. Wait for the answers.");
      waiting++;
      clearTimeout(idle);
      // One after the other: each catches up by itself.
      const answered = latest.then(() => answer(request));
      latest = answered.catch(() => {});
      try {
        return await answered;
      } finally {
        waiting--;
        if (waiting === 0)
          idle = setTimeout(() => {
            port?.close();
            end();
          }, IDLE_MS);
      }
    },
  };
}
