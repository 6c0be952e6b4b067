/** Names one call object in messages: `callFrameId` before daily-js 0.67, `callClientId` since. */
export type CallAddress = { readonly key: "callFrameId" | "callClientId"; readonly id: string };

/** A message from daily-js. One with a `callbackStamp` waits for a message that carries the same stamp. */
export type DailyMessage = {
  readonly action: string;
  readonly callbackStamp?: string;
  readonly [field: string]: unknown;
};

const MARK = "iframe-call-message";

/** Listens to what the call object with this address says to its machine. */
export function listenToDaily(
  { key, id }: CallAddress,
  listener: (message: DailyMessage) => void,
): void {
  window.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
    if (typeof data !== "object" || data === null) return;
    const message = data as DailyMessage;
    if (message["what"] === MARK && message["from"] === "module" && message[key] === id) {
      listener(message);
    }
  });
}

/** Says something to the call object with this address. */
export function postToDaily(
  { key, id }: CallAddress,
  message: Readonly<Record<string, unknown>> & { readonly action: string },
): void {
  const target =
    location.origin === "null" || location.protocol === "file:" ? "*" : location.origin;
  window.postMessage({ ...message, what: MARK, from: "embedded", [key]: id }, target);
}
