/** A talk of a user with a bot, as lines of a session text: with an interruption, functions, an error and interim text. */
import { asRtvi } from "./protocol-story";

const TALK = `
  100 me client-ready {"id":"a","version":"2.1.0"}
  200 Vera bot-ready {"id":"a","version":"2.1.0"}
  1000 Vera user-started-speaking
  1300 Vera user-transcription {"text":"what is","final":false,"user_id":"id-ada"}
  2000 Vera user-stopped-speaking
  2100 Vera user-transcription {"text":"What is the *weather*?","final":true,"user_id":"id-ada"}
  2120 Vera bot-llm-started
  2150 Vera llm-function-call-started {"function_name":"get_weather"}
  2160 Vera llm-function-call-in-progress {"function_name":"get_weather","tool_call_id":"t1","arguments":{"city":"Oslo"}}
  2460 Vera llm-function-call-stopped {"function_name":"get_weather","tool_call_id":"t1","result":{"celsius":3},"cancelled":false}
  2470 Vera llm-function-call-started {}
  2480 Vera llm-function-call-in-progress {"tool_call_id":"t2"}
  2600 Vera bot-llm-text {"text":"It is"}
  2610 Vera bot-llm-text {"text":" cold there"}
  2620 Vera bot-llm-text {"text":" today."}
  2625 Vera bot-llm-stopped
  2900 Vera bot-started-speaking
  2901 Vera bot-output {"text":"It is cold there today.","aggregated_by":"sentence","segment_id":1,"will_be_spoken":true,"spoken_status":"new"}
  3200 Vera bot-output {"text":"It is cold there today.","segment_id":1,"spoken_status":"in-progress","spoken_progress":{"accumulated_text":"It is cold","remaining_text":" there today."}}
  3400 Vera user-started-speaking
  3401 Vera bot-interrupted
  3450 Vera bot-stopped-speaking
  3500 Vera error {"error":"The voice is gone","fatal":false}
  3600 Vera user-transcription {"text":"and tomorrow","final":false,"user_id":"id-ada"}`;

/** The lines of a session in which Ada talks with the bot Vera. */
export const talkLines = (story = TALK): string =>
  ["0 joined Ada with Vera", ...story.split("\n").flatMap(lineOf)].join("\n");

function lineOf(line: string): string[] {
  const [, at, who, type = "", json] = /^\s*(\d+) (\S+) (\S+)(?: (.+))?$/.exec(line) ?? [];
  if (at === undefined) return [];
  const data = JSON.stringify(asRtvi(type, json === undefined ? undefined : JSON.parse(json)));
  return [who === "me" ? `${at} send ${data} to *` : `${at} received ${data} from ${who}`];
}
