import * as v from "valibot";

import { PROTOCOL_VERSION } from "./envelope";
import { pageEventSchema, type PageEvent } from "./event";
import { parseJson } from "./payload";

const batchSchema = v.object({ protocol: v.number(), events: v.array(v.unknown()) });

export type ReadBatch =
  | { readonly ok: true; readonly events: readonly PageEvent[]; readonly invalid: number }
  | { readonly ok: false; readonly reason: string };

/**
 * Reads a text that came from a page. A text that isn't a batch is refused with a reason; within a batch, events that
 * are malformed are left out and counted. Never throws.
 */
export function readBatch(text: unknown): ReadBatch {
  if (typeof text !== "string") return { ok: false, reason: "not a text" };
  const parsed = parseJson(text);
  if (!parsed.ok) return { ok: false, reason: "not JSON" };
  const batch = v.safeParse(batchSchema, parsed.value);
  if (!batch.success) return { ok: false, reason: "not a batch of events" };
  const { protocol, events } = batch.output;
  if (protocol !== PROTOCOL_VERSION) {
    return {
      ok: false,
      reason: `the page speaks protocol ${protocol}, this panel ${PROTOCOL_VERSION}`,
    };
  }
  const valid: PageEvent[] = [];
  for (const event of events) {
    const result = v.safeParse(pageEventSchema, event, { abortEarly: true });
    if (result.success) valid.push(result.output);
  }
  return { ok: true, events: valid, invalid: events.length - valid.length };
}
