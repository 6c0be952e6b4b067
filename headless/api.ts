/** The types of the package. They stand alone: who installs it gets them as they are. */
import type { BrowserContext, Frame, Page } from "playwright-core";

/** Someone in a room: the page or frame that has their call, or their name, user id or session id. */
export type Whom = Page | Frame | string;

export type Channel = "app-message" | "user-data" | "session-data" | "people" | "call";

/** One event of a call, as a row of the panel shows it. */
export type DailyRow = {
  readonly channel: Channel;
  /** `"none"` for what is neither: joins, leaves, errors. */
  readonly direction: "sent" | "received" | "none";
  /** The method or event: `sendAppMessage()`, `app-message`. */
  readonly name: string;
  /** Epoch milliseconds with fraction, by the clock of the browser. */
  readonly at: number;
  /** What an app message is about, where its data says so; undefined for anything else. */
  readonly type: string | undefined;
  /** The data as JSON carries it; undefined where there is none. */
  readonly data: unknown;
  /** The name of whoever sent it, or their session id. */
  readonly from: string | undefined;
  /** Names of those it is for; `["Everyone"]` for a broadcast. */
  readonly to: readonly string[];
  /** The name of the participant whose page this happened in; their session id, or `"You"` before the join. */
  readonly of: string;
  readonly page: Page | undefined;
  /** What became of it, in a word: `sent`, `refused`, `received`, `no listener`, `synced`, `replaced` … */
  readonly status: string | undefined;
  /** Why it was refused, or what its listener threw. */
  readonly error: string | undefined;
  /** One line that says what it is about. */
  readonly summary: string;
  /**
   * Where the app called the method, in the script as it was loaded: `https://app.example/main.js:12:7`. In the rows of
   * findings it is the line of the source, where a source map leads there.
   */
  readonly location: string | undefined;
  /** Number of the event within its page, and id of its call. */
  readonly seq: number;
  readonly callId: string;
};

/** What became of a message at one of those it was for. */
export type DailyReception = {
  /** Their name, or their session id. */
  readonly to: string;
  /**
   * `"unknown"`: their page isn't in view, or of equal messages it can't be told which one arrived. `"waiting"`: not
   * received so far. `"lost"`: their page ran for 5 s after it, and it never came.
   */
  readonly verdict:
    | "received"
    | "doubled"
    | "waiting"
    | "lost"
    | "left"
    | "joined later"
    | "unknown";
  /** From the call of the method to the event, in milliseconds. */
  readonly latencyMs: number | undefined;
  /** The same in words: `received after 12 ms by 1 listener in 0.1 ms`. */
  readonly text: string;
};

/** A message and what became of it at each end that is in view. */
export type DailyDelivery = {
  readonly message: DailyRow;
  readonly receptions: readonly DailyReception[];
};

/** A function that a bot's model called. */
export type DailyFunctionCall = {
  /** Undefined where the bot doesn't say it. */
  readonly name: string | undefined;
  readonly arguments: unknown;
  /** Undefined where there is none, or it isn't told. */
  readonly result: unknown;
  readonly isCancelled: boolean;
  /** From the call to its end, in milliseconds; undefined while it goes on. */
  readonly tookMs: number | undefined;
};

/** What happens on the way to a bot's answer, as far as its protocol tells. */
export type DailyMark =
  | "voice-stopped"
  | "user-stopped"
  | "transcript-final"
  | "first-token"
  | "first-audio"
  | "stopped";

/** What one side said until the other did. */
export type DailyTurn = {
  readonly role: "user" | "bot";
  /** Of whoever says it; `"User"` or `"Bot"` where no name is known. */
  readonly name: string;
  /** What was said: of a turn that was interrupted, what was said until then. */
  readonly text: string;
  /** The rest of what was to be said, where that is told; `""` otherwise. */
  readonly unsaid: string;
  readonly isInterrupted: boolean;
  /** Whether it was typed, not spoken. */
  readonly isTyped: boolean;
  readonly functionCalls: readonly DailyFunctionCall[];
  /** Epoch milliseconds; the end is undefined while it goes on. */
  readonly startedAt: number;
  readonly endedAt: number | undefined;
  /** How long the user waited for the first audio of a bot's answer, in milliseconds, where that is told. */
  readonly responseMs: number | undefined;
  /** Where the time of a bot's answer went. */
  readonly legs: readonly {
    readonly from: DailyMark;
    readonly to: DailyMark;
    readonly ms: number;
  }[];
};

