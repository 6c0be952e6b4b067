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

/** The names that were read last: an app has few, and every message has them. */
const known = new Map<string, Name>();
const MAX_KNOWN = 2_000;

/** What a key says about itself and what it holds. */
export function readName(key: string): Name {
  const before = known.get(key);
  if (before) return before;
  const name = { privacy: privacyOf(key), isMade: isMade(key) };
  // A key may be as long as a message, and is only kept where it is a name.
  if (key.length > MAX_NAME) return name;
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(key, name);
  return name;
}

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
export const isWord = (text: string): boolean =>
  text.length <= MAX_WORD && WORD.test(text) && !looksSecret(text);

/** Of a text that the type of a message is read from, which may be a few words. UTF-16 units. */
const MAX_TYPE = 100;

/** Whether the text of a type may be written down: also one that is made up of keys, as `{id, text}`. */
export const isTypeText = (text: string): boolean =>
  text.length <= MAX_TYPE && !text.split(/[\s,{}]+/).some(looksSecret);

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
