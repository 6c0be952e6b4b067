import { describe, expect, test } from "vitest";

import { printed, told, turnsOf } from "../testing/print-conversation";
import { asRtvi } from "../testing/protocol-story";
import { legsOf, marksOf } from "./timing";
import type { Turn } from "./turn";

describe("a conversation over RTVI", () => {
  const ANSWER = `
    0 me client-ready {"id":"a","version":"2.1.0"}
    200 bot bot-ready {"id":"a","version":"2.1.0"}
    1000 bot user-started-speaking
    1300 bot user-transcription {"text":"what is","final":false,"user_id":"u1"}
    1600 bot user-transcription {"text":"what is the","final":false,"user_id":"u1"}
    2000 bot user-stopped-speaking
    2100 bot user-transcription {"text":"What is the time?","final":true,"user_id":"u1"}
    2110 bot user-llm-text {"text":"What is the time?"}
    2120 bot bot-llm-started
    2400 bot bot-llm-text {"text":"It is"}
    2410 bot bot-llm-text {"text":" noon"}
    2420 bot bot-llm-text {"text":"."}
    2425 bot bot-llm-stopped
    2430 bot bot-tts-started
    2900 bot bot-started-speaking
    2901 bot bot-output {"text":"It is noon.","aggregated_by":"sentence","segment_id":1,"will_be_spoken":true,"spoken_status":"new"}
    2902 bot bot-transcription {"text":"It is noon."}
    3000 bot bot-tts-text {"text":"It"}
    3200 bot bot-tts-text {"text":"is"}
    3300 bot bot-output {"text":"It is noon.","segment_id":1,"spoken_status":"in-progress","spoken_progress":{"accumulated_text":"It is","remaining_text":" noon."}}
    3500 bot bot-tts-text {"text":"noon."}
    3600 bot bot-output {"text":"It is noon.","segment_id":1,"spoken_status":"completed"}
    3900 bot bot-stopped-speaking`;

  test("a question and its answer, each text once", () => {
    const conversation = told(asRtvi, ANSWER);
    expect(printed(conversation)).toEqual([
      "- info: client ready: 2.1.0",
      "- info: bot ready: 2.1.0",
      "1000–2000 user: What is the time?",
      "2120–3900 bot: It is noon.",
    ]);
    expect([conversation.protocol(), conversation.version()]).toEqual(["rtvi", "2.1.0"]);
    expect(conversation.speech().map(({ role, from, to }) => [role, from, to])).toEqual([
      ["user", 1000, 2000],
      ["bot", 2900, 3900],
    ]);
    const [user, bot] = turnsOf(conversation);
    expect(user?.speaker.id).toBe("u1");
    expect(bot?.speaker.id).toBe("bot");
    expect(bot?.entries.map(({ event }) => event.at).slice(0, 3)).toEqual([2120, 2400, 2410]);
  });

  test("where the time of the answer went", () => {
    const conversation = told(asRtvi, ANSWER);
    const bot = turnsOf(conversation)[1] as Turn;
    expect(legsOf(marksOf(bot))).toEqual([
      { from: "user-stopped", to: "transcript-final", ms: 100 },
      { from: "transcript-final", to: "first-token", ms: 300 },
      { from: "first-token", to: "first-audio", ms: 500 },
      { from: "first-audio", to: "stopped", ms: 1000 },
    ]);
    expect(conversation.totals()[0]).toEqual({
      from: "user-stopped",
      to: "transcript-final",
      count: 1,
      median: 100,
      p95: 100,
      max: 100,
    });
    expect(conversation.totals()[1]).toMatchObject({
      from: "user-stopped",
      to: "first-audio",
      median: 900,
    });
  });

  test("text grows, and what is interim is replaced", () => {
    const lines = ANSWER.trim().split("\n");
    const after = (count: number) => printed(told(asRtvi, lines.slice(0, count).join("\n"))).at(-1);
    expect(after(3)).toBe("1000– user: ");
    expect(after(5)).toBe("1000– user: [what is the]");
    expect(after(6)).toBe("1000–2000 user: [what is the]");
    expect(after(7)).toBe("1000–2000 user: What is the time?");
    expect(after(11)).toBe("2120– bot: It is noon");
  });

  test("two answers in a row are two turns, and what a function gave goes on with the first", () => {
    const conversation = told(
      asRtvi,
      `
      0 bot bot-ready {"version":"2.0.0"}
      100 bot bot-llm-started
      110 bot bot-llm-text {"text":"Let me see."}
      120 bot llm-function-call-started {"function_name":"weather","tool_call_id":"1"}
      130 bot bot-llm-stopped
      140 bot bot-started-speaking
      400 bot bot-stopped-speaking
      900 bot llm-function-call-stopped {"function_name":"weather","tool_call_id":"1","result":{"sun":true}}
      910 bot bot-llm-started
      920 bot bot-llm-text {"text":" It is sunny."}
      930 bot bot-llm-stopped
      940 bot bot-started-speaking
      1200 bot bot-stopped-speaking
      2200 bot bot-llm-started
      2210 bot bot-llm-text {"text":"Anything else?"}
      2220 bot bot-llm-stopped
      2230 bot bot-started-speaking
      2500 bot bot-stopped-speaking`,
    );
    expect(printed(conversation).slice(1)).toEqual([
      `100–1200 bot: Let me see. It is sunny.\n  weather undefined → {"sun":true} 780`,
      "2200–2500 bot: Anything else?",
    ]);
  });

  test("an interruption is where it cut", () => {
    const conversation = told(
      asRtvi,
      `
      0 bot bot-ready {"version":"2.0.0"}
      100 bot bot-started-speaking
      110 bot bot-output {"text":"One two three.","segment_id":1,"spoken_status":"new"}
      120 bot bot-output {"text":"Four.","segment_id":2,"spoken_status":"new"}
      500 bot bot-output {"text":"One two three.","segment_id":1,"spoken_status":"in-progress","spoken_progress":{"accumulated_text":"One two","remaining_text":" three."}}
      600 bot user-started-speaking
      610 bot bot-interrupted
      620 bot bot-stopped-speaking
      630 bot bot-output {"text":"One two three.","segment_id":1,"spoken_status":"in-progress","spoken_progress":{"accumulated_text":"One two","remaining_text":" three."}}
      900 bot user-transcription {"text":"Stop","final":true}
      950 bot user-stopped-speaking`,
    );
    expect(printed(conversation).slice(1)).toEqual([
      "100–620 bot: One two three. Four. cut at 610 after 7",
      "600–950 user: Stop",
    ]);
  });

  test("an interruption right after an answer that was said in full cuts nothing", () => {
    const conversation = told(
      asRtvi,
      `
      0 bot bot-ready {"version":"2.0.0"}
      100 bot bot-started-speaking
      110 bot bot-output {"text":"One two three.","segment_id":1,"spoken_status":"new"}
      700 bot bot-output {"text":"One two three.","segment_id":1,"spoken_status":"completed"}
      720 bot bot-stopped-speaking
      900 bot user-started-speaking
      910 bot bot-interrupted`,
    );
    expect(printed(conversation).slice(1)).toEqual(["100–720 bot: One two three.", "900– user: "]);
  });

  test("before 2.0 whoever speaks while the bot does cuts it", () => {
    const conversation = told(
      asRtvi,
      `
      0 bot bot-ready {"version":"1.2.0"}
      100 bot bot-started-speaking
      110 bot bot-output {"text":"One two three.","aggregated_by":"sentence","spoken":false,"segment_id":1,"spoken_status":"new"}
      200 bot bot-output {"text":"One","aggregated_by":"word","spoken":true,"segment_id":1}
      300 bot bot-output {"text":"two","aggregated_by":"word","spoken":true,"segment_id":1}
      600 bot user-started-speaking
      620 bot bot-stopped-speaking`,
    );
    expect(printed(conversation).slice(1)).toEqual([
      "100–620 bot: One two three. cut at 600 after 7",
      "600– user: ",
    ]);
  });

  test("from 2.0 on only the bot says that it was cut", () => {
    const conversation = told(
      asRtvi,
      `
      0 bot bot-ready {"version":"2.0.0"}
      100 bot bot-started-speaking
      600 bot user-started-speaking
      700 bot user-stopped-speaking
      900 bot bot-stopped-speaking`,
    );
    expect(printed(conversation).slice(1)).toEqual(["100–900 bot: ", "600–700 user: "]);
  });

  test("function calls, with their arguments and results", () => {
    const conversation = told(
      asRtvi,
      `
      0 bot user-transcription {"text":"Weather?","final":true}
      100 bot bot-llm-started
      110 bot llm-function-call-started {"function_name":"get_weather"}
      120 bot llm-function-call-in-progress {"tool_call_id":"t1","function_name":"get_weather","arguments":{"city":"Oslo"}}
      130 bot llm-function-call-in-progress {"tool_call_id":"t2"}
      420 bot llm-function-call-stopped {"tool_call_id":"t1","function_name":"get_weather","cancelled":false,"result":{"celsius":3}}
      430 bot llm-function-call-stopped {"tool_call_id":"t2","cancelled":true}
      435 bot llm-function-call-stopped {"tool_call_id":"t9","cancelled":true}
      440 bot user-llm-text {"text":"Weather?"}
      450 bot bot-llm-started
      500 bot bot-llm-text {"text":"Cold."}
      600 bot llm-function-call {"tool_call_id":"t3","function_name":"show","args":{}}
      700 me llm-function-call-result {"id":"z","tool_call_id":"t3","function_name":"show","result":"ok"}`,
    );
    expect(printed(conversation)).toEqual([
      "0–0 user: Weather?",
      [
        "100– bot: Cold.",
        '  get_weather {"city":"Oslo"} → {"celsius":3} 310',
        "  (withheld) undefined → cancelled 300",
        '  show {} → "ok" 100',
      ].join("\n"),
    ]);
  });

  test("what was typed comes back acknowledged, and is one turn", () => {
    const conversation = told(
      asRtvi,
      `
      0 me send-text {"id":"m1","content":"Hi"}
      50 bot user-input {"text":"Hi","input_type":"chat","final":true,"msg_id":"m1"}
      60 bot user-llm-text {"text":"Hi"}
      100 bot bot-llm-text {"text":"Hello"}
      300 bot bot-output {"text":"Hello!","segment_id":1}
      400 me send-text {"id":"m2","content":"Bye"}`,
    );
    expect(printed(conversation)).toEqual([
      "0–0 user: Hi",
      "100–300 bot: Hello!",
      "400–400 user: Bye",
    ]);
    expect(turnsOf(conversation)[0]?.isTyped).toBe(true);
  });

  test("from 2.2 on the same transcript comes twice and counts once", () => {
    const conversation = told(
      asRtvi,
      `
      0 bot user-started-speaking
      100 bot user-input {"text":"one","input_type":"transcription","final":false}
      101 bot user-transcription {"text":"one","final":false}
      200 bot user-input {"text":"One.","input_type":"transcription","final":true}
      201 bot user-transcription {"text":"One.","final":true}
      300 bot user-input {"text":"Two.","input_type":"transcription","final":true}
      301 bot user-transcription {"text":"Two.","final":true}
      400 bot user-input {"text":"mm-hmm","input_type":"backchannel","final":true}`,
    );
    expect(printed(conversation)).toEqual([
      "0– user: One. Two.",
      '- info: user (backchannel): "mm-hmm"',
    ]);
  });

  test("a user who pauses goes on with the same turn, and the model that had started is forgotten", () => {
    const conversation = told(
      asRtvi,
      `
      0 bot user-started-speaking
      100 bot user-stopped-speaking
      110 bot user-transcription {"text":"I would","final":true}
      120 bot bot-llm-started
      200 bot user-started-speaking
      210 bot bot-llm-stopped
      300 bot user-transcription {"text":"like tea.","final":true}
      310 bot user-stopped-speaking
      320 bot bot-llm-started
      400 bot bot-started-speaking
      900 bot bot-stopped-speaking
      50000 bot bot-started-speaking`,
    );
    expect(printed(conversation)).toEqual([
      "0–310 user: I would like tea.",
      "320–900 bot: ",
      "50000– bot: ",
    ]);
    expect(marksOf(turnsOf(conversation)[1] as Turn).map(({ name }) => name)).toEqual([
      "user-stopped",
      "first-audio",
      "stopped",
    ]);
    expect(marksOf(turnsOf(conversation)[2] as Turn)).toEqual([{ name: "first-audio", at: 50000 }]);
  });

  test("the voice falls silent before the turn is over", () => {
    const conversation = told(
      asRtvi,
      `
      0 bot user-started-speaking
      100 bot vad-user-stopped-speaking
      300 bot user-stopped-speaking
      500 bot bot-started-speaking`,
    );
    expect(marksOf(turnsOf(conversation)[1] as Turn)).toEqual([
      { name: "voice-stopped", at: 100 },
      { name: "user-stopped", at: 300 },
      { name: "first-audio", at: 500 },
    ]);
  });

  test("errors and messages of the app stand between", () => {
    const conversation = told(
      asRtvi,
      `
      0 bot bot-started-speaking
      10 bot server-message {"type":"score","value":3}
      20 me client-message {"id":"q","t":"get-lights"}
      30 bot server-response {"id":"q","t":"get-lights","d":true}
      40 bot error {"error":"TTS failed","fatal":true}`,
    );
    expect(printed(conversation)).toEqual([
      "0– bot: ",
      "- info: server message: score {value: 3}",
      "- info: client message: get-lights",
      "- info: server response: get-lights true",
      "- fatal: TTS failed",
    ]);
  });
});

