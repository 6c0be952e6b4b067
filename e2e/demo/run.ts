/** `npm run demo`: a scene in a browser with the panel open, or a short look at it without a window. */
import { openConversation } from "../read-conversation";
import { watchForInterruption } from "./interruption";
import { type DemoOptions, HELP, parseOptions } from "./options";
import { savePicture, selectRow } from "./picture";
import { readConversation } from "./shown-conversation";
import { type Demo, startDemo } from "./start-demo";
import { summarise } from "./summary";
import { readAround, watchPanel } from "./watch-panel";

const PICTURE = "demo.png";

async function main(): Promise<number> {
  const request = parseOptions(process.argv.slice(2), process);
  if (request.kind === "help") {
    console.log(HELP);
    return 0;
  }
  if (request.kind === "mistake") {
    console.error(`${request.message}.\n\n${HELP}`);
    return 1;
  }
  const { options } = request;
  console.log(options.headless ? "Running the demo without a window…" : "Opening the demo…");
  const interruption = watchForInterruption();
  const demo = await startDemo(options, interruption);
  const interrupted = interruption.then(() => 130);
  try {
    return await Promise.race([
      interrupted,
      options.headless ? look(demo, options) : stay(demo, options),
    ]);
  } finally {
    await demo.stop();
  }
}

/** Keeps the demo open for as long as someone looks at it. */
async function stay({ scene, panel, closed }: Demo, { bot }: DemoOptions): Promise<number> {
  const lines = [
    ...scene.tabs.map(({ who, url }) => ({ who, text: url })),
    ...scene.others.map(({ who, url }) => ({ who, text: `${url}   (in another tab)` })),
  ];
  const width = Math.max(...lines.map(({ who }) => who.length)) + 2;
  for (const { who, text } of lines) console.log(`${`${who}:`.padEnd(width)}${text}`);
  console.log("To stop: close the browser, or press Ctrl+C here.");
  // There is none before the bot's first word, and the browser may be closed by then.
  if (bot) await Promise.race([openConversation(panel), closed]);
  await closed;
  return 0;
}

/** Looks at the panel until it has shown everything, and says what it showed. */
async function look(demo: Demo, { seconds, bot }: DemoOptions): Promise<number> {
  const { rows, missing } = await watchPanel(demo, seconds);
  const conversation = bot ? await readConversation(demo.panel) : undefined;
  console.log(summarise({ rows, conversation, ...(await readAround(demo)) }));
  const interesting = demo.scene.interesting(rows) ?? rows.at(-1);
  if (!conversation && interesting) await selectRow(demo, interesting);
  await savePicture(demo, PICTURE);
  console.log(`\nThe window is in ${PICTURE}.`);
  if (missing.length === 0) return 0;
  console.error(`The panel never showed: ${missing.join("; ")}.`);
  return 1;
}

// Not process.exit(): what is still printed would be cut off.
main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
