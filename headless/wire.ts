/** What travels between a page and the watching process. No imports that run: the page's script uses this file. */

import type { AgentRequest } from "../extension/protocol/agent-tools";

/** The function that Playwright puts into each page; it is taken away before the page's first script. */
export const BINDING = "__inspectorForDaily";

/**
 * All that had happened in a page when it was asked has been sent, but for these batches. `at`: the page's clock, in epoch
 * milliseconds.
 */
export type Flushed = {
  readonly number: number;
  readonly at: number;
  readonly texts: readonly string[];
};

/** Page → watcher. `id`: the document, by the name that it gave itself. Each costs both processes a few tasks. */
export type FromPage =
  /**
   * Asks what there is to do, for the first time as soon as the document is there. Answered when there is something.
   * `flushed`: the answer to what it had to do before.
   */
  | {
      readonly kind: "next";
      readonly id: string;
      readonly url: string;
      readonly flushed: Flushed | undefined;
    }
  /** A batch of events, as a panel would get it. */
  | { readonly kind: "batch"; readonly id: string; readonly text: string }
  /** What it was asked to fetch; undefined where that failed. */
  | {
      readonly kind: "fetched";
      readonly id: string;
      readonly number: number;
      readonly text: string | undefined;
    }
  /** A coding agent uses a tool of the page. Answered with an `AgentAnswer`. */
  | { readonly kind: "agent"; readonly id: string; readonly request: AgentRequest };

/** Watcher → page, as the answer to `next`. */
export type ToPage =
  /** As from a panel: a command. */
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "flush"; readonly number: number }
  /** To fetch a text as the page would: a source map, after a test has failed. */
  | { readonly kind: "fetch"; readonly number: number; readonly url: string };
