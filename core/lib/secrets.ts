import { redactSecrets } from "../../extension/protocol/redact";

/** A JSON Web Token, such as a meeting token of Daily. */
export const TOKEN = /eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}/;

/** Forms of keys. Names of classes and pages may have the same beginning, so what follows must look like a key, too. */
export const KEY =
  /(?<![\w/-])(?:sk_live_\w{16,}|sk-(?:proj-)?[\w-]{20,}|AKIA[0-9A-Z]{16}|AIza[\w-]{35}|gh[pousr]_\w{36}|xox[abp]-[\w-]{20,})\b/;

/** A text that is an e-mail address and nothing else. */
export const EMAIL = /^[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}$/;

/** Bits a character: a key of 16 hex digits has about 3.2, `aaaa1111` has 1. */
const MIN_ENTROPY = 2.75;
/** A key has hardly any parts that are letters only; `must-have-twelve-characters` is made of them. */
const MAX_WORDS = 0.4;

/** Whether a text looks as if a machine had drawn it, like a key: letters and digits mixed, and no words. */
export function looksRandom(text: string): boolean {
  if (!/\d/.test(text) || !/[A-Za-z]/.test(text)) return false;
  const words = text.split(/[^A-Za-z0-9]+/).filter((part) => /^[A-Za-z]{2,}$/.test(part));
  return words.join("").length < text.length * MAX_WORDS && entropyOf(text) >= MIN_ENTROPY;
}

/** Shannon's, in bits a character. */
function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const each of text) counts.set(each, (counts.get(each) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => {
    const share = count / text.length;
    return sum - share * Math.log2(share);
  }, 0);
}

/** As `TOKEN`, also where it is cut short. */
const TOKENS = /eyJ[\w-]{8,}(?:\.[\w-]*){0,2}/g;
const KEYS = new RegExp(KEY.source, "g");
const SIGNATURE = /([?&](?:X-Amz-Signature|X-Goog-Signature|Signature|sig)=)[\w%.+/=-]+/gi;
const SECRET_NAME =
  /(?:token|jwt|secret|password|passwd|api_?key|access_?key|private_?key|authorization)$/i;
/** A field that is named as a secret, in JSON or a preview of it, which may end within the text. */
const NAMED_SECRET = new RegExp(
  `(${SECRET_NAME.source.slice(0, -1)}\\\\?"?\\s*:\\s*\\\\?")(?:[^"\\\\]|\\\\[^"])+`,
  "gi",
);

/** A text without what opens something: tokens, keys, signatures, and values of fields that are named as secrets. */
const textWithoutSecrets = (text: string): string =>
  redactSecrets(text)
    .replace(TOKENS, "…")
    .replace(KEYS, "…")
    .replace(SIGNATURE, "$1…")
    .replace(NAMED_SECRET, "$1…");

/** A copy of a JSON value in which no text has what opens something: see `TOKEN` and `KEY`; and of fields by their names. */
export function withoutSecrets(value: unknown): unknown {
  if (typeof value === "string") return textWithoutSecrets(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(withoutSecrets);
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      textWithoutSecrets(key),
      typeof each === "string" && SECRET_NAME.test(key) ? "…" : withoutSecrets(each),
    ]),
  );
}
