// The voice bot's client that the page on CI tests, with Pipecat's own SDK.
import { PipecatClient } from "@pipecat-ai/client-js";
import { DailyTransport } from "@pipecat-ai/daily-transport";

const client = new PipecatClient({
  transport: new DailyTransport({
    dailyConfig: {
      callObjectBundleUrlOverride: `${location.origin}/call-machine-object-bundle.js`,
    },
  }),
  enableMic: false,
  enableCam: false,
});
client.registerFunctionCallHandler("get_weather", async ({ arguments: { city } }) => ({
  city,
  sky: "clear",
  celsius: 24,
}));
await client.connect({
  url: `${location.origin}/talk`,
  userName: new URLSearchParams(location.search).get("name") ?? "",
});
