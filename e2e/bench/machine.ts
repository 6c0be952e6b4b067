import { arch, availableParallelism, cpus, loadavg, release, totalmem, type } from "node:os";

import { launchInspector } from "../inspector";

/** What the figures were measured on. */
export async function describeMachine(): Promise<string> {
  const inspector = await launchInspector({ withExtension: false });
  const browser = inspector.context.browser()?.version() ?? "unknown";
  await inspector.close();
  return [
    `CPU       ${cpus()[0]?.model ?? "unknown"}, ${availableParallelism()} cores, ${(totalmem() / 2 ** 30).toFixed(0)} GiB`,
    `OS        ${type()} ${release()} ${arch()}`,
    `Node      ${process.versions.node}`,
    `Chromium  ${browser}`,
    `Load      ${describeLoad()}`,
  ].join("\n");
}

/** How much else was to be done in the last minute: beyond the number of cores, wall times say little. */
export const describeLoad = (): string => `${(loadavg()[0] ?? 0).toFixed(1)} in the last minute`;
