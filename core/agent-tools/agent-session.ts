import {
  AGENT_TOOLS,
  type AgentRequest,
  type AgentToolName,
} from "../../extension/protocol/agent-tools";
import type { CommandAction } from "../../extension/protocol/command";
import type { PageEvent } from "../../extension/protocol/event";
import { whyNot } from "../daily/command";
import { isSessionData } from "../daily/merge";
import { withoutSecrets } from "../lib/secrets";
import { createJudge } from "../rules/judge";
import type { CallState } from "../session/call-state";
import { errorOf } from "../session/event-facts";
import { sessionIdOf } from "../session/people";
import { append, createSessionLog, foldOldest, openDocument } from "../session/session-log";
import { ANSWERS, callOf, type Seen } from "./answers";
import { type Arguments, readArguments } from "./read-arguments";

/** How an agent's commands reach the page. */
export type AgentCommands = {
  /** Why they are refused, with the user's way to allow them; undefined while they are allowed. */
  whyRefused(): Promise<string | undefined> | string | undefined;
  /** Has a call do something. Resolves to the event that tells how it went; undefined when the page didn't answer. */
  perform(callId: string, action: CommandAction): Promise<PageEvent | undefined>;
};

export type AgentSession = {
  /** Number of the last event that was taken in; 0 before the first. */
  lastSeq(): number;
  /** The outcome of a command; undefined while there is none. */
  outcomeOf(commandId: string): PageEvent | undefined;
  /** Takes in events of the document; those that it has already are skipped. */
  take(events: readonly PageEvent[]): void;
  /**
   * Answers one use of a tool from what was taken in. Resolves to JSON text without tokens. Rejects with an Error with a
   * sentence for whatever can't be answered.
   */
  answer(request: Omit<AgentRequest, "id">, commands: AgentCommands): Promise<string>;
};

/** What agents can ask about one document: only what its own hook saw. `now`: epoch ms. */
export function createAgentSession(
  { documentId, url }: { readonly documentId: string; readonly url: string },
  now: () => number,
): AgentSession {
  const log = createSessionLog();
  const document = openDocument(log, { documentId, frameId: 0, url });
  const judge = createJudge(log);
  const seen: Seen = { log, judge, now };

  return {
    lastSeq: () => document.lastSeq,
    outcomeOf: (commandId) => log.outcomes.get(commandId)?.event,
    take(events) {
      for (const event of events) append(log, documentId, event);
      judge.advance(now());
      foldOldest(log);
    },
    async answer({ tool: name, args: text }, commands) {
      const tool = AGENT_TOOLS.find((each) => each.name === name);
      if (!tool) throw new Error(`There is no tool ${JSON.stringify(name.slice(0, 60))}.`);
      const args = readArguments(tool, text);
      judge.advance(now());
      const result = isCommand(tool.name)
        ? await perform(tool.name, args, commands)
        : ANSWERS[tool.name](seen, args);
      return JSON.stringify(withoutSecrets(result));
    },
  };

  async function perform(
    name: CommandName,
    args: Arguments,
    commands: AgentCommands,
  ): Promise<object> {
    const refused = await commands.whyRefused();
    if (refused !== undefined) throw new Error(refused);
    const call = callOf(seen, args);
    const action = ACTIONS[name](args, call);
    const problem = whyNot(action.kind, { ...call, isLive: true });
    if (problem !== undefined) throw new Error(problem);
    const event = await commands.perform(call.callId, action);
    if (!event) throw new Error("The page didn't answer: it may be busy, or have been left.");
    const error = errorOf(event);
    if (error !== undefined) throw new Error(error);
    return {
      number: event.seq,
      note: "Done. daily_event with this number tells what becomes of it.",
    };
  }
}

type CommandName = Exclude<AgentToolName, keyof typeof ANSWERS>;

const isCommand = (name: AgentToolName): name is CommandName => !(name in ANSWERS);

const ACTIONS: {
  readonly [N in CommandName]: (args: Arguments, call: CallState) => CommandAction;
} = {
  daily_send_app_message: ({ data, to = "*" }, call) => ({
    kind: "send-app-message",
    json: JSON.stringify(data),
    to: sessionIdOf(to as string, call),
  }),
  daily_set_user_data: ({ data }) => ({ kind: "set-user-data", json: JSON.stringify(data) }),
  daily_set_session_data({ data, mergeStrategy = "shallow-merge" }) {
    if (!isSessionData(data)) throw new Error("Session data must be an object.");
    return {
      kind: "set-meeting-session-data",
      json: JSON.stringify(data),
      mergeStrategy: mergeStrategy as "replace" | "shallow-merge",
      keysToDelete: [],
    };
  },
};
