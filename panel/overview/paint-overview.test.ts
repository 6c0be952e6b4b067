import { describe, expect, test } from "vitest";

import { type Bar, barsOf, markOf } from "./paint-overview";
import { layOut, type OverviewRoom } from "./overview-scene";
import { append, createSessionLog, openDocument } from "../../core/session/session-log";
import { session } from "../../core/testing/session-text";
import { timeScale } from "./time-axis";
import { createTimeline } from "./timeline";

const PAGE = { documentId: "page", frameId: 0, url: "https://app.example/" };

/** The bars of the app messages that go out, over 100 s in 1,000 pixels. */
function setup(text: string, room: OverviewRoom = "high") {
  const log = createSessionLog();
  openDocument(log, PAGE);
  const events = session(`0 joined Ada with Bob\n${text}`);
  for (const event of events) append(log, PAGE.documentId, event);
  const timeline = createTimeline((callId) => log.calls.get(callId));
  timeline.advance(log.entries, Date.UTC(2030, 0, 1), () => false);
  const start = events[0]?.at ?? 0;
  const layout = layOut(timeline.known, 2, room);
  const box = layout.lanes.find(({ name }) => name === "app-out");
  if (!box) throw new Error("There is no lane for app messages.");
  const scale = timeScale({ from: start, to: start + 100_000 }, 0, 1_000);
  return { box, scale, bars: barsOf(timeline.lanes["app-out"], box, scale) };
}

const BURSTS = `
  10000 send 1 to *
  20000 5 times every 0: send $n to *
  30000 50 times every 0: send $n to *
  40000 400 times every 0: send $n to *`;

describe("a burst", () => {
  test.each(["high", "low", "strip"] as const)("is higher the more there are: %s", (room) => {
    const { bars, box } = setup(BURSTS, room);
    const heights = bars.map(({ height }) => height);
    expect(heights).toHaveLength(4);
    expect(heights).toEqual([...new Set(heights)].toSorted((one, other) => one - other));
    expect(heights[0]).toBeGreaterThanOrEqual(3);
    expect(heights[3]).toBe(box.height);
    for (const { top, height } of bars) expect(top + height).toBe(box.top + box.height);
  });
});

describe("what is marked", () => {
  test("has no bar of its own beside the one of its event", () => {
    const { bars, box, scale } = setup(`50000 refused send "x" because no`);
    expect(bars).toHaveLength(1);
    const [bar] = bars as [Bar];
    expect(bar).toMatchObject({ left: scale.x(scale.span.from + 50_000), level: "error" });
    expect({ ...markOf(bar, box), level: "error" }).toEqual(bar);
  });

  test("is the end of the bar of the others; an error comes before a warning", () => {
    const { bars, box } = setup(`
      50000 50 times every 0: send $n to *
      50000 send 1 to Nobody
      50000 refused send "x" because no
      50000 50 times every 0: send $n to *
      70000 send 1 to Nobody`);
    expect(bars.map(({ level }) => level)).toEqual(["error", "warning"]);
    const [bar] = bars as [Bar];
    const up = markOf(bar, box);
    const down = markOf(bar, { ...box, grows: "down" });
    expect(up.top).toBe(bar.top);
    expect(up.height).toBeLessThan(bar.height);
    expect(down.top + down.height).toBe(bar.top + bar.height);
  });
});
