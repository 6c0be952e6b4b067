/** Values of `fromId` that are no one's session id, with what they stand for. */
const SPECIAL_SENDERS: Readonly<Record<string, string>> = {
  // POST /rooms/:name/send-app-message, docs.daily.co/reference/rest-api/rooms/session/send-app-message
  API: "Server (REST API)",
  // Live transcription of older versions arrives as an app message.
  transcription: "Transcription",
};

/** A name for a `fromId` that belongs to no participant, or undefined when it is not one of Daily's own. */
export function specialSender(fromId: string): string | undefined {
  return Object.hasOwn(SPECIAL_SENDERS, fromId) ? SPECIAL_SENDERS[fromId] : undefined;
}

/** How an id is written where there is no name for it. */
export function shortId(id: string): string {
  return id.length > 10 ? `${id.slice(0, 8)}…` : id;
}