/** What was said beside the turns: that someone is ready, an error, or a message of the app's own. */
export type DailyNotice = {
  readonly level: "fatal" | "error" | "info";
  readonly direction: "sent" | "received";
  readonly text: string;
  readonly at: number;
};

/** What a user and a bot said to each other, as the messages of the bot's protocol tell. */
export type DailyConversation = {
  /** Undefined where nothing was said. */
  readonly protocol: "rtvi" | "vapi" | "tavus" | "lemonslice" | "transcription" | undefined;
  /** The version that bot and client agreed on, where the protocol has one. */
  readonly version: string | undefined;
  readonly turns: readonly DailyTurn[];
  readonly notices: readonly DailyNotice[];
};

export type Level = "error" | "warning" | "info";

/** Something that went wrong, all that is alike in one: docs/rules.md lists the rules. */
export type DailyFinding = {
  /** `sent-before-join`. */
  readonly rule: string;
  readonly level: Level;
  readonly title: string;
  /** What happened, with its numbers. */
  readonly text: string;
  /** What to do about it. */
  readonly advice: string;
  /** A page of docs.daily.co. */
  readonly docs: string;
  /** The type of app message that it is about, where there is one. */
  readonly type: string | undefined;
  /** The name of the participant in whose page it was found. */
  readonly of: string;
  readonly page: Page | undefined;
  readonly count: number;
  /** Events that show it, the first ones and the latest. */
  readonly rows: readonly DailyRow[];
  /** Where the app made the first of them: the line of the source, where a source map leads there. */
  readonly location: string | undefined;
};

export type DailyCallInfo = {
  readonly callId: string;
  readonly page: Page | undefined;
  /** Own name; undefined before the first join. */
  readonly name: string | undefined;
  readonly sessionId: string | undefined;
  /** Address of the room, once it has joined. */
  readonly room: string | undefined;
  readonly status: "new" | "joining" | "joined" | "left" | "error" | "destroyed" | "failed";
  /** Of daily-js. */
  readonly version: string;
  /** Whether its page is still there. */
  readonly isLive: boolean;
};

export type DailyParticipant = {
  readonly name: string;
  readonly sessionId: string;
  readonly userId: string | undefined;
  readonly isLocal: boolean;
  readonly isOwner: boolean;
  readonly userData: unknown;
};

/** A room as one page knows it. */
export type DailyRoom = {
  readonly participants: readonly DailyParticipant[];
  /** `meetingSessionState().data`; undefined before any was seen. */
  readonly sessionData: unknown;
};

/**
 * Something for a page's call to do, as in the Send tab of the panel. Names in `to` and `from` may be used for ids: of
 * several with one name, it is the one who joined last. A session id in `to` may be of no one; any other text has to
 * name someone.
 */
export type DailySend =
  /** `sendAppMessage()`; `to` is `"*"` unless it is given. */
  | { readonly message: unknown; readonly to?: Whom | readonly Whom[] }
  /** `setUserData()`; null clears it. */
  | { readonly userData: unknown }
  /** `setMeetingSessionData()`; `"replace"` unless it is given. */
  | {
      readonly sessionData: Readonly<Record<string, unknown>>;
      readonly mergeStrategy?: "replace" | "shallow-merge";
    }
  /** Hands the app a message that no one sent. It stays in this page. */
  | { readonly incoming: unknown; readonly from: Whom };

export type FindingsOptions = {
  /** The lowest level that counts; `"info"` unless it is given. */
  readonly level?: Level;
  /** Ids of the rules that count; all unless they are given. */
  readonly rules?: readonly string[];
  /** Ids of rules that don't. */
  readonly except?: readonly string[];
};

export type WaitOptions = {
  /** Milliseconds; 5,000 unless it is given. */
  readonly timeout?: number;
};

