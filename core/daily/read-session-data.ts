import { parsePayload, type Payload } from "../../extension/protocol/payload";
import { placeTooDeep } from "../lib/json-depth";
import type { SessionData } from "./merge";

const TOO_DEEP = { ok: false } as const;

const parsed = new WeakMap<Payload, SessionData>();

/** The object that a payload of session data stands for; empty when it has none. Parsed once. */
export function readSessionData(payload: Payload | undefined): SessionData {
  if (!payload) return {};
  const known = parsed.get(payload);
  if (known) return known;
  // Comparing and merging go down by calling themselves; what is too deep for that counts as empty.
  const result = placeTooDeep(payload.json) === undefined ? parsePayload(payload) : TOO_DEEP;
  const data = result.ok && isPlainObject(result.value) ? result.value : {};
  parsed.set(payload, data);
  return data;
}

function isPlainObject(value: unknown): value is SessionData {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
