import { clipText, MAX_ID } from "../extension/protocol/bounds";
import { isSafeInteger } from "./primordials";

/** What a page hands over, to be read by name: of anything but an object, nothing. */
export const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};

/** What capture touches of a Daily call object. Everything may be missing: versions differ, and pages are hostile. */
export type DailyCall = {
  emit(name: string, ...args: unknown[]): unknown;
  listenerCount(name: string): number;
  listeners?(name: string): readonly unknown[];
  participants?(): unknown;
  meetingState?(): unknown;
  meetingSessionState?(): unknown;
  readonly properties?: { readonly url?: unknown };
  readonly _callObjectMode?: unknown;
  /** Set on every join, in UTF-16 code units (daily-js 0.70 and newer). */
  readonly _maxAppMessageSize?: unknown;
  /** The last field that the constructor sets (read in daily-js 0.9 to 0.92). */
  readonly _messageChannel?: unknown;
  readonly callClientId?: unknown;
  readonly _callFrameId?: unknown;
  readonly constructor: { version?(): unknown };
};

/** Whether the constructor has finished. One that threw leaves an instance behind for which this stays false. */
export function isConstructed(call: DailyCall): boolean {
  return call._messageChannel !== undefined;
}

/** Daily's own id of a call object: `callClientId` since 0.67, `_callFrameId` before; gone after `destroy()`. */
export function readCallId(call: DailyCall): string | undefined {
  return clipText(call.callClientId ?? call._callFrameId, MAX_ID) || undefined;
}

/** The version of daily-js that made a call object; empty when it does not say. */
export function readVersion(call: DailyCall): string {
  return clipText(call.constructor.version?.()) ?? "";
}

/** The app-message limit in force now, in UTF-16 code units; undefined before daily-js 0.70. */
export const readMaxAppMessageSize = (call: DailyCall): number | undefined =>
  readCount(call._maxAppMessageSize);

/** A count as Daily gives it; undefined for what is none. */
export const readCount = (value: unknown): number | undefined =>
  isSafeInteger(value) && (value as number) >= 0 ? (value as number) : undefined;
