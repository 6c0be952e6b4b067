import type { RuleExample } from "./message-rule-examples";

const rtvi = (type: string, data?: object, id?: string): string =>
  JSON.stringify({ label: "rtvi-ai", type, ...(id && { id }), ...(data && { data }) });
const tavus = (type: string, seq: number, properties: object = {}): string =>
  JSON.stringify({
    message_type: "conversation",
    event_type: `conversation.${type}`,
    conversation_id: "c1",
    seq,
    properties,
  });

const READY = rtvi("client-ready", { version: "2.1.0" }, "r1");
const BOT_READY = rtvi("bot-ready", { version: "2.1.0" }, "r1");
const TOKEN = rtvi("bot-llm-text", { text: "Hello" });
const call = { tool_call_id: "c1", function_name: "get_weather" };

/** Of rules about protocols, by the id of the rule. */
export const PROTOCOL_RULE_EXAMPLES: Readonly<Record<string, RuleExample>> = {
  "rtvi-no-bot-ready": {
    fires: `
      10 send ${READY} to *
      9000 received {"type":"chat"} from Bob`,
    tells: "1 client-ready, and no message from an RTVI bot within 10 s.",
    passes: `
      10 send ${READY} to *
      9000 received ${BOT_READY} from Bob
      20000 send ${READY} to *
      21000 received ${rtvi("bot-started-speaking")} from Bob
      40000 send ${READY} to *
      42000 leaves`,
  },
  "rtvi-versions": {
    fires: `
      10 send ${READY} to *
      300 received ${rtvi("bot-ready", { version: "1.2.0" }, "r1")} from Bob`,
    tells: "The client speaks version 2.1.0. The bot answered: version 1.2.0.",
    passes: `
      10 send ${READY} to *
      300 received ${rtvi("bot-ready", { version: "2.3.0" }, "r1")} from Bob`,
  },
  "request-without-answer": {
    fires: `
      10 send ${rtvi("client-message", { t: "get-lights" }, "a")} to *
      200 received ${rtvi("server-response", { t: "get-lights", d: [] }, "a")} from Bob
      5000 send ${rtvi("client-message", { t: "get-lights" }, "b")} to *`,
    tells: "1 request of rtvi client-message get-lights had no answer within 10 s.",
    passes: `
      10 send ${rtvi("client-message", { t: "get-lights" }, "a")} to *
      9000 received ${rtvi("server-response", { t: "get-lights", d: [] }, "a")} from Bob
      9500 send ${rtvi("client-message", { t: "note" }, "b")} to *
      30000 send ${rtvi("client-message", { t: "get-lights" }, "c")} to *
      31000 leaves`,
  },
  "function-call-without-result": {
    fires: `
      10 received ${rtvi("llm-function-call-in-progress", call)} from Bob
      8000 received ${rtvi("llm-function-call-in-progress", { ...call, tool_call_id: "c2" })} from Bob
      9000 received ${rtvi("llm-function-call-stopped", { ...call, tool_call_id: "c2", cancelled: true })} from Bob`,
    tells: "1 call of get_weather had no result within 30 s.",
    passes: `
      10 received ${rtvi("llm-function-call-in-progress", call)} from Bob
      9000 received ${rtvi("llm-function-call-stopped", { ...call, cancelled: false, result: 24 })} from Bob
      10000 received ${tavus("tool_call", 1, { name: "wave", arguments: "{}", tool_call_id: "c2" })} from Bob
      11000 panel send ${tavus("tool_result", 2, { tool_call_id: "c2", output: "done", status: "success" })} to *
      12000 received ${rtvi("llm-function-call-in-progress", { ...call, tool_call_id: "c3" })} from Bob
      13000 left Bob`,
  },
  "tavus-sequence": {
    fires: `
      10 received ${tavus("user.started_speaking", 1)} from Bob
      500 received ${tavus("user.stopped_speaking", 4)} from Bob
      900 received ${tavus("replica.started_speaking", 5)} from Bob`,
    tells: "2 numbers of seq never came, in 1 gap.",
    passes: `
      10 received ${tavus("user.started_speaking", 7)} from Bob
      500 received ${tavus("user.stopped_speaking", 8)} from Bob
      600 leaves
      700 joined Ada with Bob
      900 received ${tavus("user.started_speaking", 60)} from Bob`,
  },
  "token-stream-never-stops": {
    fires: `
      10 received ${rtvi("bot-llm-started")} from Bob
      300 3 times every 50: received ${TOKEN} from Bob
      60000 received ${rtvi("bot-llm-started")} from Bob
      60400 received ${TOKEN} from Bob
      60500 received ${rtvi("bot-llm-stopped")} from Bob`,
    tells: "1 response didn’t stop, after 3 tokens.",
    passes: `
      10 received ${rtvi("bot-llm-started")} from Bob
      300 3 times every 50: received ${TOKEN} from Bob
      600 received ${rtvi("bot-interrupted")} from Bob
      40000 received ${rtvi("bot-llm-started")} from Bob
      80000 received ${TOKEN} from Bob
      80100 received ${rtvi("bot-llm-stopped")} from Bob`,
  },
  "pipecat-limit": {
    fires: `
      10 send {"label":"rtvi-ai","type":"ui-snapshot","id":"a","data":{"tree":"<2500>"}} to *
      20 send {"label":"rtvi-ai","type":"ui-snapshot","id":"b","data":{"tree":"<1200>"}} to *`,
    tells:
      "1 message of rtvi ui-snapshot used half of daily-js’s 4,096 characters or more: up to 2,568.",
    passes: `
      10 send {"type":"document","text":"<2500>"} to *
      20 send {"label":"rtvi-ai","type":"ui-snapshot","id":"b","data":{"tree":"<1200>"}} to *`,
  },
  "handler-crashes-on-other-protocol": {
    fires: `
      10 received ${rtvi("bot-llm-started")} from Bob throwing no speaker
      20 received {"type":"chat","text":"Hi"} from Bob
      30 received ${TOKEN} from Bob throwing no speaker`,
    tells:
      "A listener threw on 2 messages of RTVI and handled messages of other types. The last time: TypeError: no speaker",
    passes: `
      10 received ${rtvi("bot-llm-started")} from Bob
      20 received {"type":"chat","text":"Hi"} from Bob
      30 received ${TOKEN} from Bob throwing no speaker`,
  },
};
