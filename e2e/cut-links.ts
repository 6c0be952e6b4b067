import type { Page } from "@playwright/test";

/**
 * Closes every port that a page's relay has to a panel, from the page's end, and returns how many there were. Nothing
 * in the extension is made for this: the ports are found in the maps of the relay's isolated world.
 */
export async function cutLinks(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  try {
    const worlds: number[] = [];
    session.on("Runtime.executionContextCreated", ({ context }) => {
      const { type } = context.auxData as { type?: string };
      if (type === "isolated" && context.origin.startsWith("chrome-extension://"))
        worlds.push(context.id);
    });
    await session.send("Runtime.enable");
    let cut = 0;
    for (const contextId of worlds) {
      const { result: prototype } = await session.send("Runtime.evaluate", {
        contextId,
        expression: "Map.prototype",
      });
      const { objects } = await session.send("Runtime.queryObjects", {
        prototypeObjectId: prototype.objectId as string,
      });
      const { result } = await session.send("Runtime.callFunctionOn", {
        objectId: objects.objectId as string,
        returnByValue: true,
        functionDeclaration: `function () {
          const held = this.flatMap((map) => [...map.values()]);
          const links = held.filter((value) => value?.name === "inspector-for-daily:link");
          for (const port of links) port.disconnect();
          return links.length;
        }`,
      });
      cut += result.value as number;
    }
    return cut;
  } finally {
    await session.detach();
  }
}
