import type { ReadonlySignal } from "@preact/signals";

import type { Commands } from "./commands";

const RECORDED = "This is a recording: there is no page to send it to.";

/** The same commands while the page's own session is shown; to a recording nothing can be sent. */
export function liveOnly(commands: Commands, isLive: ReadonlySignal<boolean>): Commands {
  return {
    ...commands,
    whyNot: (kind, call) => (isLive.value ? commands.whyNot(kind, call) : RECORDED),
    send: (call, action) => (isLive.value ? commands.send(call, action) : RECORDED),
    repeat: (...args) => (isLive.value ? commands.repeat(...args) : RECORDED),
  };
}
