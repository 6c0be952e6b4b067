import type { Cue } from "./cues";
import { perform, type Performance, type Staging } from "./perform";
import type { Talk } from "./talk";
import type { Truth } from "./truth";

/** A bot in a room. Its talk starts when a client is ready, and again with each that comes later. */
export type Bot = {
  readonly sessionId: string;
  /** What was said since a client was last ready. */
  truth(): Truth;
  /** Resolves when the talk was gone through with a client, with what is true by then. */
  readonly over: Promise<Truth>;
  leave(): void;
};

export type Stage = Pick<Performance, "hearTyped" | "giveResult" | "stop"> &
  Pick<Bot, "truth" | "over"> & {
    /** Starts the talk from its beginning; one that goes on is broken off. */
    start(say: (cue: Cue) => void): void;
  };

const NOTHING: Truth = { turns: [], notices: [], failures: [] };

/** Where one talk is performed, as often as clients come for it. */
export function createStage(talk: Talk, staging: Staging): Stage {
  let performance: Performance | undefined;
  let resolveOver: (truth: Truth) => void = () => {};
  const over = new Promise<Truth>((resolve) => (resolveOver = resolve));

  function stop(): void {
    performance?.stop();
    performance = undefined;
  }

  return {
    start(say) {
      stop();
      const started = perform(talk, say, staging);
      performance = started;
      void started.over.then(() => {
        if (performance === started) resolveOver(started.truth);
      });
    },
    hearTyped: (text) => performance?.hearTyped(text),
    giveResult: (callId, result) => performance?.giveResult(callId, result),
    stop,
    truth: () => performance?.truth ?? NOTHING,
    over,
  };
}
