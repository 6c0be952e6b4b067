import { fileURLToPath } from "node:url";

import { startRtviBot } from "../bots/rtvi-bot";
import { WEATHER_TALK } from "../bots/weather-talk";
import type { RoomServer } from "../room/server";
import { startAudience } from "./audience";
import { missingTalk } from "./expected-talk";
import { missingTraffic } from "./expected-traffic";
import type { DemoOptions } from "./options";
import type { ShownRow } from "./shown-rows";

/** What a demo shows: the people in its room, and the tabs from which it is seen. */
export type Scene = {
  /** Opened in this order. The panel inspects the first. */
  readonly tabs: readonly Tab[];
  /** More tabs that someone may open. */
  readonly others: readonly Tab[];
  /** Every kind of traffic that the panel should have shown by now and has not. */
  missing(rows: readonly ShownRow[]): readonly string[];
  /** The row whose details a picture shows; undefined for the last one. */
  interesting(rows: readonly ShownRow[]): ShownRow | undefined;
  end(): Promise<void>;
};

type Tab = { readonly who: string; readonly url: string };

const PAGE = fileURLToPath(new URL("page", import.meta.url));
/** How much faster than people the bot and its user are where no one watches. */
const HEADLESS_PACE = 0.4;

/** Sets the scene that the options ask for, on a server of its own. */
export function setScene(server: RoomServer, options: DemoOptions): Scene {
  server.serve("/demo/", PAGE);
  return options.bot ? setTalk(server, options) : setQuestions(server, options);
}

/** The Q&A: the host, a guest on autopilot in a tab of their own, and in the local room an audience. */
function setQuestions(server: RoomServer, { room }: DemoOptions): Scene {
  const audience = room === undefined ? startAudience(server) : undefined;
  const query = room === undefined ? "" : `url=${encodeURIComponent(room)}&`;
  const urlOf = (person: string) => `${server.origin}/demo/?${query}${person}`;

  return {
    tabs: [
      { who: "Ada, the host", url: urlOf("name=Ada") },
      { who: "Bob, in tab 2", url: urlOf("name=Bob&host=0&auto=1") },
    ],
    others: [{ who: "Another participant", url: urlOf("name=Grace&host=0") }],
    missing: (rows) => missingTraffic(rows, { hasAudience: audience !== undefined, hasBob: true }),
    interesting: (rows) =>
      rows.findLast(
        ({ direction, channel, summary }) =>
          direction === "out" && channel === "App" && summary.includes("cue"),
      ),
    async end() {
      await audience?.stop();
    },
  };
}

/** The talk: a voice bot and its user, who speak by a script, and a page that someone can type into. */
function setTalk(server: RoomServer, { headless }: DemoOptions): Scene {
  const bot = startRtviBot(server.room("weather"), WEATHER_TALK, {
    isLooping: true,
    pace: headless ? HEADLESS_PACE : 1,
    reply: (text) =>
      /rain|umbrella/i.test(text)
        ? "No rain until Sunday. You can leave your umbrella at home."
        : `I only know about the weather. What you typed has ${text.length} characters.`,
  });

  return {
    tabs: [{ who: "The bot's client", url: `${server.origin}/pages/pipecat.html?room=weather` }],
    others: [],
    missing: missingTalk,
    // Its picture shows the conversation.
    interesting: () => undefined,
    async end() {
      bot.leave();
    },
  };
}
