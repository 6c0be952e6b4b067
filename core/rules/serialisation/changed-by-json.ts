import { isHarmless } from "../../daily/losses";
import { DOCS_PAGES, type Rule } from "../rule";
import { reportLosses, tellLosses } from "./report-losses";

/** Values that arrive as something else, which may do. */
export const changedByJson: Rule = {
  id: "changed-by-json",
  title: "Values that arrive in another form",
  level: "info",
  why: "All three channels carry JSON. A Date arrives as text, an instance of a class as a plain object without its methods, and a key that is undefined is not there.",
  advice: "Where the other side relies on it, make it again there: `new Date(data.at)`.",
  docs: DOCS_PAGES.channels,
  code: `call.on("app-message", ({ data }) => show(new Date(data.at)));`,
  tell: tellLosses,
  start: reportLosses(isHarmless),
  example: {
    fires: `
      0 joined Ada with Bob
      10 user-data {"since":"2026-01-01T00:00:00.000Z"} losing Date at since`,
    passes: `
      0 joined Ada with Bob
      10 session-data shallow-merge {"topic":"Tea"} without poll`,
  },
};
