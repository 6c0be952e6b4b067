// What of an app's data may stand in a file that is handed around: names of fields and words of its protocol, but nothing
// that someone wrote, that says who someone is, or that opens something.
import { EMAIL, KEY, looksRandom, TOKEN } from "../lib/secrets";

/** How private what a field holds is, by its name: not at all, what it holds itself, or all that is in it. */
export type Privacy = "open" | "private" | "secret";

const listed = (words: string): ReadonlySet<string> => new Set(words.split(" "));

/** Anywhere in a name: `accessToken`, `key_id`. */
const SECRET_WORDS = listed(
  "token tokens secret secrets password passwords passwd passphrase passcode pass pwd pw pin otp key keys apikey jwt auth " +
    "authorization bearer credential credentials cookie cookies signature sig hash nonce salt private cvv cvc iban ssn card",
);

/** At the end of a name: a `userName` is someone's, a `userRole` isn't. */
const PRIVATE_WORDS = listed(
  // Who and where someone is.
  "id ids uid uuid guid username name names nick nickname user users author sender from to by owner speaker person people " +
    "participant participants guest customer email emails mail phone mobile tel address street city zip birthday birth dob " +
    "ip lat lng lon latitude longitude location account company url urls uri href link src file filename " +
    // What someone wrote.
    "text texts message messages msg content contents body title subject comment comments description caption transcript " +
    "utterance sentence note notes question questions answer answers reply prompt query topic summary bio word words",
);

/** `accessToken`, `access_token` and `ACCESS-TOKEN` as their words. */
const wordsOf = (name: string): string[] =>
  name
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== "");

/** UTF-16 units. A longer key isn't a name that someone wrote in code. */
const MAX_NAME = 60;

/** A key that was made at run time, like an id or an address: it is data, and no name of a field. */
const MADE = /^\d+$|[-_.:/]\d+$|\d{4,}|@|[\s\p{Cc}\p{Cs}]/u;

const isMade = (key: string): boolean =>
  key.length > MAX_NAME || MADE.test(key) || looksSecret(key);

type Name = { readonly privacy: Privacy; readonly isMade: boolean };

/** So many texts are remembered with what was found out about them; all are forgotten when there are more. */
const MAX_KNOWN = 2_000;

/**
 * The same function, which reads a text once: an app has few names and words, and every message has them. One that is
 * longer than `maxLength` may be as long as a message, and isn't remembered.
 */
function remembering<T>(read: (text: string) => T, maxLength: number): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const found = read(text);
    if (text.length > maxLength) return found;
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(text, found);
    return found;
  };
}

/** What a key says about itself and what it holds. */
export const readName = remembering(
  (key): Name => ({ privacy: privacyOf(key), isMade: isMade(key) }),
  MAX_NAME,
);

function privacyOf(key: string): Privacy {
  const words = wordsOf(key.slice(0, MAX_NAME));
  if (words.some((word) => SECRET_WORDS.has(word))) return "secret";
  return PRIVATE_WORDS.has(words.at(-1) ?? "") ? "private" : "open";
}

/** UTF-16 units. */
const MAX_WORD = 40;

/** `chat`, `bot-ready`, `room.state`, `rtvi/1.0`: what someone writes in code to be compared with. */
const WORD = /^[A-Za-z_*][\w*]*(?:[-.:/][\w*]+)*$|^\d{1,3}\.\d{1,3}(?:\.\d{1,3})?$/;

/** Whether a text is a word of a protocol: no one's name, no sentence, and nothing secret. */
export const isWord = remembering(
  (text) => text.length <= MAX_WORD && WORD.test(text) && !looksSecret(text),
  MAX_WORD,
);

/** Of a text that the type of a message is read from, which may be a few words. UTF-16 units. */
const MAX_TYPE = 100;

/** Whether the text of a type may be written down: also one that is made up of keys, as `{id, text}`. */
export const isTypeText = remembering(
  (text) => text.length <= MAX_TYPE && !text.split(/[\s,{}]+/).some(looksSecret),
  MAX_TYPE,
);

/** Letters without a vowel between them, more than any word has. */
const NO_WORD = /[bcdfghjklmnpqrstvwxz]{7}/i;
/** A text from here on is checked for letters in no order. */
const MIN_SECRET = 16;
/** Characters for each part of a name in camel case, on average. */
const MIN_PART = 3;

/** Whether a text may be a key, a token, an id or an address: rather too often than once too seldom. */
function looksSecret(text: string): boolean {
  if (TOKEN.test(text) || KEY.test(text) || EMAIL.test(text) || /\d{6}/.test(text)) return true;
  if (text.length >= 8 && looksRandom(text)) return true;
  return (
    text.length >= MIN_SECRET &&
    text.split(/[^A-Za-z\d]+/).some((part) => part.length >= MIN_SECRET && isJumbled(part))
  );
}

function isJumbled(part: string): boolean {
  const parts = part.split(/(?<=[a-z\d])(?=[A-Z])|(?<=\D)(?=\d)/).length;
  return NO_WORD.test(part) || part.length / parts < MIN_PART;
}
