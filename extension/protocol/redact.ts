// Daily puts a meeting token in `t=` of a room's address; apps name theirs as they like. A number isn't a token: Vite marks
// scripts with `?t=1764300000123` after an update, and their addresses must stay what they are.
const SECRET_PARAMETER =
  /([?&#](?:t|token|jwt|key|api_?key|access_token)=)(?!\d+(?![^&#\s):"'<>]))[^&#\s):"'<>]+/gi;

/** Replaces the values of secret query parameters in any text that holds addresses: a URL, a stack, a message. */
export function redactSecrets(text: string): string {
  return text.replace(SECRET_PARAMETER, "$1…");
}

/** A room's address without query and hash, so that no token can be in it; undefined for anything else than text. */
export function roomAddress(url: unknown): string | undefined {
  return typeof url === "string" ? url.replace(/[?#].*$/s, "") : undefined;
}
