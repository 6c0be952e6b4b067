import type { Page } from "@playwright/test";

import { expect, test } from "./fixtures";
import { readSentRows, readTooltip, type ReadVerdict, type SentRow } from "./read-verdicts";
import type { AppMessageRecord } from "./room/app-messages";
import { type Got, gotBy, linesOf, talk } from "./talk-at-random";

const NAMES = ["Ada", "Bob", "Cy"] as const;
type Name = (typeof NAMES)[number];
const MESSAGES = 5_000;
const SEED = 13;
/** Five thousand in ten seconds, of all three together. */
const EVERY_MS = 6;

/** What the room knows of a message at one recipient, and what the panel says of it. */
type Fate = {
  readonly content: string;
  readonly copies: number;
  readonly verdict: ReadVerdict;
};

test("of 5,000 messages that a room drops, doubles, delays and reorders, the panel says what became of each, and no more", async ({
  inspector,
  openCall,
  server,
  room: roomName,
}) => {
  // Ten seconds of talk, more than five until silence is proof, and 5,000 rows to point at, also on a busy machine.
  test.setTimeout(120_000);
  const pages = {} as Record<Name, Page>;
  for (const name of NAMES) pages[name] = await openCall(name);
  const { panel } = await inspector.openPanel(pages.Ada);
  await expect(panel.getByRole("button", { name: "Seats" })).toHaveText("Seats 2");
  const room = server.room(roomName);
  const idOf = Object.fromEntries(
    room.participants().map(({ userName, sessionId }) => [userName, sessionId]),
  ) as Record<Name, string>;

  room.damage({
    seed: SEED,
    dropShare: 0.05,
    doubleShare: 0.05,
    delayShare: 0.1,
    reorderShare: 0.1,
  });
  await Promise.all(
    NAMES.map((name, at) => {
      const others = NAMES.filter((each) => each !== name);
      const count = Math.ceil((MESSAGES - at) / NAMES.length);
      return talk(pages[name], linesOf(name, others, count, SEED + at), idOf, EVERY_MS);
    }),
  );
  await room.until(
    () =>
      room.messages().length === MESSAGES &&
      room.messages().every(({ deliveries }) => deliveries.every(({ isPending }) => !isPending)),
    20_000,
  );
  const records = room.messages();

  // Lost is only what hasn't come while its recipient ran for some time afterwards.
  await panel.getByRole("button", { name: "Seats" }).click();
  await panel.getByLabel("Show their events, too").check();
  const filter = panel.getByRole("combobox", { name: "Filter" });
  const rowsShown = panel.locator(".status-bar").getByText(/rows? shown/);
  await filter.fill("name:sendAppMessage -delivered:waiting");
  await expect(rowsShown).toHaveText("5,000 rows shown", { timeout: 30_000 });
  await expect(panel.locator(".status-bar")).not.toContainText("dropped");
  // Its rows, by time, are there a moment after it is known how many there are.
  await expect(panel.getByRole("grid", { name: "Traffic" })).toHaveAttribute(
    "aria-rowcount",
    `${MESSAGES + 1}`,
  );
  let rows: readonly SentRow[] = [];
  // Counts of equal messages change until the last arrival is taken in; then a cell says as much as its tooltip.
  await expect(async () => {
    rows = await readSentRows(panel);
    expect(rows.map(({ delivered }) => delivered.replace(/ · .*/, ""))).toEqual(
      rows.map(({ tooltip }) => labelOf(readTooltip(tooltip))),
    );
  }).toPass();

  const verdicts: Record<string, number> = {};
  for (const from of NAMES) {
    const sent = records.filter(({ fromId }) => fromId === idOf[from]);
    const shown = rows.filter(({ people }) => people.split(" ")[0] === from);
    expect(shown.map(({ summary }) => summary)).toEqual(sent.map(({ data }) => summaryOf(data)));
    const tooltips = shown.map(({ tooltip }) => readTooltip(tooltip));
    // Nothing is said about anyone else.
    expect(tooltips.map(({ size }) => size)).toEqual(
      sent.map(({ deliveries }) => deliveries.length),
    );
    for (const to of NAMES.filter((name) => name !== from)) {
      const fates = sent.flatMap((record, at) => fateOf(record, idOf[to], tooltips[at]?.get(to)));
      const got = (await gotBy(pages[to])).filter(({ fromId }) => fromId === idOf[from]);
      expect(got).toHaveLength(copiesOf(fates));
      expect(faultsOf(fates, got)).toEqual([]);
      for (const { verdict } of fates) {
        const kind =
          verdict.kind === "received" && verdict.isOvertaken ? "overtaken" : verdict.kind;
        verdicts[kind] = (verdicts[kind] ?? 0) + 1;
      }
    }
  }
  // Each kind came up, and often: or this would prove little.
  for (const kind of ["received", "overtaken", "doubled", "of-equals", "lost"])
    expect([kind, (verdicts[kind] ?? 0) > 100]).toEqual([kind, true]);
});

