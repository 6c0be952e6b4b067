import type { ExpectMatcherState, MatcherReturnType } from "@playwright/test";
import type { Frame, Page } from "playwright-core";

import type {
  Daily,
  DeliveryExpectation,
  MatcherOptions,
  NoFindingsExpectation,
  TimesExpectation,
  Whom,
} from "./api";
import { checkContract, departs } from "./check-contract";
import { checkDeliveries } from "./check-deliveries";
import { checkFindings } from "./check-findings";
import { checkMessages } from "./check-messages";
import { checkSessionData, checkUserData } from "./check-state";
import { addSeen, mayWrite, missingText, openContract, writtenText } from "./open-contract";
import { type Check, subjectOf } from "./subject";

/** What the matchers are about: all pages that are watched, or one of them. */
export type Subject = Daily | Page | Frame;

const DEFAULT_TIMEOUT_MS = 5_000;

/**
 * Asks a check until it is as expected or time is up. What is expected not to be is asked once, and again for as long as
 * `watchFor` says.
 */
async function run(
  state: ExpectMatcherState,
  name: string,
  subject: Subject,
  { timeout, watchFor = 0 }: MatcherOptions,
  start: (where: ReturnType<typeof subjectOf>) => Check,
): Promise<MatcherReturnType> {
  const where = subjectOf(subject);
  const { watched } = where;
  const check = start(where);
  const timeoutMs = timeout ?? (state as { timeout?: number }).timeout ?? DEFAULT_TIMEOUT_MS;
  const isOver = (): true | undefined => (check.isMet() || check.isHopeless?.() ? true : undefined);
  if (state.isNot) {
    await watched.catchUp();
    // What happened can't be undone, but what is in the room can change.
    if (check.canEnd) await watched.until(() => (check.isMet() ? undefined : true), timeoutMs);
    else if (watchFor > 0) await watched.until(() => (check.isMet() ? true : undefined), watchFor);
  } else if (check.holdsNow) {
    await watched.catchUp();
    if (check.isMet() && watchFor > 0)
      await watched.until(() => (check.isMet() ? undefined : true), watchFor);
  } else {
    await watched.until(isOver, timeoutMs);
    // One more may have been on its way.
    if (check.isExact) {
      await watched.catchUp();
      if (check.isMet() && watchFor > 0)
        await watched.until(() => (check.isMet() ? undefined : true), watchFor);
    }
  }
  if (check.isMet(true) === state.isNot) await watched.findSources();
  const pass = check.isMet(true);
  const hint = state.utils.matcherHint(name, where.word, "expected", { isNot: state.isNot });
  const isTimed = state.isNot ? check.canEnd === true : check.holdsNow !== true;
  const waited = isTimed && !check.isHopeless?.() ? `\n\nTimeout: ${timeoutMs} ms` : "";
  const text = pass === state.isNot ? check.explain(state.isNot) : "";
  return { pass, name, message: () => `${hint} failed\n\n${text}${waited}` };
}

/** Matchers for `expect.extend()`, for those who have an `expect` of their own. */
export const dailyMatchers = {
  /** A page sent such an app message, and Daily took it. */
  toHaveSent(
    this: ExpectMatcherState,
    subject: Subject,
    expected: string | TimesExpectation,
    options: MatcherOptions = {},
  ) {
    return run(this, "toHaveSent", subject, options, (where) =>
      checkMessages("sent", where, asMessage(expected)),
    );
  },

  /** The app of a page got such an app message. */
  toHaveReceived(
    this: ExpectMatcherState,
    subject: Subject,
    expected: string | TimesExpectation,
    options: MatcherOptions = {},
  ) {
    return run(this, "toHaveReceived", subject, options, (where) =>
      checkMessages("received", where, asMessage(expected)),
    );
  },

  /** All such messages arrived at every end that is in view and that they were for; at least one was sent. */
  toHaveDelivered(
    this: ExpectMatcherState,
    subject: Subject,
    expected: string | DeliveryExpectation = {},
    options: MatcherOptions = {},
  ) {
    return run(this, "toHaveDelivered", subject, options, (where) =>
      checkDeliveries(where, asMessage(expected)),
    );
  },

  /** The room's session data is like that, as the page knows it; as all joined pages do. */
  toHaveSessionData(
    this: ExpectMatcherState,
    subject: Subject,
    expected: unknown,
    options: Pick<MatcherOptions, "timeout"> = {},
  ) {
    return run(this, "toHaveSessionData", subject, options, (where) =>
      checkSessionData(where, expected),
    );
  },

  /** User data is like that, as the page knows it; as all joined pages do. Of the page's own participant, or of `of`. */
  toHaveUserData(
    this: ExpectMatcherState,
    subject: Subject,
    expected: unknown,
    options: Pick<MatcherOptions, "timeout"> & { readonly of?: Whom } = {},
  ) {
    return run(this, "toHaveUserData", subject, options, (where) =>
      checkUserData(where, expected, options.of),
    );
  },

  /** No rule has found anything so far. Errors and warnings count, unless `level` says otherwise. */
  toHaveNoFindings(
    this: ExpectMatcherState,
    subject: Subject,
    options: NoFindingsExpectation = {},
  ) {
    return run(this, "toHaveNoFindings", subject, options, (where) =>
      checkFindings(where, { level: "warning", ...options }),
    );
  },

  /**
   * What was sent and received is as a baseline has it, that of the panel or one that tests have written. The path begins
   * at the folder of Playwright's configuration.
   */
  async toMatchContract(
    this: ExpectMatcherState,
    subject: Subject,
    file: string,
    options: MatcherOptions = {},
  ) {
    const contract = openContract(file);
    // There is nothing to differ from.
    if (!contract.baseline && (this.isNot || contract.update === "none"))
      throw new Error(missingText(contract));
    const result = await run(this, "toMatchContract", subject, options, (where) =>
      checkContract(where, contract, this.isNot),
    );
    if (result.pass || this.isNot || !mayWrite(contract)) return result;
    const where = subjectOf(subject);
    if (!departs(where, contract)) return result;
    addSeen(contract, where);
    // As Playwright has it: a test that wrote what it compares with hasn't shown anything.
    const pass = contract.baseline !== undefined || contract.update === "departures";
    return { ...result, pass, message: () => writtenText(contract) };
  },
};

const asMessage = <T extends DeliveryExpectation>(expected: string | T): T =>
  typeof expected === "string" ? ({ type: expected } as T) : expected;
