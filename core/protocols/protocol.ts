/** The protocols that products speak over app messages. */
export type ProtocolId =
  | "rtvi"
  | "tavus"
  | "prebuilt-chat"
  | "vapi"
  | "lemonslice"
  | "transcription";

export type Fields = Readonly<Record<string, unknown>>;

export type Role = "user" | "bot";

/** Where a message came from, as far as its event says. */
export type Origin = { readonly fromId?: string; readonly direction: "in" | "out" };

/** A piece of what someone said. */
export type TextPart = {
  readonly kind: "text";
  readonly role: Role;
  /** Which kind of message tells it. Several may tell the same text: only the one of the highest rank counts. */
  readonly source: string;
  readonly rank: number;
  readonly text: string;
  /** Tokens are appended as they are; words and sentences with a space between them. */
  readonly join: "append" | "words";
  /** What the piece is told apart by: another one of the same key takes its place. */
  readonly key?: string;
  /** The next piece of the same source takes its place. */
  readonly isInterim?: boolean;
  /** So much of it was said aloud by now, in UTF-16 units. */
  readonly spoken?: number;
  /** The source tells nothing but what was said aloud, about when it was. */
  readonly isSpoken?: boolean;
  /** It comes from the model as that writes it. */
  readonly isToken?: boolean;
  readonly isTyped?: boolean;
  /** It repeats what was said before, so it begins no turn. */
  readonly isRepeat?: boolean;
  /** The session id of who said it, and the name. */
  readonly speaker?: string;
  readonly speakerName?: string;
};

/** Someone starts or stops. */
export type SpeechPart = {
  readonly kind: "speech";
  readonly role: Role;
  readonly is: "started" | "stopped";
  /** Whether it is bare voice activity, and not a turn. */
  readonly isVoice?: boolean;
  /** Whether it stopped because it was interrupted. */
  readonly isCut?: boolean;
};

/** What happens with a function that the model called. */
export type CallPart = {
  readonly kind: "function-call";
  readonly is: "announced" | "started" | "ended";
  readonly id?: string;
  readonly name?: string;
  /** Whether the bot was told to keep the name to itself. */
  readonly isWithheld?: boolean;
  readonly arguments?: unknown;
  readonly result?: unknown;
  readonly isCancelled?: boolean;
};

/** What a message means for a conversation. */
export type TurnPart =
  | TextPart
  | SpeechPart
  | CallPart
  /** The model, or the synthesis of speech, starts or stops. */
  | { readonly kind: "model" | "synthesis"; readonly is: "started" | "stopped" }
  /**
   * The bot was cut. `below`: only where both sides agreed on less than this major version, or it isn't known on which;
   * later ones say so themselves.
   */
  | { readonly kind: "interrupted"; readonly below?: number }
  | { readonly kind: "error"; readonly text: string; readonly isFatal?: boolean }
  /** Something beside the conversation that is worth a small line. */
  | { readonly kind: "line"; readonly text: string }
  | { readonly kind: "ready"; readonly side: "client" | "bot"; readonly version?: string };

/** A message that asks for another one. */
export type Request = {
  /** Its answers have the same. */
  readonly key: string;
  /** Whether there is something wrong when no answer comes. */
  readonly isExpected: boolean;
  /** Whether only answers of the one it was sent to count, because the key doesn't say which request it is. */
  readonly isByPeer?: boolean;
};

export type Answer = {
  readonly key: string;
  readonly isFailure?: boolean;
  /** Whether more of the same answer comes. */
  readonly isPartial?: boolean;
  readonly isByPeer?: boolean;
};

/** A message that is a piece of something longer. Those of one key that follow each other are one stream. */
type StreamPiece = {
  readonly key: string;
  /** `replace`: each has all of it. */
  readonly join: "append" | "words" | "replace";
  readonly text: string;
  /** Whether no other follows. */
  readonly isLast?: boolean;
};

/** What a message of a type says. */
export type Reading = {
  /** In one line, where that is more than its content: `bot: "Hello there"`. */
  readonly line?: string | undefined;
  readonly parts?: readonly TurnPart[] | undefined;
  readonly asks?: Request | undefined;
  readonly answers?: Answer | undefined;
  readonly stream?: StreamPiece | undefined;
  /** Keys of streams that it is the end of, or the beginning. */
  readonly ends?: readonly string[] | undefined;
};

/** Reads the messages of one type. `body` has its own fields, `message` those of the protocol, too. Never throws. */
export type Reader = (body: Fields, message: Fields) => Reading;

/** A message of a protocol, before its type is looked up. */
type Recognised = {
  readonly type: string;
  /** Short enough for a column; the type if not given. */
  readonly label?: string;
  readonly body: Fields;
  readonly message: Fields;
  /** What it says beside its type, without the protocol's own keys; undefined for nothing. */
  readonly content: unknown;
  readonly seq?: Sequence | undefined;
};

/** The number of a message. */
export type Sequence = {
  /** What is numbered together. */
  readonly key: string;
  readonly number: number;
};

export type Protocol = {
  readonly id: ProtocolId;
  readonly name: string;
  /** What it is, in a few words. */
  readonly note: string;
  /** Says whether data is a message of it. `isText`: it was JSON text, or a bare word, inside a string. */
  readonly recognise: (value: unknown, origin: Origin, isText: boolean) => Recognised | undefined;
  /** By type. What isn't in it is shown as itself. */
  readonly types: ReadonlyMap<string, Reader>;
};
