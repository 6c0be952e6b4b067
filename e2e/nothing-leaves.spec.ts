import { expect, test } from "./fixtures";

test("the browser keeps the panel from everything that isn't in the package", async ({
  inspector,
  openCall,
  server,
}) => {
  const { panel } = await inspector.openPanel(await openCall("Ada"));
  const refused = await panel.evaluateHandle((origin) => {
    const directives: string[] = [];
    document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) => {
      directives.push(effectiveDirective);
    });
    fetch(`${origin}/daily.js`).catch(() => {});
    navigator.sendBeacon(origin, "");
    new WebSocket(origin.replace("http", "ws"));
    new Image().src = `${origin}/icon.png`;
    const script = document.createElement("script");
    script.src = `${origin}/daily.js`;
    document.head.append(script);
    const frame = document.createElement("iframe");
    frame.src = origin;
    document.body.append(frame);
    const form = document.createElement("form");
    form.action = origin;
    document.body.append(form);
    form.requestSubmit();
    return directives;
  }, server.origin);
  await expect
    .poll(async () => (await refused.jsonValue()).toSorted())
    .toEqual([
      "connect-src",
      "connect-src",
      "connect-src",
      "form-action",
      "frame-src",
      "img-src",
      "script-src-elem",
    ]);
});
