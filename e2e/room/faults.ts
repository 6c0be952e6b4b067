import type { Clock } from "./clock";
import { createRandom } from "./random";

/**
 * How a room damages app messages on their way. Shares go from 0, the default, to 1. Each recipient of a message has a
 * fate of their own: how many copies arrive (one, or it is dropped or doubled), and when (at once, delayed or reordered).
 */
export type Damage = {
  /** The same seed gives the same fates to the same messages in the same order. */
  readonly seed: number;
  readonly dropShare?: number;
  /** The second copy comes `SECOND_COPY_AFTER_MS` after the first. */
  readonly doubleShare?: number;
  /** Delayed messages wait from 1 ms to `maxDelayMs`, and others overtake them. */
  readonly delayShare?: number;
  /** 200 unless it's given. */
  readonly maxDelayMs?: number;
  /** Reordered messages are held until a later one to the same recipient has passed, or for `LONGEST_HOLD_MS`. */
  readonly reorderShare?: number;
};

/** What really became of a message at one recipient, so far. */
export type Delivery = {
  /** Session id of the recipient. */
  readonly to: string;
  /** How often the room handed it over. */
  readonly copies: 0 | 1 | 2;
  /** How long the room kept the first copy; missing while there is none. */
  readonly delayMs?: number;
  /** Whether the recipient got a message before it that was sent after it. */
  readonly isOvertaken: boolean;
  /** Whether a copy is still on its way. */
  readonly isPending: boolean;
};

/** Hands one message to someone. Returns false when they are no longer in the room. */
type Hand = (to: string) => boolean;

/** Takes one message to its recipients. The deliveries that it returns change until none is pending. */
export type Carry = (recipients: readonly string[], hand: Hand) => readonly Delivery[];

export type Faults = {
  /** From now on messages are damaged like this; undefined ends it. What is on its way keeps its fate. */
  readonly damage: (damage: Damage | undefined) => void;
  readonly carry: Carry;
};

type Fate = {
  readonly copies: 0 | 1 | 2;
  readonly wait: "none" | "hold" | { readonly delayMs: number };
};

type Draft = { -readonly [K in keyof Delivery]: Delivery[K] };

export const SECOND_COPY_AFTER_MS = 10;
export const LONGEST_HOLD_MS = 100;
const DEFAULT_MAX_DELAY_MS = 200;
const UNDAMAGED: Fate = { copies: 1, wait: "none" };

/** Carries messages through a room: at once and in order, unless told to damage them. Says when one came later. */
export function createFaults(clock: Clock, changed: () => void): Faults {
  let nextFate = (): Fate => UNDAMAGED;
  let sent = 0;
  const mailboxes = new Map<string, Mailbox>();

  function mailboxOf(to: string): Mailbox {
    const mailbox = mailboxes.get(to) ?? createMailbox();
    mailboxes.set(to, mailbox);
    return mailbox;
  }

  function later(delayMs: number, act: () => void): void {
    clock.after(delayMs, () => {
      act();
      changed();
    });
  }

  function carryTo(to: string, number: number, hand: Hand): Delivery {
    const { copies, wait } = nextFate();
    const delivery: Draft = { to, copies: 0, isOvertaken: false, isPending: copies > 0 };
    const mailbox = mailboxOf(to);
    const startedAt = clock.now();

    function pass(): void {
      if (!hand(to)) {
        delivery.isPending = false;
        mailboxes.delete(to);
        return;
      }
      const isFirst = ++delivery.copies === 1;
      delivery.isPending = delivery.copies < copies;
      const isOvertaken = mailbox.passed(number);
      if (!isFirst) return;
      delivery.isOvertaken = isOvertaken;
      delivery.delayMs = wait === "none" ? 0 : clock.now() - startedAt;
      if (delivery.isPending) later(SECOND_COPY_AFTER_MS, pass);
    }

    if (copies === 0) return delivery;
    if (wait === "none") pass();
    else if (wait === "hold") later(LONGEST_HOLD_MS, mailbox.hold(number, pass));
    else later(wait.delayMs, pass);
    return delivery;
  }

  return {
    damage(damage) {
      nextFate = damage ? createFates(damage) : () => UNDAMAGED;
    },
    carry(recipients, hand) {
      const number = ++sent;
      return recipients.map((to) => carryTo(to, number, hand));
    },
  };
}

type Mailbox = {
  /** Someone was handed a message, by its number. Returns whether they got a later one before. */
  passed(number: number): boolean;
  /** Holds a message until a later one has passed. Returns what ends the wait before that. */
  hold(number: number, pass: () => void): () => void;
};

/** What one recipient was handed, and what is held for them. */
function createMailbox(): Mailbox {
  let latest = 0;
  const held = new Map<number, () => void>();

  return {
    passed(number) {
      const isOvertaken = latest > number;
      latest = Math.max(latest, number);
      for (const [each, release] of held) if (each < number) release();
      return isOvertaken;
    },
    hold(number, pass) {
      const release = (): void => {
        if (held.delete(number)) pass();
      };
      held.set(number, release);
      return release;
    },
  };
}

/** Decides by chance, with as many numbers for each fate, so that one share changes nothing about the others. */
function createFates({
  seed,
  dropShare = 0,
  doubleShare = 0,
  delayShare = 0,
  maxDelayMs = DEFAULT_MAX_DELAY_MS,
  reorderShare = 0,
}: Damage): () => Fate {
  for (const [one, other] of [
    [dropShare, doubleShare],
    [delayShare, reorderShare],
  ] as const) {
    if (!(one >= 0 && other >= 0 && one + other <= 1))
      throw new Error(`The shares ${one} and ${other} aren't parts of one whole.`);
  }
  const random = createRandom(seed);

  return () => {
    const [amount, time, length] = [random(), random(), random()];
    return {
      copies: amount < dropShare ? 0 : amount < dropShare + doubleShare ? 2 : 1,
      wait:
        time < delayShare
          ? { delayMs: 1 + Math.floor(length * maxDelayMs) }
          : time < delayShare + reorderShare
            ? "hold"
            : "none",
    };
  };
}
