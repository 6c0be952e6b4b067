import type { TextPart } from "../protocols/protocol";

/** What was said in a turn, as it is known by now. */
export type Said = {
  readonly text: string;
  /** Where the part of the text begins that may change yet; the length of the text if all is final. */
  readonly finalChars: number;
};

/** The text of a turn, put together from its pieces. */
export type TurnText = {
  add(part: TextPart): void;
  /** Whether a piece of this key was added, so that another one of it belongs here, too. */
  has(part: TextPart): boolean;
  /** Whether anything is said for good. */
  hasFinal(): boolean;
  read(): Said;
  /** How much of the text was said aloud; undefined where the protocol doesn't tell. */
  spokenChars(): number | undefined;
};

type Segment = {
  text: string;
  spoken: number | undefined;
  isInterim: boolean;
  /** Whether it was told by a key, so that nothing is appended to it. */
  readonly isKeyed: boolean;
  /** Whether its text ends with a space: looking at the end of a text that grows would copy it each time. */
  endsWithSpace: boolean;
};

/** The pieces that one kind of message told. */
type Source = {
  readonly rank: number;
  readonly isSpoken: boolean;
  /** The text of all segments but the last, so that a growing end is never joined with it again. */
  head: string;
  readonly segments: Segment[];
  readonly byKey: Map<string, Segment>;
  /** What the next piece takes the place of. */
  interim: string;
};

/**
 * Puts the text of a turn together. Several kinds of message may tell the same text: each is collected by itself, and
 * the one of the highest rank that tells anything counts. Takes the same time for each piece, however long the text is.
 */
export function createTurnText(): TurnText {
  const sources = new Map<string, Source>();
  let best: Source | undefined;

  function sourceOf({ source: name, rank, isSpoken = false }: TextPart): Source {
    let source = sources.get(name);
    if (!source) {
      source = { rank, isSpoken, head: "", segments: [], byKey: new Map(), interim: "" };
      sources.set(name, source);
    }
    return source;
  }

  return {
    add(part) {
      const source = sourceOf(part);
      addTo(source, part);
      if (part.text !== "" && (!best || source.rank > best.rank)) best = source;
    },
    has: ({ source, key }) => key !== undefined && sources.get(source)?.byKey.has(key) === true,
    hasFinal: () => best !== undefined && best.segments.some(({ isInterim }) => !isInterim),
    read: () => (best ? readSource(best) : { text: "", finalChars: 0 }),
    spokenChars() {
      if (!best) return undefined;
      const { text } = readSource(best);
      if (best.isSpoken) return text.length;
      return spokenOf(best) ?? spokenBy([...sources.values()], text);
    },
  };
}

function addTo(source: Source, part: TextPart): void {
  const { key, isInterim = false, text } = part;
  if (key === undefined && isInterim) {
    source.interim = text;
    return;
  }
  if (!isInterim) source.interim = "";
  if (key === undefined) append(source, part);
  else put(source, key, part);
}

/** Adds a piece at the end, to the text that grows there if there is one. */
function append(source: Source, { text, join }: TextPart): void {
  const last = source.segments.at(-1);
  if (!last || last.isKeyed) {
    push(source, text, undefined, false, false);
    return;
  }
  const needsSpace =
    join === "words" && last.text.length > 0 && !last.endsWithSpace && !/^\s/.test(text);
  last.text += needsSpace ? ` ${text}` : text;
  if (text !== "") last.endsWithSpace = /\s$/.test(text);
}

/** Puts a piece in the place of the one of the same key. What is sure stays: a piece in progress only says how far it is. */
function put(source: Source, key: string, { text, spoken, isInterim = false }: TextPart): void {
  const known = source.byKey.get(key);
  if (!known) {
    source.byKey.set(key, push(source, text, spoken, isInterim, true));
    return;
  }
  if (spoken !== undefined) known.spoken = spoken;
  if ((isInterim && !known.isInterim) || known.text === text) {
    known.isInterim &&= isInterim;
    return;
  }
  known.text = text;
  known.endsWithSpace = /\s$/.test(text);
  known.isInterim = isInterim;
  if (known !== source.segments.at(-1)) source.head = joinAll(source.segments.slice(0, -1));
}

function push(
  source: Source,
  text: string,
  spoken: number | undefined,
  isInterim: boolean,
  isKeyed: boolean,
): Segment {
  const last = source.segments.at(-1);
  if (last) source.head = joined(source.head, last.text);
  const segment = { text, spoken, isInterim, isKeyed, endsWithSpace: /\s$/.test(text) };
  source.segments.push(segment);
  return segment;
}

const joined = (before: string, after: string): string =>
  before === "" || after === "" || /\s$/.test(before) || /^\s/.test(after)
    ? before + after
    : `${before} ${after}`;

const joinAll = (segments: readonly Segment[]): string =>
  segments.reduce((text, segment) => joined(text, segment.text), "");

function readSource({ head, segments, interim }: Source): Said {
  const last = segments.at(-1);
  const sure = last ? joined(head, last.text) : head;
  const text = joined(sure, interim).trimEnd();
  const isSure = segments.every((segment) => !segment.isInterim);
  const finalChars = interim !== "" ? sure.length : isSure ? text.length : head.length;
  return { text, finalChars: Math.min(finalChars, text.length) };
}

/** How much was said of segments that tell it themselves: all up to the first that isn't finished. */
function spokenOf({ segments }: Source): number | undefined {
  if (segments.every(({ spoken }) => spoken === undefined)) return undefined;
  let text = "";
  for (const segment of segments) {
    const said = segment.spoken ?? 0;
    if (said > 0) text = joined(text, segment.text.slice(0, said));
    if (said < segment.text.length) break;
  }
  return text.length;
}

/** How much of a text was said by a source that tells only what was said: it has to be the beginning of the text. */
function spokenBy(sources: readonly Source[], text: string): number | undefined {
  const spoken = sources
    .filter((source) => source.isSpoken)
    .sort((a, b) => b.rank - a.rank)
    .map((source) => readSource(source).text)
    .find((each) => each !== "");
  return spoken === undefined ? undefined : lengthOfStart(text, spoken);
}

/** How long the beginning of a text is that another text is, apart from spaces; undefined where it isn't. */
function lengthOfStart(text: string, start: string): number | undefined {
  let at = 0;
  for (const char of start) {
    if (/\s/.test(char)) continue;
    while (at < text.length && /\s/.test(text[at] as string)) at++;
    if (!text.startsWith(char, at)) return undefined;
    at += char.length;
  }
  return at;
}
