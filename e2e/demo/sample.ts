import { fileURLToPath } from "node:url";

/** The recording that ships with the extension, and what it has to be. */
export const SAMPLE = {
  file: fileURLToPath(new URL("../../panel/welcome/sample-recording.json", import.meta.url)),
  maxChars: 300_000,
  /** The rules that it breaks, each by one of the page's mistakes. */
  rules: [
    "listener-threw-at-other-end",
    "message-lost",
    "over-limit",
    "recipient-unknown",
    "sent-before-join",
    "session-writes-unseen",
  ],
} as const;
