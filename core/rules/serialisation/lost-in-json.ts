import { isHarmless } from "../../daily/losses";
import { DOCS_PAGES, type Rule } from "../rule";
import { reportLosses, tellLosses } from "./report-losses";

/** Values of which nothing arrives, or something that means nothing. */
export const lostInJson: Rule = {
  id: "lost-in-json",
  title: "Values that JSON loses",
  level: "warning",
  why: "All three channels carry JSON. A Map or a Set arrives as {}, and NaN as null. daily-js warns on the console at most.",
  advice: "Send what JSON can hold: `[...set]`, `Object.fromEntries(map)`, a number or nothing.",
  docs: DOCS_PAGES.channels,
  code: `call.sendAppMessage({ type: "tags", tags: [...tags], byId: Object.fromEntries(byId) });`,
  tell: tellLosses,
  start: reportLosses((loss) => !isHarmless(loss)),
  example: {
    fires: `
      0 joined Ada with Bob
      10 send {"type":"tags","tags":{}} to * losing Set at tags`,
    passes: `
      0 joined Ada with Bob
      10 send {"type":"tags","at":"2026-01-01T00:00:00.000Z"} to * losing Date at at`,
  },
};
