import { parseArgs } from "node:util";

export type DemoOptions = {
  readonly headless: boolean;
  /** How long a headless run lasts at least. */
  readonly seconds: number;
  /** A talk with a voice bot instead of the Q&A. */
  readonly bot: boolean;
  /** Address of a room of Daily's, instead of the local one. */
  readonly room?: string;
};

/** What the command line asks for: a run, the help text, or something that is not possible. */
export type Request =
  | { readonly kind: "run"; readonly options: DemoOptions }
  | { readonly kind: "help" }
  | { readonly kind: "mistake"; readonly message: string };

type Surroundings = Pick<NodeJS.Process, "platform" | "env">;

const DEFAULT_SECONDS = 8;

export const HELP = `A live Q&A on the real daily-js, in two tabs, with the inspector's panel open below the host's;
or a talk with a scripted voice bot, through Pipecat's own client.

  npm run demo [-- options]

  --bot          the talk with a voice bot (RTVI), in the Conversation view
  --headless     no window: run for some seconds, print what the panel showed, save demo.png
                 (the default where there is no display)
  --seconds N    how long a headless run lasts at least (default ${DEFAULT_SECONDS})
  --room URL     use a room of Daily's, such as https://you.daily.co/room, without scripted participants
  --help         this text`;

/** Reads the arguments after the script's name. */
export function parseOptions(args: readonly string[], surroundings: Surroundings): Request {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        bot: { type: "boolean" },
        headless: { type: "boolean" },
        seconds: { type: "string" },
        room: { type: "string" },
        help: { type: "boolean" },
      },
    }));
  } catch (error) {
    return mistake(error instanceof Error ? firstSentence(error.message) : String(error));
  }
  if (values.help) return { kind: "help" };

  const seconds = Number(values.seconds ?? DEFAULT_SECONDS);
  if (!(seconds > 0 && seconds <= 3600)) {
    return mistake(`--seconds takes a number up to 3600, not "${values.seconds}"`);
  }
  if (values.room !== undefined && !isWebAddress(values.room)) {
    return mistake(`--room takes the address of a room, not "${values.room}"`);
  }
  if (values.bot && values.room !== undefined) {
    return mistake("--bot runs in the local room, so it can't be used with --room");
  }
  const headless = values.headless ?? !hasDisplay(surroundings);
  return {
    kind: "run",
    options: {
      headless,
      seconds,
      bot: values.bot ?? false,
      ...(values.room !== undefined && { room: values.room }),
    },
  };
}

function hasDisplay({ platform, env }: Surroundings): boolean {
  return platform !== "linux" || Boolean(env["DISPLAY"] || env["WAYLAND_DISPLAY"]);
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

function mistake(message: string): Request {
  return { kind: "mistake", message };
}

/** Node adds advice about positional arguments, of which there are none here. */
const firstSentence = (message: string): string =>
  (message.split(/\. |\n/)[0] ?? message).replace(/\.$/, "");