test("who speaks or types when the bot is done interrupts nothing, whatever Pipecat broadcasts", () => {
  const done = `
    0 bot bot-ready {"version":"2.1.0"}
    100 bot bot-llm-started
    200 bot bot-llm-text {"text":"Hello there."}
    210 bot bot-llm-stopped
    300 bot bot-started-speaking
    310 bot bot-output {"text":"Hello there.","segment_id":1,"aggregated_by":"sentence","spoken_status":"new","spoken_progress":{"accumulated_text":"","remaining_text":"Hello there."}}
    800 bot bot-output {"text":"Hello there.","segment_id":1,"aggregated_by":"sentence","spoken_status":"completed","spoken_progress":{"accumulated_text":"Hello there.","remaining_text":""}}
    900 bot bot-stopped-speaking`;
  for (const next of [
    "1300 bot user-started-speaking\n1300 bot bot-interrupted",
    '1300 me send-text {"id":"a","content":"Hi"}\n1301 bot bot-interrupted',
  ]) {
    const [turn] = turnsOf(told(asRtvi, `${done}\n${next}`));
    expect([turn?.role, turn?.interrupted]).toEqual(["bot", undefined]);
  }
});

test("who types while the bot answers interrupts it, though it says so when it has stopped", () => {
  const turns = turnsOf(
    told(
      asRtvi,
      `
      0 bot bot-llm-started
      200 bot bot-llm-text {"text":"Well,"}
      300 me send-text {"id":"a","content":"Stop"}
      310 bot bot-llm-stopped
      320 bot bot-interrupted`,
    ),
  );
  expect(turns.map(({ role, interrupted }) => [role, interrupted?.at])).toEqual([
    ["bot", 320],
    ["user", undefined],
  ]);
});

test("who types while they speak goes on with what they say", () => {
  expect(
    printed(
      told(
        asRtvi,
        `
        0 bot user-started-speaking
        200 bot user-transcription {"text":"Is it","final":true}
        300 me send-text {"id":"a","content":"typed","options":{"run_immediately":false}}
        400 bot user-transcription {"text":"warm?","final":true}
        500 bot user-stopped-speaking`,
      ),
    ),
  ).toEqual(["0–500 user: Is it warm?", "300–300 user: typed"]);
});

test("the voice of an answer that ends late ends that answer, and not the next one", () => {
  const conversation = told(
    asRtvi,
    `
    0 bot bot-started-speaking
    100 bot bot-tts-text {"text":"One"}
    200 bot user-started-speaking
    300 bot user-transcription {"text":"Two?","final":true}
    400 bot user-stopped-speaking
    500 bot bot-llm-started
    600 bot bot-stopped-speaking
    700 bot bot-llm-text {"text":"Three"}
    800 bot bot-started-speaking`,
  );
  conversation.end(900);
  expect(conversation.speech().map(({ role, from, to }) => [role, from, to])).toEqual([
    ["bot", 0, 600],
    ["user", 200, 400],
    ["bot", 800, 900],
  ]);
});
