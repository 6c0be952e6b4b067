/** What this app puts into Daily's three data channels. Everyone in the room may send anything, so it is checked. */

/** User data: what a participant says about themselves. Set as a whole, because Daily replaces the whole value. */
export type Presence = {
  readonly role: "host" | "guest";
  readonly hand: "up" | "down";
  /** When the hand went up, in epoch milliseconds: the order of the queue. */
  readonly since?: number;
};

export type Stage = { readonly sessionId: string; readonly name: string };

/** Session data: what everyone in the room knows, also those who join later. Only the host writes it. */
export type Show = { readonly stage: Stage | null; readonly answered: number };

/** App messages: what is worth something only now. */
export type Message =
  | { readonly kind: "reaction"; readonly emoji: string }
  | { readonly kind: "question"; readonly text: string }
  /** From a server, through the REST API. */
  | { readonly kind: "notice"; readonly text: string }
  /** From the host to the one on stage. */
  | { readonly kind: "cue"; readonly action: "unmute" }
  /** Back from the one on stage to the host. */
  | { readonly kind: "cue-answer"; readonly action: "unmuted" };

export const REACTIONS = ["👏", "❤️", "🎉", "😂"] as const;

/** The message in the data of an app message, or undefined when it is none of this app's. */
export function readMessage(data: unknown): Message | undefined {
  const { kind, text, emoji, action } = recordOf(data);
  if ((kind === "question" || kind === "notice") && typeof text === "string") return { kind, text };
  if (kind === "cue" && action === "unmute") return { kind, action };
  if (kind === "cue-answer" && action === "unmuted") return { kind, action };
  const known = REACTIONS.find((each) => each === emoji);
  return kind === "reaction" && known ? { kind, emoji: known } : undefined;
}

/** What someone's user data says; a guest with the hand down when it says nothing. */
export function readPresence(userData: unknown): Presence {
  const { role, hand, since } = recordOf(userData);
  return {
    role: role === "host" ? "host" : "guest",
    hand: hand === "up" ? "up" : "down",
    ...(typeof since === "number" && { since }),
  };
}

/**
 * What the session data says; an empty stage when it says nothing. A stage may be given by a bare name, as one writes it
 * by hand: `idOf` tells whose it is.
 */
export function readShow(sessionData: unknown, idOf: (name: string) => string): Show {
  const { stage, answered } = recordOf(sessionData);
  const { name, sessionId = typeof name === "string" ? idOf(name) : "" } = recordOf(stage);
  return {
    stage: typeof sessionId === "string" && typeof name === "string" ? { sessionId, name } : null,
    answered: typeof answered === "number" ? answered : 0,
  };
}

function recordOf(value: unknown): Readonly<Partial<Record<string, unknown>>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
