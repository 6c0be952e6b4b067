import { launchInspector } from "./inspector";
import { startRoomServer } from "./room/server";
import { routeDefaultBundle } from "./room/route-default-bundle";
const server = await startRoomServer();
const inspector = await launchInspector({ window: { width: 1280, height: 800 } });
try {
  await routeDefaultBundle(inspector.context, server);
  const page = await inspector.context.newPage();
  await page.goto(`${server.origin}/pages/call.html?room=r&name=Ada&autojoin=1`);
  await page.waitForFunction(() => (window as never as {call: {meetingState(): string}}).call?.meetingState() === "joined-meeting");
  const bob = server.room("r").join({ userName: "Bob" });
  const { panel, devtools } = await inspector.openPanel(page);
  if (process.argv.includes("--nooverview")) await panel.getByRole("button", { name: /overview/i }).first().click();
  const cdp = await inspector.context.newCDPSession(panel);
  await cdp.send("Performance.enable", { timeDomain: "threadTicks" });
  const read = async () => Object.fromEntries((await cdp.send("Performance.getMetrics")).metrics.map((m) => [m.name, m.value]));
  const run = async (label: string, n: number) => {
    const a = await read();
    for (let i = 0; i < n; i++) {
      bob.sendAppMessage({ type: ["cursor", "chat", "vote"][i % 3], n: i, text: "x".repeat(200), who: `u${i % 8}` });
      if (i % 10 === 9) await new Promise((r) => setTimeout(r, 50));
    }
    const b = await read();
    const d = (k: string) => ((b[k] ?? 0) - (a[k] ?? 0));
    console.log(label, "layouts", d("LayoutCount"), "styles", d("RecalcStyleCount"), "layout s", d("LayoutDuration").toFixed(3), "style s", d("RecalcStyleDuration").toFixed(3), "script s", d("ScriptDuration").toFixed(3), "task s", d("TaskDuration").toFixed(3), "thread", d("ThreadTime").toFixed(3));
  };
  await run("warm", 400);
  const bs = await inspector.context.browser()!.newBrowserCDPSession();
  const events: any[] = [];
  bs.on("Tracing.dataCollected" as never, (e: any) => events.push(...e.value));
  await bs.send("Tracing.start" as never, { transferMode: "ReportEvents", traceConfig: { includedCategories: ["devtools.timeline","disabled-by-default-devtools.timeline","cc","blink","disabled-by-default-devtools.timeline.layers", "toplevel"] } } as never);
  await run("200/s 5 s", 1000);
  const done = new Promise((r) => bs.once("Tracing.tracingComplete" as never, r as never));
  await bs.send("Tracing.end" as never); await done;
  const pid = events.find((e) => e.name === "FunctionCall" && String(e.args?.data?.url).includes("panel-"))?.pid;
  const tid = events.find((e) => e.name === "FunctionCall" && String(e.args?.data?.url).includes("panel-"))?.tid;
  const sum = new Map<string, [number, number]>();
  const main = events.filter((e) => e.pid === pid && e.tid === tid && e.ph === "X").sort((a, b) => a.ts - b.ts || b.dur - a.dur);
  const stack: any[] = [];
  const add = (n: string, d: number) => { const x = sum.get(n) ?? [0, 0]; sum.set(n, [x[0] + d, x[1] + 1]); };
  for (const e of main) {
    while (stack.length && stack.at(-1).ts + stack.at(-1).dur <= e.ts) stack.pop();
    const d = e.tdur ?? e.dur;
    if (stack.length) { const p = stack.at(-1); add(p.name, -d); sum.get(p.name)![1]--; }
    add(e.name, d); stack.push(e);
  }
  for (const [n, [d, c]] of [...sum].sort((a, b) => b[1][0] - a[1][0]).slice(0, 28)) console.log((d / 1000).toFixed(1).padStart(8), String(c).padStart(6), n);
  if (process.argv.includes("--trace")) {
    await cdp.send("Profiler.enable"); 
  }
  await new Promise(r => setTimeout(r, 3000));
  const a = await read(); await new Promise((r) => setTimeout(r, 5000)); const b = await read();
  console.log("idle 5 s thread", ((b.ThreadTime ?? 0) - (a.ThreadTime ?? 0)).toFixed(3), "task", ((b.TaskDuration ?? 0) - (a.TaskDuration ?? 0)).toFixed(3));
} finally { await inspector.close(); await server.close(); }
