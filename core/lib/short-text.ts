const MAX_SHOWN = 60;

/** The beginning of a text, for a sentence; in characters. */
export const shortText = (text: string, max = MAX_SHOWN): string =>
  text.length > max ? `${text.slice(0, max)}…` : text;