/**
 * What the pages of a context do with Daily. All questions are asked of everything that the pages had done by then: what
 * is still on its way from a page is waited for. Filters are in the panel's language (docs/filter.md).
 */
export type Daily = {
  /** Watches the pages of another context, too, as part of the same log. Pages that it opens from now on are seen from their first script on. */
  watch(context: BrowserContext): Promise<void>;
  /** The calls of all pages, in the order in which they were made. */
  calls(): Promise<DailyCallInfo[]>;
  /** Events that pass a filter, by time: `await daily.rows("type:hand from:Ada")`. */
  rows(filter?: string): Promise<DailyRow[]>;
  /** App messages that pass a filter, each as it was sent and as it was received, by time. */
  messages(filter?: string): Promise<DailyRow[]>;
  /** The room as a page knows it now. Throws for a page without a call. */
  room(of: Whom): Promise<DailyRoom>;
  /** What went wrong so far, the most serious first. Muted rules and types are left out. */
  findings(options?: FindingsOptions): Promise<DailyFinding[]>;
  /** The app messages that were sent and pass a filter, with what became of them at the other ends in view. */
  deliveries(filter?: string): Promise<DailyDelivery[]>;
  /**
   * What a user and a bot said to each other: in the call of someone, or in the one in which something was said last.
   * Without turns where nothing was said. Throws for someone without a call.
   */
  conversation(of?: Whom): Promise<DailyConversation>;
  /** The first event that passes a filter, now or when it happens. Throws when none does in time. */
  waitFor(filter: string, options?: WaitOptions): Promise<DailyRow>;
  /** Has the call of a page do something. Resolves to the event that it led to; throws when it was refused. */
  send(from: Whom, what: DailySend): Promise<DailyRow>;
  /** The session so far as the text of a recording: the panel opens it, and so does the command line. */
  recording(options?: { readonly maskValues?: boolean }): Promise<string>;
};

/** What a message has to be like. What is left out may be anything. */
export type MessageExpectation = {
  readonly type?: string;
  /** Part of its data: objects may have more keys, lists may not. Texts may be tested by `/expressions/`, and asymmetric matchers work: `expect.any(Number)`. */
  readonly payload?: unknown;
  readonly from?: Whom;
  /** Whom it was sent to, or who received it. `"*"`: it was sent to everyone. */
  readonly to?: Whom;
};

export type TimesExpectation = MessageExpectation & {
  /** Exactly so many of them; at least one unless it is given. */
  readonly times?: number;
};

export type DeliveryExpectation = MessageExpectation & {
  /** Milliseconds from the call of the method to the event, at each recipient. */
  readonly within?: number;
};

export type MatcherOptions = {
  /** Milliseconds; the timeout of `expect` unless it is given. */
  readonly timeout?: number;
  /** With `.not`: goes on watching for so long (ms). As of now unless it is given. */
  readonly watchFor?: number;
};

export type NoFindingsExpectation = FindingsOptions & Pick<MatcherOptions, "timeout" | "watchFor">;

/** What nothing is to be reported of. */
export type Muted = {
  /** Ids of rules. */
  readonly mutedRules: readonly string[];
  /** Types of app messages. */
  readonly mutedTypes: readonly string[];
};

/** What coding agents may do that are connected to the watched browser. */
export type AgentOptions = {
  /** Whether their tools may have the pages send and set data. False unless it is set. */
  readonly agentCommands: boolean;
};

/** Options of the fixture, to be set with `test.use()` or in the configuration. */
export type DailyOptions = {
  /** A test fails at its end when anything of this level was found. `"error"` unless it is set. */
  failOn: "error" | "warning" | "never";
  /** Ids of rules that aren't applied. */
  mutedRules: readonly string[];
  /** Types of app messages about which nothing is reported. */
  mutedTypes: readonly string[];
  /** Whether values in attachments are replaced by placeholders of the same size and type. */
  maskValues: boolean;
  /**
   * The path of a file that the Types tab has exported: what departs from it is found, as by the rules. It begins at the
   * folder of Playwright's configuration. Nothing is compared unless it is set.
   */
  baseline: string | undefined;
  /** Whether the tools of coding agents may have the pages send and set data. */
  agentCommands: boolean;
};
