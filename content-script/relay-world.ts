/** What scripts of ours share in the isolated world of a document, where no script of the page can look. */
export type RelayWorld = {
  /** Called when the document has something to show; only top documents of Chromium have it. */
  dailyHere?: () => void;
};
