import type DailyStatic from "@daily-co/daily-js";
import type { DailyCall } from "@daily-co/daily-js";

import type { Settings } from "./settings";

/** The call object of this page, not yet joined. It asks for no camera and no microphone. */
export function createCall(
  daily: typeof DailyStatic,
  { name, roomUrl, bundlePath }: Settings,
): DailyCall {
  return daily.createCallObject({
    url: roomUrl,
    userName: name,
    audioSource: false,
    videoSource: false,
    startAudioOff: true,
    startVideoOff: true,
    ...(bundlePath !== undefined && { dailyConfig: { bundlePathOverride: bundlePath } }),
  });
}

/** Whether the channels are open: before and after that, sending throws. */
export function isJoined(call: DailyCall): boolean {
  return call.meetingState() === "joined-meeting";
}
