/** What a scripted voice bot and its user are to say, in no protocol yet. */
export type Talk = readonly Part[];

export type Part = UserTurn | BotTurn | Notice | Failure;

/** The user speaks: the bot's speech recognition hears it, sentence by sentence. */
export type UserTurn = {
  readonly role: "user";
  readonly text: string;
  /** Silence before it, ms; 400 unless it's given. */
  readonly afterMs?: number;
};

/** The bot answers: its model writes, its voice reads that aloud. */
export type BotTurn = {
  readonly role: "bot";
  readonly text: string;
  /** What the model calls before it answers. */
  readonly call?: FunctionCall;
  /** The user breaks in after so many spoken words; what they say is the next turn. */
  readonly cutAfter?: number;
};

export type FunctionCall = {
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  /** What the bot's own function returns. Without it the client is asked, where the protocol has that. */
  readonly result?: unknown;
};

/** Something the bot's app says to the client's app. */
type Notice = { readonly role: "notice"; readonly data: unknown };

/** The bot reports a problem and goes on. */
type Failure = { readonly role: "failure"; readonly text: string };
