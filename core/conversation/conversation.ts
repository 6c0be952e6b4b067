import type { ProtocolId } from "../protocols/protocol";
import { countedLegs, type Leg, type LegTotal, totalsOf } from "./timing";
import type { ProtocolMessage } from "./message";
import type { Turn, TurnDraft } from "./turn";
import { createTurns, type Line, type Speech, type Turns } from "./turns";

/** What a user and a bot said to each other, in the order in which it began. */
export type Conversation = {
  /** Takes in a message, in the order of time. Those without a part in a conversation are skipped. */
  take(message: ProtocolMessage): void;
  /** The call is over (epoch ms), and so is whatever was going on. */
  end(at: number): void;
  /** Entries before this index were removed from the log: so are the turns that only they tell. Totals keep them. */
  dropBefore(index: number): void;
  /** The protocol that tells it; undefined while there is no turn. Where several tell the same, the fullest. */
  protocol(): ProtocolId | undefined;
  /** The version that bot and client agreed on last. */
  version(): string | undefined;
  /** Turns, with lines between them. Empty while there is no turn. The list is the same one while it grows. */
  items(): readonly (Turn | Line)[];
  /** Who was speaking when, in the order of the beginnings. */
  speech(): readonly Speech[];
  /** How long each leg of an answer took. */
  totals(): readonly LegTotal[];
  /** Turns removed together with their entries. */
  removed(): number;
  /** Goes up with each change. */
  revision(): number;
};

/** Where several protocols tell the same conversation, the first of them counts. */
const RANKED: readonly ProtocolId[] = ["rtvi", "vapi", "tavus", "lemonslice", "transcription"];

/** More than a session has. */
const MAX_PAST = 20_000;

/** Derives the conversation of a call. Takes the same time for each message, however long the conversation is. */
export function createConversation(): Conversation {
  const byProtocol = new Map<ProtocolId, Turns>();
  /** The legs of turns that were removed. */
  let past: Leg[] = [];
  let removed = 0;
  let revision = 0;
  let known: { readonly of: string; readonly totals: readonly LegTotal[] } | undefined;

  function main(): [ProtocolId, Turns] | undefined {
    for (const id of RANKED) {
      const turns = byProtocol.get(id);
      if (turns?.hasTurns()) return [id, turns];
    }
    return undefined;
  }

  const isTurn = (item: TurnDraft | Line): item is TurnDraft => item.kind === "turn";

  return {
    take(message) {
      const { parts, protocol } = message.decoded;
      if (!parts || parts.length === 0) return;
      let turns = byProtocol.get(protocol);
      if (!turns) byProtocol.set(protocol, (turns = createTurns()));
      turns.take(message);
      revision++;
    },
    end(at) {
      for (const turns of byProtocol.values()) turns.end(at);
      revision++;
    },
    dropBefore(index) {
      const shown = main()?.[1];
      for (const turns of byProtocol.values()) {
        const gone = turns.dropBefore(index);
        if (turns !== shown) continue;
        removed += gone.length;
        past = [...past, ...gone.flatMap(countedLegs)].slice(-MAX_PAST);
      }
      revision++;
    },
    protocol: () => main()?.[0],
    version: () => main()?.[1].version(),
    items: () => main()?.[1].items ?? [],
    speech: () => main()?.[1].speech ?? [],
    totals() {
      const [id, turns] = main() ?? [];
      const of = `${id} ${turns?.timesRevision()} ${removed}`;
      if (known?.of !== of) {
        const shown = turns?.items.filter(isTurn) ?? [];
        known = { of, totals: totalsOf([...past, ...shown.flatMap(countedLegs)]) };
      }
      return known.totals;
    },
    removed: () => removed,
    revision: () => revision,
  };
}
