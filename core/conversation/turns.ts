import type { CallPart, Role, SpeechPart, TextPart, TurnPart } from "../protocols/protocol";
import { placeOf } from "../lib/slices";
import type { Entry } from "../session/session-log";
import { createFunctionCalls } from "./function-calls";
import { isInterrupted, LATE_FINAL_MS, LATE_MS } from "./interruption";
import type { ProtocolMessage } from "./message";
import { createTurn, isActive, isEmpty, type Speaker, type Turn, type TurnDraft } from "./turn";

/** Something beside the turns: an error, or a message of the app's own that goes to the bot or comes from it. */
export type Line = {
  readonly kind: "line";
  readonly id: number;
  readonly level: "fatal" | "error" | "info";
  readonly text: string;
  readonly direction: "in" | "out";
  /** Epoch ms. */
  readonly startedAt: number;
  readonly entries: readonly Entry[];
};

/** A stretch in which someone was speaking. Epoch ms; `to` is undefined while it goes on. */
export type Speech = {
  readonly role: Role;
  readonly turn: Turn;
  readonly from: number;
  readonly to: number | undefined;
};

/** After this long without a word, in ms, the same side begins another turn. */
const PAUSE_MS = 30_000;
const NO_ONE: Speaker = { id: undefined, name: undefined };

/** What the messages of one protocol tell. */
export type Turns = {
  readonly items: readonly (TurnDraft | Line)[];
  readonly speech: readonly Speech[];
  /** Whether there was any turn. */
  hasTurns(): boolean;
  /** The version that bot and client agreed on last. */
  version(): string | undefined;
  take(message: ProtocolMessage): void;
  end(at: number): void;
  /** Goes up when the times of a turn change. */
  timesRevision(): number;
  /** Removes what only events before this index tell. Returns the turns that are gone. */
  dropBefore(index: number): readonly TurnDraft[];
};

