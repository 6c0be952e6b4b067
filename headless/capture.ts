import type { BrowserContext, Frame, Page } from "playwright-core";

import type { AgentAnswer, AgentRequest } from "../extension/protocol/agent-tools";
import { type CommandMessage, PROTOCOL_VERSION } from "../extension/protocol/envelope";
import type { Command } from "../extension/protocol/command";
import { PAGE_SCRIPT } from "./page-script";
import type { FetchIn } from "./scripts";
import { BINDING, type Flushed, type FromPage, type ToPage } from "./wire";

/** A document of a watched context. */
type PageDocument = {
  readonly documentId: string;
  readonly url: string;
  readonly page: Page;
  readonly frame: Frame;
};

export type CaptureListener = {
  opened(document: PageDocument): void;
  /** A batch of events came, as a text of the protocol. */
  received(documentId: string, text: string): void;
  /** A page answered at that time (epoch ms, by its clock): what it had done by then is here. */
  answered(documentId: string, at: number): void;
  /** Answers a coding agent that uses a tool of a page. What the page had done by then has been received. */
  asked(documentId: string, request: AgentRequest): Promise<AgentAnswer>;
  closed(documentId: string): void;
};

export type Capture = {
  /** Watches a context, once; its pages are seen from their first script on. */
  watch(context: BrowserContext): Promise<void>;
  /** Resolves when all that the pages have done by now has come; of a page that doesn't answer, no more is awaited. */
  flush(): Promise<void>;
  /** Asks a page whether it runs; its answer is told. */
  probe(documentId: string): void;
  /** Has a document of these frames fetch a text; undefined where there is none, or where that fails. */
  readonly fetchIn: FetchIn;
  /** Returns false when the document is gone. */
  perform(documentId: string, command: Command): boolean;
};

/** A page that is busy for longer, or stands at a dialog, isn't waited for. Milliseconds. */
const PATIENCE_MS = 2_000;

type Live = PageDocument & {
  /** What it hasn't asked for yet. */
  readonly queue: ToPage[];
  /** The answer to its question, while it waits for one. */
  next: ((message: ToPage | undefined) => void) | undefined;
  /** By number: what waits for an answer of the page; it gets undefined when none comes. */
  readonly asked: Map<number, (text: string | undefined) => void>;
};

/** Puts the hook into every document of the watched contexts, and takes what it tells. */
export function createCapture(listener: CaptureListener): Capture {
  const contexts = new WeakSet<BrowserContext>();
  const pages = new WeakSet<Page>();
  const documents = new Map<string, Live>();
  let questions = 0;

  function hear(page: Page, frame: Frame, message: FromPage) {
    const { id } = message;
    if (message.kind === "next") {
      const live = open(page, frame, id, message.url);
      if (message.flushed) hearFlushed(live, message.flushed);
      return nextFor(live);
    }
    if (message.kind === "agent") return answerAgent(id, message.request);
    if (message.kind === "batch") return listener.received(id, message.text);
    documents.get(id)?.asked.get(message.number)?.(message.text);
  }

  function hearFlushed({ documentId, asked }: Live, { texts, at, number }: Flushed): void {
    for (const text of texts) listener.received(documentId, text);
    listener.answered(documentId, at);
    asked.get(number)?.(undefined);
  }

  async function answerAgent(documentId: string, request: AgentRequest): Promise<AgentAnswer> {
    const live = documents.get(documentId);
    if (live) await flushOne(live);
    return listener.asked(documentId, request);
  }

  function open(page: Page, frame: Frame, documentId: string, url: string): Live {
    const known = documents.get(documentId);
    if (known) return known;
    closeWhere((each) => each.frame === frame);
    watchPage(page);
    const document = { documentId, url, page, frame };
    const live: Live = { ...document, queue: [], next: undefined, asked: new Map() };
    documents.set(documentId, live);
    listener.opened(document);
    return live;
  }

  function nextFor(live: Live): Promise<ToPage | undefined> {
    const waiting = live.queue.shift();
    if (waiting) return Promise.resolve(waiting);
    return new Promise((resolve) => void (live.next = resolve));
  }

  function post(live: Live, message: ToPage): void {
    const { next, queue } = live;
    live.next = undefined;
    if (next) next(message);
    else queue.push(message);
  }

  function watchPage(page: Page): void {
    if (pages.has(page)) return;
    pages.add(page);
    const close = () => closeWhere((each) => each.page === page);
    page.on("close", close);
    page.on("crash", close);
    page.on("framedetached", (frame) => closeWhere((each) => each.frame === frame));
  }

  function closeWhere(isMeant: (document: Live) => boolean): void {
    for (const [documentId, live] of documents) {
      if (!isMeant(live)) continue;
      documents.delete(documentId);
      // A function that is never answered would be kept for as long as its page. After that, to answer costs an error.
      if (!live.page.isClosed()) live.next?.(undefined);
      for (const done of live.asked.values()) done(undefined);
      listener.closed(documentId);
    }
  }

  function ask(live: Live, question: (number: number) => ToPage): Promise<string | undefined> {
    const number = ++questions;
    return new Promise((resolve) => {
      const done = (text: string | undefined): void => {
        clearTimeout(timer);
        live.asked.delete(number);
        resolve(text);
      };
      const timer = setTimeout(() => done(undefined), PATIENCE_MS);
      live.asked.set(number, done);
      post(live, question(number));
    });
  }

  const flushOne = (live: Live) => ask(live, (number) => ({ kind: "flush", number }));

  return {
    async watch(context) {
      if (contexts.has(context)) return;
      contexts.add(context);
      // Asked for in one go, so that a page opened right after has both.
      const binding = context.exposeBinding(BINDING, ({ page, frame }, message: FromPage) =>
        hear(page, frame, message),
      );
      const script = context.addInitScript({ content: PAGE_SCRIPT });
      await Promise.all([binding, script]);
      const frames = context.pages().flatMap((page) => page.frames());
      // Pages that are there already: a call is found where daily-js is a global.
      await Promise.all(frames.map((frame) => frame.evaluate(PAGE_SCRIPT).catch(() => {})));
    },
    flush: async () => void (await Promise.all([...documents.values()].map(flushOne))),
    probe(documentId) {
      const live = documents.get(documentId);
      if (live) void flushOne(live);
    },
    async fetchIn(frames, url) {
      const live = [...documents.values()].find(({ frame }) => frames.has(frame));
      return live && ask(live, (number) => ({ kind: "fetch", number, url }));
    },
    perform(documentId, command) {
      const live = documents.get(documentId);
      const message: CommandMessage = { protocol: PROTOCOL_VERSION, kind: "command", command };
      if (live) post(live, { kind: "text", text: JSON.stringify(message) });
      return live !== undefined;
    },
  };
}
