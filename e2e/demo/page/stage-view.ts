import { showAvatar } from "./avatar";
import { find, setText } from "./element";
import { type House, queueOf } from "./house";

export type StageView = {
  show(house: House): void;
  /** The one on stage has answered the cue. */
  showUnmuted(sessionId: string): void;
};

/** The stage, and the numbers at the top of the page. */
export function createStageView(isHost: boolean): StageView {
  const avatar = find("stage-avatar", HTMLElement);
  const name = find("stage-name", HTMLElement);
  const note = find("stage-note", HTMLElement);
  const clear = find("clear-stage", HTMLButtonElement);
  let unmuted = "";

  function show(house: House): void {
    const { stage, people, answered } = house;
    avatar.parentElement?.classList.toggle("stage--empty", stage === null);
    setText(find("stage-kicker", HTMLElement), stage ? "On stage" : "Stage");
    if (stage) showAvatar(avatar, stage.name);
    setText(name, stage?.name ?? "Nobody on stage");
    setText(note, noteOn(house));
    clear.hidden = !isHost || !stage;
    setText(find("answered", HTMLElement), String(answered));
    const hands = queueOf(house).length;
    const audience = `${people.length} here`;
    setText(
      find("presence", HTMLElement),
      hands ? `${audience}, ${hands === 1 ? "1 hand" : `${hands} hands`} up` : audience,
    );
  }

  function noteOn({ stage, people }: House): string {
    if (!stage) return "Raise a hand to be next.";
    if (!people.some(({ sessionId }) => sessionId === stage.sessionId))
      return stage.sessionId === "" ? "is not here" : "has left";
    return unmuted === stage.sessionId ? "Microphone on" : "Asked to unmute…";
  }

  return {
    show,
    showUnmuted(sessionId) {
      unmuted = sessionId;
    },
  };
}
