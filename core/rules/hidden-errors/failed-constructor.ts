import { DOCS_PAGES, type Rule } from "../rule";

/** A call object whose constructor threw. */
export const failedConstructor: Rule = {
  id: "failed-constructor",
  title: "A call object that could not be made, but stays",
  level: "error",
  why: "createCallObject() or createFrame() threw, for example because of an invalid option, but daily-js has registered the instance already. The next one is refused: `Duplicate DailyIframe instances are not allowed`.",
  advice:
    "Mend the option that the error names. Until the page is reloaded, get the instance and destroy it.",
  docs: DOCS_PAGES.errorEvents,
  code: `await Daily.getCallInstance()?.destroy();`,
  tell: () => `The constructor threw, and the instance is still there.`,
  start: (report) => ({
    event({ event, seq, at }) {
      if (event.kind === "call-failed") report({ key: "constructor", seqs: [seq], at });
    },
  }),
  example: { fires: `0 fails`, passes: `0 created` },
};
