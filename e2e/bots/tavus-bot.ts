import type { Room } from "../room/room";
import type { Cue } from "./cues";
import type { Staging } from "./perform";
import { type Bot, createStage } from "./stage";
import type { Talk } from "./talk";

type Fields = Readonly<Record<string, unknown>>;

/**
 * Puts a replica into a room that speaks as Tavus' conversational video does, of 2026: with `seq`, `turn_idx` and
 * `timestamp`, streamed utterances, and speaking events of both families. The talk starts when someone joins. Tavus has
 * no client of its own: apps use daily-js. Nothing here stands for a talk's notices and failures.
 */
export function startTavusBot(room: Room, talk: Talk, staging: Staging = {}): Bot {
  const bot = room.join({ userName: "Replica", hasVoice: true });
  const stage = createStage(talk, staging);
  let client: string | undefined;

  function hear({ message_type, event_type, properties }: Fields): void {
    if (message_type !== "conversation") return;
    const fields = (properties ?? {}) as Fields;
    if (event_type === "conversation.respond") stage.hearTyped(String(fields["text"]));
    if (event_type === "conversation.tool_result")
      stage.giveResult(String(fields["tool_call_id"]), fields["output"]);
  }

  bot.on((message) => {
    if (message.action === "participant-joined" && client === undefined) {
      client = message.person.sessionId;
      stage.start(createReplicaVoice((data) => bot.sendAppMessage(data)));
    }
    if (message.action === "participant-left" && message.person.sessionId === client) {
      client = undefined;
      stage.stop();
    }
    if (message.action === "app-message" && typeof message.data === "object" && message.data)
      hear(message.data as Fields);
  });

  return {
    sessionId: bot.sessionId,
    truth: stage.truth,
    over: stage.over,
    leave() {
      stage.stop();
      bot.leave();
    },
  };
}

type Role = "user" | "replica";

/** Says the cues of one talk as Tavus' interactions. */
function createReplicaVoice(send: (data: Fields) => void): (cue: Cue) => void {
  const startedAt = { user: 0, replica: 0 };
  let seq = 0;
  let turn = 0;
  let inferences = 0;
  let isInterrupted = false;
  /** The user's sentences that are final, and the replica's that were spoken to the end. */
  let heard: string[] = [];
  let spoken: string[] = [];

  function tell(event: string, properties?: Fields, inference?: string): void {
    send({
      message_type: event.split(".")[0],
      event_type: event,
      conversation_id: "c3a1f0d2e9b84c57",
      seq: ++seq,
      turn_idx: turn,
      timestamp: Math.floor(Date.now() / 1000),
      ...(inference !== undefined && { inference_id: inference }),
      ...(properties && { properties }),
    });
  }
  const inference = (): string => `inference-${inferences}`;

  function starts(role: Role): void {
    startedAt[role] = Date.now();
    tell(`conversation.${role}.started_speaking`, undefined, inference());
    tell("conversation.started_speaking", { role }, inference());
  }
  function stops(role: Role, interrupted: boolean): void {
    const duration = (Date.now() - startedAt[role]) / 1000;
    tell(`conversation.${role}.stopped_speaking`, { duration, interrupted }, inference());
    tell("conversation.stopped_speaking", { role, duration, interrupted }, inference());
  }
  /** What was said of a turn by now. */
  function stream(role: Role, speech: string, final: boolean): void {
    const event = "conversation.utterance.streaming";
    tell(event, { role, speech, final }, role === "replica" ? inference() : undefined);
  }

  return (cue) => {
    switch (cue.kind) {
      case "user-starts":
        turn++;
        heard = [];
        return starts("user");
      case "user-heard": {
        stream("user", [...heard, cue.text].join(" "), cue.isFinal);
        if (cue.isFinal) heard.push(cue.text);
        return;
      }
      case "user-stops":
        stops("user", false);
        return tell("conversation.utterance", { role: "user", speech: heard.join(" ") });
      case "user-typed":
        turn++;
        return;
      case "llm-starts":
        inferences++;
        return;
      case "call-starts": {
        const { id, name, arguments: args } = cue.call;
        const properties = { name, arguments: JSON.stringify(args), tool_call_id: id };
        return tell("conversation.tool_call", properties, inference());
      }
      case "bot-starts":
        isInterrupted = false;
        spoken = [];
        starts("replica");
        // All that it means to say, even if it is interrupted.
        return tell("conversation.utterance", { role: "replica", speech: cue.text }, inference());
      case "word": {
        const isDone = cue.spoken === cue.text;
        stream("replica", [...spoken, cue.spoken].join(" "), false);
        if (isDone) spoken.push(cue.text);
        return;
      }
      case "interrupted":
        isInterrupted = true;
        return;
      case "bot-stops":
        return stops("replica", isInterrupted);
      case "token":
      case "llm-stops":
      case "call-ends":
      case "tts-starts":
      case "tts-stops":
      case "sentence":
      case "notice":
      case "failure":
        return;
    }
  };
}
