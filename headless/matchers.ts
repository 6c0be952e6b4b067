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
import { checkMatcher } from "./parameters";
import { plainError } from "./plain-error";
import { type Check, subjectOf, subjectWord, type Where } from "./subject";

/** What the matchers are about: all pages that are watched, or one of them. */
export type Subject = Daily | Page | Frame;

const DEFAULT_TIMEOUT_MS = 5_000;

type MatcherName = keyof typeof dailyMatchers;

const hintOf = (state: ExpectMatcherState, name: MatcherName, subject: unknown): string =>
  state.utils.matcherHint(name, subjectWord(subject), "expected", { isNot: state.isNot });

/** Runs; what that throws then begins as errors of Playwright's own matchers do. */
function naming<T>(
  state: ExpectMatcherState,
  name: MatcherName,
  subject: unknown,
  begin: () => T,
): T {
  try {
    return begin();
  } catch (error) {
    throw plainError(
      `${hintOf(state, name, subject)}\n\nMatcher error: ${(error as Error).message}`,
    );
  }
}

/**
 * Asks a check until it is as expected or time is up. What is expected not to be is asked once, and again for as long as
 * `watchFor` says.
 */
async function run(
  state: ExpectMatcherState,
  name: MatcherName,
  subject: Subject,
  args: readonly [...unknown[], MatcherOptions],
  start: (where: Where) => Check,
): Promise<MatcherReturnType> {
  const { check, watched, options } = naming(state, name, subject, () => {
    checkMatcher(name, args);
    const where = subjectOf(subject);
    return { check: start(where), watched: where.watched, options: args.at(-1) as MatcherOptions };
  });
  const { timeout, watchFor = 0 } = options;
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
  const hint = hintOf(state, name, subject);
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
    const message = asMessage(expected);
    return run(this, "toHaveSent", subject, [message, options], (where) =>
      checkMessages("sent", where, message),
    );
  },

  /** The app of a page got such an app message. */
  toHaveReceived(
    this: ExpectMatcherState,
    subject: Subject,
    expected: string | TimesExpectation,
    options: MatcherOptions = {},
  ) {
    const message = asMessage(expected);
    return run(this, "toHaveReceived", subject, [message, options], (where) =>
      checkMessages("received", where, message),
    );
  },

  /** All such messages arrived at every end that is in view and that they were for; at least one was sent. */
  toHaveDelivered(
    this: ExpectMatcherState,
    subject: Subject,
    expected: string | DeliveryExpectation = {},
    options: MatcherOptions = {},
  ) {
    const message = asMessage(expected);
    return run(this, "toHaveDelivered", subject, [message, options], (where) =>
      checkDeliveries(where, message),
    );
  },

  /** The room's session data is like that, as the page knows it; as all joined pages do. */
  toHaveSessionData(
    this: ExpectMatcherState,
    subject: Subject,
    expected: unknown,
    options: Pick<MatcherOptions, "timeout"> = {},
  ) {
    return run(this, "toHaveSessionData", subject, [expected, options], (where) =>
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
    return run(this, "toHaveUserData", subject, [expected, options], (where) =>
      checkUserData(where, expected, options.of),
    );
  },

  /** No rule has found anything so far. Errors and warnings count, unless `level` says otherwise. */
  toHaveNoFindings(
    this: ExpectMatcherState,
    subject: Subject,
    options: NoFindingsExpectation = {},
  ) {
    return run(this, "toHaveNoFindings", subject, [options], (where) =>
      checkFindings(where, { ...options, level: options.level ?? "warning" }),
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
    const contract = naming(this, "toMatchContract", subject, () => {
      const opened = openContract(file);
      // There is nothing to differ from.
      if (!opened.baseline && (this.isNot || opened.update === "none"))
        throw new Error(missingText(opened));
      return opened;
    });
    const result = await run(this, "toMatchContract", subject, [file, options], (where) =>
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
