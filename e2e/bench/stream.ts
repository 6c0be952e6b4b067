/** The traffic that every load is made of: what eight people in a call send, as JSON of about 294 characters each. */

/** UTF-16 units of one message's JSON text. */
const MESSAGE_CHARS = 294;

/** Every so many messages, one repeats the previous one. */
const REPEAT_EVERY = 10;

export const SENDERS = ["Ada", "Ben", "Cleo", "Dan", "Eve", "Finn", "Grace", "Hal"] as const;

export type StreamMessage = Readonly<Record<string, unknown>>;

const TYPES: readonly ((n: number) => StreamMessage)[] = [
  (n) => ({ type: "cursor", n, x: (n * 37) % 1920, y: (n * 91) % 1080, page: "board-3" }),
  (n) => ({ type: "cursor", n, x: (n * 53) % 1920, y: (n * 17) % 1080, page: "board-3" }),
  (n) => ({ event: "transcript", n, speaker: n % 8, final: n % 3 === 0, words: [n % 7, n % 11] }),
  (n) => ({ kind: "chat", n, id: `message-${n}`, replyTo: n % 5 === 0 ? n - 1 : null }),
  (n) => ({ kind: "reaction", n, emoji: "🎉", target: { id: `message-${n - 4}`, depth: 2 } }),
  (n) => ({ label: "rtvi-ai", type: "bot-llm-text", n, id: `rtvi-${n % 97}`, data: { at: n } }),
  (n) => ({ kind: "vote", n, poll: `poll-${n % 4}`, choices: [n % 2 === 0, n % 3 === 0, true] }),
  (n) => ({ type: "presence", n, idle: n % 2 === 0, media: { mic: true, cam: n % 3 > 0 } }),
];

const FILLER = "What everyone in this call says once is said by someone else a moment later. ";

/** The message with that number. The last of a load is never a repetition when its length is a multiple of ten. */
export function messageAt(index: number): StreamMessage {
  const n = index > 0 && index % REPEAT_EVERY === 0 ? index - 1 : index;
  const message = TYPES[n % TYPES.length]!(n);
  const room = MESSAGE_CHARS - JSON.stringify({ ...message, text: "" }).length;
  return { ...message, text: FILLER.repeat(4).slice(n % 40, (n % 40) + room) };
}

/** Who sends the message with that number. */
export const senderAt = (index: number): number =>
  (index > 0 && index % REPEAT_EVERY === 0 ? index - 1 : index) % SENDERS.length;