/** Puts the turns of a conversation together from the messages of one protocol, in the order of time. */
export function createTurns(): Turns {
  let items: (TurnDraft | Line)[] = [];
  let speech: { role: Role; turn: TurnDraft; from: number; to: number | undefined }[] = [];
  /** The last turn of each side, and of all. */
  let user: TurnDraft | undefined;
  let bot: TurnDraft | undefined;
  let lastTurn: TurnDraft | undefined;
  /** The turns whose voice is heard at the moment. */
  const speaking = new Map<Role, TurnDraft>();
  let nextId = 0;
  let turnCount = 0;
  const functions = createFunctionCalls();
  /** Major versions by who sent `bot-ready`. */
  const agreed = new Map<string, number>();
  let agreedVersion: string | undefined;

  let timesRevision = 0;

  /** The message that is being taken in. */
  let now: ProtocolMessage;

  function open(role: Role, speaker: Speaker): TurnDraft {
    const { at } = now;
    for (const other of [user, bot]) if (other?.isOpen) close(other);
    const turn = createTurn(nextId++, role, speaker, at);
    if (role === "bot" && lastTurn?.role === "user") turn.answered = lastTurn;
    items.push(turn);
    turnCount++;
    if (role === "user") user = turn;
    else bot = turn;
    lastTurn = turn;
    return turn;
  }

  function close(turn: TurnDraft): void {
    turn.isOpen = false;
    if (!turn.isSpeaking) turn.endedAt ??= turn.lastAt;
    turn.revision++;
  }

  /** Notes that the message tells something of a turn. */
  function touch(turn: TurnDraft): TurnDraft {
    const { entry, at } = now;
    if (turn.entries.at(-1) !== entry) turn.entries.push(entry);
    turn.lastAt = Math.max(turn.lastAt, at);
    turn.revision++;
    return turn;
  }

  /** A model may think for long; once the bot has spoken, a long pause ends its turn. */
  const goesOn = (turn: TurnDraft | undefined): turn is TurnDraft =>
    turn?.isOpen === true &&
    (turn.isSpeaking ||
      (isActive(turn) && turn.times.stoppedAt === undefined) ||
      now.at - turn.lastAt <= PAUSE_MS);

  /** A model that began and came to nothing before the user went on: then the user's turn goes on, too. */
  function dropEmptyBot(): void {
    if (!bot?.isOpen || bot !== lastTurn || !isEmpty(bot) || items.at(-1) !== bot) return;
    const before = bot.answered;
    items.pop();
    turnCount--;
    bot = items.findLast((item) => item.kind === "turn" && item.role === "bot") as
      | TurnDraft
      | undefined;
    lastTurn = before;
    if (before && before === user && !before.isTyped) {
      before.isOpen = true;
      before.endedAt = undefined;
    }
  }

  const botHere = (): Speaker =>
    now.direction === "in" ? { id: now.from, name: undefined } : NO_ONE;
  const isSameBot = (turn: TurnDraft): boolean =>
    now.direction === "out" || turn.speaker.id === undefined || turn.speaker.id === now.from;

  /** The turn that the bot begins, or goes on with. */
  const startBot = (): TurnDraft =>
    touch(goesOn(bot) && isSameBot(bot) ? bot : open("bot", botHere()));

  /** The turn that something of the bot belongs to: an interrupted one for as long as it is busy. */
  function botNow(isLate: (turn: TurnDraft) => boolean = () => false): TurnDraft {
    const known =
      bot && !bot.isOpen && isSameBot(bot) && (isActive(bot) || isLate(bot)) ? bot : undefined;
    return known ? touch(known) : startBot();
  }

  /**
   * Whether the bot has said all of an answer, so that a model which begins has another one. What a function gave since
   * then is still part of it.
   */
  function isSaid(turn: TurnDraft): boolean {
    const { stoppedAt } = turn.times;
    return (
      stoppedAt !== undefined &&
      !isActive(turn) &&
      turn.functionCalls.every(({ endedAt }) => endedAt !== undefined && endedAt <= stoppedAt)
    );
  }

  function startUser(speaker: Speaker): TurnDraft {
    dropEmptyBot();
    const isSame = (turn: TurnDraft) =>
      speaker.id === undefined || turn.speaker.id === undefined || turn.speaker.id === speaker.id;
    if (!goesOn(user) || !isSame(user) || user.isTyped) return touch(open("user", speaker));
    if (user.speaker.id === undefined && speaker.id !== undefined) user.speaker = speaker;
    return touch(user);
  }

  function takeSpeech({ role, is, isVoice, isCut }: SpeechPart): void {
    const { at } = now;
    timesRevision++;
    if (isVoice) {
      if (!user?.isOpen) return;
      touch(user).times.voiceStoppedAt = is === "stopped" ? at : undefined;
      return;
    }
    if (is === "started") {
      const turn = role === "user" ? startUser(NO_ONE) : botNow();
      if (role === "bot") turn.times.firstAudioAt ??= at;
      if (turn.isSpeaking) return;
      const before = speaking.get(role);
      if (before) stopSpeaking(before, at);
      speaking.set(role, turn);
      turn.isSpeaking = true;
      turn.endedAt = undefined;
      turn.times.stoppedAt = undefined;
      speech.push({ role, turn, from: at, to: undefined });
      return;
    }
    // The voice of an answer may still play when the model has started the next one.
    const last = role === "user" ? user : bot;
    const turn = speaking.get(role) ?? last;
    if (!turn || !(turn.isSpeaking || turn.isOpen)) return;
    touch(turn);
    if (isCut && role === "bot") cut(turn);
    // Some bots say so twice; the first time is when it was.
    if (!turn.isSpeaking && turn.times.stoppedAt !== undefined) return;
    stopSpeaking(turn, at);
  }

  function idle(turn: TurnDraft, what: "isGenerating" | "isSynthesising" | "isSpeaking"): void {
    if (turn[what]) turn.activeUntil = now.at;
    turn[what] = false;
  }

  function stopSpeaking(turn: TurnDraft, at: number): void {
    idle(turn, "isSpeaking");
    if (speaking.get(turn.role) === turn) speaking.delete(turn.role);
    turn.times.stoppedAt = at;
    turn.endedAt = at;
    turn.revision++;
    const stretch = speech.findLast((each) => each.turn === turn);
    if (stretch) stretch.to ??= at;
  }

  function takeText(part: TextPart): void {
    const { at } = now;
    if (part.role === "bot") {
      const turn = botNow((last) => last.text.has(part) || isLate(part, last));
      if (part.isToken && turn.times.firstTokenAt === undefined) {
        turn.times.firstTokenAt = at;
        timesRevision++;
      }
      turn.text.add(part);
      if (!turn.isSpeaking && turn.times.stoppedAt === undefined) turn.endedAt = undefined;
      return;
    }
    const turn = userTurnOf(part);
    if (!turn) return;
    turn.text.add(part);
    if (part.isInterim !== true && !part.isRepeat) {
      // What was typed was final then; that the bot says so again later took the user no time.
      turn.times.finalAt = turn.isTyped ? (turn.times.finalAt ?? at) : at;
      timesRevision++;
    }
    if (part.speakerName !== undefined && turn.speaker.name === undefined)
      turn.speaker = { ...turn.speaker, name: part.speakerName };
  }

  /** Whether a text was said in a turn that ended right before it: the user has said nothing since. */
  function isLate(part: TextPart, last: TurnDraft): boolean {
    const endedAt = last.endedAt ?? last.lastAt;
    const isAnswer = user?.times.finalAt !== undefined && user.times.finalAt > endedAt;
    return !part.isToken && !isAnswer && now.at - endedAt <= LATE_MS;
  }

  /** The turn that a text of a user belongs to. */
  function userTurnOf(part: TextPart): TurnDraft | undefined {
    if (part.isRepeat) return user && touch(user);
    const speaker: Speaker = {
      id: part.speaker ?? (part.isTyped && now.direction === "out" ? now.from : undefined),
      name: part.speakerName,
    };
    if (part.isTyped) {
      // What was typed comes back from bots that acknowledge it.
      if (typed && isSameTyped(typed, part)) return touch(typed);
      dropEmptyBot();
      const before = user;
      typed = touch(open("user", speaker));
      typed.isTyped = true;
      typedKeys.set(typed, part.key);
      close(typed);
      // Who types while they speak goes on with what they were saying.
      if (before?.isSpeaking) {
        before.isOpen = true;
        user = before;
      }
      return typed;
    }
    const isFinalLate =
      user &&
      !user.isOpen &&
      !user.isTyped &&
      !user.text.hasFinal() &&
      now.at - user.lastAt <= LATE_FINAL_MS;
    return isFinalLate ? touch(user as TurnDraft) : startUser(speaker);
  }

  let typed: TurnDraft | undefined;
  const typedKeys = new WeakMap<TurnDraft, string | undefined>();
  const isSameTyped = (turn: TurnDraft, { key }: TextPart): boolean =>
    key !== undefined && typedKeys.get(turn) === key;

  function cut(turn: TurnDraft): void {
    turn.interruptedAt ??= now.at;
    turn.isGenerating = false;
    turn.isSynthesising = false;
  }

  function takeInterruption(below: number | undefined): void {
    const { at } = now;
    if (below !== undefined && (agreed.get(now.from) ?? 0) >= below) return;
    if (!bot) return;
    const turn = speaking.get("bot") ?? bot;
    const isCut = below === undefined ? isInterrupted(turn, lastTurn, at) : turn.isSpeaking;
    if (isCut) cut(touch(turn));
  }

  function takeCall(part: CallPart): void {
    const known = functions.turnOf(part);
    const turn = known ?? (part.is === "ended" ? undefined : botNow());
    if (!turn) return;
    if (functions.take(part, turn, now)) touch(turn);
  }

  function addLine(text: string, level: Line["level"]): void {
    const { at: startedAt, direction, entry } = now;
    items.push({
      kind: "line",
      id: nextId++,
      level,
      text,
      direction,
      startedAt,
      entries: [entry],
    });
  }

  function takePart(part: TurnPart): void {
    switch (part.kind) {
      case "speech":
        return takeSpeech(part);
      case "text":
        return takeText(part);
      case "function-call":
        return takeCall(part);
      case "model":
        if (part.is === "started") {
          if (bot?.isOpen && isSaid(bot)) close(bot);
          startBot().isGenerating = true;
        } else if (bot && (bot.isGenerating || bot.isOpen)) idle(touch(bot), "isGenerating");
        return;
      case "synthesis":
        if (part.is === "started") botNow().isSynthesising = true;
        else if (bot && (bot.isSynthesising || bot.isOpen)) idle(touch(bot), "isSynthesising");
        return;
      case "interrupted":
        return takeInterruption(part.below);
      case "error":
        return addLine(part.text, part.isFatal ? "fatal" : "error");
      case "line":
        return addLine(part.text, "info");
      case "ready": {
        const { side, version } = part;
        if (side === "bot" && version !== undefined) {
          agreed.set(now.from, Number.parseInt(version, 10) || 0);
          agreedVersion = version;
        }
        return addLine(`${side} ready${version === undefined ? "" : `: ${version}`}`, "info");
      }
    }
  }

  return {
    get items() {
      return items;
    },
    get speech() {
      return speech;
    },
    hasTurns: () => turnCount > 0,
    version: () => agreedVersion,
    timesRevision: () => timesRevision,
    take(message) {
      now = message;
      for (const part of message.decoded.parts ?? []) takePart(part);
    },
    end(at) {
      timesRevision++;
      for (const turn of new Set([...speaking.values(), user, bot])) {
        if (!turn) continue;
        if (turn.isSpeaking) stopSpeaking(turn, at);
        turn.isGenerating = turn.isSynthesising = false;
        if (turn.isOpen) close(turn);
      }
    },
    dropBefore(index) {
      const gone: TurnDraft[] = [];
      let first = 0;
      for (const item of items) {
        const { entries } = item;
        if ((entries[0]?.index ?? 0) >= index) break;
        const left = entries.length - placeOf(entries, index);
        const isOver = item.kind === "line" || (item !== user && item !== bot);
        if (item.kind === "turn") item.entries.splice(0, entries.length - left);
        if (left > 0 || !isOver) break;
        if (item.kind === "turn") gone.push(item);
        first++;
      }
      if (first > 0) {
        items = items.slice(first);
        const isGone = new Set(gone);
        speech = speech.filter(({ turn }) => !isGone.has(turn));
        functions.forget(isGone);
      }
      return gone;
    },
  };
}
