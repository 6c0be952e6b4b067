import { parsePayload, type Payload } from "../../extension/protocol/payload";
import type { SessionData } from "./merge";

const parsed = new WeakMap<Payload, SessionData>();

/** The object that a payload of session data stands for; empty when it has none. Parsed once. */
export function readSessionData(payload: Payload | undefined): SessionData {
  if (!payload) return {};
  const known = parsed.get(payload);
  if (known) return known;
  const result = parsePayload(payload);
  const data = result.ok && isPlainObject(result.value) ? result.value : {};
  parsed.set(payload, data);
  return data;
}

function isPlainObject(value: unknown): value is SessionData {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
