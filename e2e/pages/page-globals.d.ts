import type Daily from "@daily-co/daily-js";
import type { PipecatClient } from "@pipecat-ai/client-js";
import type { DailyCall, DailyEventObjectAppMessage } from "@daily-co/daily-js";

/** What the test pages leave in `window` for tests. */
declare global {
  interface Window {
    Daily?: typeof Daily;
    /** The name of the same thing before daily-js 0.55. */
    DailyIframe: typeof Daily;
    call: DailyCall;
    received: DailyEventObjectAppMessage[];
    client: PipecatClient;
    sins: Readonly<Record<string, () => void>>;
    __hookWasFirst: boolean;
    __messages: unknown[];
    /** How often a script of the page got hold of a port that isn't its own. */
    tookPorts: number;
    /** Builtins that a script of the extension called, by name. */
    calledBuiltins?: Set<string>;
  }
}
