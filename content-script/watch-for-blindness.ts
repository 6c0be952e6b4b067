import { hasOwn, startTimer } from "./primordials";

const CHECK_MS = 1_000;

/**
 * Says so when a page has removed the accessor by which calls are found (SES `lockdown()` does) and uses Daily, which
 * leaves a global `_daily` (0.59 and newer). A page that leaves the accessor alone pays for one look; the others for one
 * a second, in their first five minutes.
 */
export function watchForBlindness(isArmed: () => boolean, say: (reason: string) => void): void {
  let checks = 300;
  function check(): void {
    if (isArmed()) return;
    if (hasOwn(window, "_daily"))
      say("a script, such as SES lockdown, removed what calls are found by");
    else if (--checks > 0) startTimer(check, CHECK_MS);
  }
  window.addEventListener("load", check);
}
