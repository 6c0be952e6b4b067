/** Words that other languages have, and this one looks for like any other. */
export const JOINING = new Map([
  ["OR", "OR is a word to look for. Values of one key are joined by commas: type:chat,poll."],
  ["AND", "AND is a word to look for. Terms beside each other must all be true."],
]);
