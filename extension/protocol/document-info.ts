/** A document that has something to show, as the browser names it (never as the page claims). */
export type DocumentInfo = {
  readonly documentId: string;
  readonly frameId: number;
  readonly url: string;
};