/** As a row shows it. */
const summaryOf = (data: unknown): string => {
  const { type, n, by } = data as { type: string; n: number; by?: string };
  return `${type} {n: ${n}${by === undefined ? "" : `, by: "${by}"`}}`;
};

/** `1 of 2`, or `= 3 of 4` where some of it is counted together with equal messages. */
function labelOf(tooltip: ReadonlyMap<string, ReadVerdict>): string {
  const all = [...tooltip.values()];
  const equals = all.flatMap((each) => (each.kind === "of-equals" ? [each] : []));
  const sum = (key: "arrived" | "sent") => equals.reduce((count, each) => count + each[key], 0);
  if (equals.length > 0)
    return `= ${sum("arrived").toLocaleString("en-US")} of ${sum("sent").toLocaleString("en-US")}`;
  const received = all.filter(({ kind }) => kind === "received" || kind === "doubled");
  return `${received.length} of ${all.length}`;
}

function fateOf(
  { data, deliveries }: AppMessageRecord,
  recipient: string,
  verdict: ReadVerdict | undefined,
): Fate[] {
  const delivery = deliveries.find(({ to }) => to === recipient);
  if (!delivery) return [];
  if (!verdict) throw new Error(`Nothing is said of ${JSON.stringify(data)}.`);
  return [{ content: JSON.stringify(data), copies: delivery.copies, verdict }];
}

/** What is said of the messages from one to another and isn't so, by what the room did and the page got. */
function faultsOf(fates: readonly Fate[], got: Got): string[] {
  const equals = new Map<string, Fate[]>();
  for (const fate of fates) equals.set(fate.content, [...(equals.get(fate.content) ?? []), fate]);
  /** Place of the first arrival of each content. */
  const arrivals = new Map<string, number>();
  for (const [place, { content }] of got.entries())
    if (!arrivals.has(content)) arrivals.set(content, place);

  return fates.flatMap((fate, at) => {
    const all = equals.get(fate.content) as Fate[];
    const isTrue =
      all.length > 1
        ? isTrueOfEqual(all, all.indexOf(fate))
        : isTrueOfSingle(fate) && isOvertakenAsSaid(fates, at, equals, arrivals);
    if (isTrue) return [];
    const copies = all.map((each) => each.copies).join(", ");
    return [`${fate.content}, copies ${copies}: ${JSON.stringify(fate.verdict)}`];
  });
}

const isTrueOfSingle = ({ copies, verdict }: Fate): boolean =>
  verdict.kind === (["lost", "received", "doubled"] as const)[copies] &&
  (verdict.kind !== "doubled" || verdict.times === copies);

/** Of equal messages there are counts. Which of them came is said of the first at most, and a loss where none came after. */
function isTrueOfEqual(all: readonly Fate[], place: number): boolean {
  const { copies, verdict } = all[place] as Fate;
  switch (verdict.kind) {
    case "received":
      return place === 0 && copies >= 1;
    case "doubled":
      return place === 0 && copies === verdict.times;
    case "of-equals":
      return verdict.arrived === copiesOf(all) && verdict.sent === all.length;
    case "lost":
      return all.slice(place).every((each) => each.copies === 0);
    case "other":
      return false;
  }
}

const copiesOf = (fates: readonly Fate[]): number =>
  fates.reduce((sum, { copies }) => sum + copies, 0);

/** That a message was overtaken is said where another one that can be told apart shows it, and nowhere else. */
function isOvertakenAsSaid(
  fates: readonly Fate[],
  at: number,
  equals: ReadonlyMap<string, readonly Fate[]>,
  arrivals: ReadonlyMap<string, number>,
): boolean {
  const { content, verdict } = fates[at] as Fate;
  if (verdict.kind !== "received") return true;
  const arrivedAt = arrivals.get(content) as number;
  let [isProven, isPossible] = [false, false];
  for (let next = at + 1; next < fates.length && !isProven; next++) {
    const later = fates[next] as Fate;
    const all = equals.get(later.content) as readonly Fate[];
    // Of contents that were said before, it may be the earlier one that came.
    if (all[0] !== later || (arrivals.get(later.content) ?? Infinity) > arrivedAt) continue;
    isPossible = true;
    isProven = all.length === 1;
  }
  return verdict.isOvertaken ? isPossible : !isProven;
}
