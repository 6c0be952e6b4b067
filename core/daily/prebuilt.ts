/**
 * The embedder's part of user data that came through Daily Prebuilt, which nests it: `{c: {…}}`, beside keys of its own
 * (github.com/daily-co/daily-js/issues/223). Undefined for anything that does not look so.
 */
export function unwrapPrebuilt(userData: unknown): object | undefined {
  if (typeof userData !== "object" || userData === null || !("c" in userData)) return undefined;
  return typeof userData.c === "object" && userData.c !== null ? userData.c : undefined;
}
