import { showAvatar } from "./avatar";
import { element, find, setText } from "./element";
import type { House, Person } from "./house";
import { icon } from "./icon";

type Card = { readonly item: HTMLLIElement; show(person: Person, house: House): void };

/** The audience as cards, raised hands first. `onBring` is there when this user may bring people on stage. */
export function createPeopleView(
  onBring: ((person: Person) => void) | undefined,
): (house: House) => void {
  const list = find("people", HTMLUListElement);
  const cards = new Map<string, Card>();

  return (house) => {
    const present = new Set(house.people.map(({ sessionId }) => sessionId));
    for (const [sessionId, { item }] of cards) {
      if (present.has(sessionId)) continue;
      item.remove();
      cards.delete(sessionId);
    }
    for (const person of house.people) {
      const card = cards.get(person.sessionId) ?? createCard(person, onBring);
      cards.set(person.sessionId, card);
      card.show(person, house);
    }
    // Elements move only when the order has changed, which keeps the focus where it is.
    const ordered = house.people.toSorted((a, b) => rank(a) - rank(b));
    ordered.forEach(({ sessionId }, position) => {
      const item = cards.get(sessionId)?.item;
      if (item && list.children[position] !== item) {
        list.insertBefore(item, list.children[position] ?? null);
      }
    });
  };
}

/** Hands by the time they went up, then everyone else as they came. */
const rank = ({ hand, since }: Person): number =>
  hand === "up" ? (since ?? 0) : Number.MAX_SAFE_INTEGER;

function createCard({ name }: Person, onBring: ((person: Person) => void) | undefined): Card {
  const item = element("li", "card");
  const avatar = element("div", "avatar");
  avatar.setAttribute("aria-hidden", "true");
  const label = element("span", "card__name");
  const note = element("span", "card__note");
  const hand = element("span", "card__hand");
  hand.append(icon("✋"));
  hand.title = "Hand raised";
  const bring = element("button", "card__bring", "Bring on stage");
  bring.type = "button";
  bring.setAttribute("aria-label", `Bring ${name} on stage`);
  let shown: Person | undefined;
  bring.addEventListener("click", () => shown && onBring?.(shown));
  item.append(avatar, label, note, hand, bring);

  return {
    item,
    show(person, { stage }) {
      shown = person;
      const isOnStage = stage?.sessionId === person.sessionId;
      showAvatar(avatar, person.name);
      setText(label, person.name);
      setText(note, noteOn(person, isOnStage));
      item.classList.toggle("card--on-stage", isOnStage);
      item.classList.toggle("card--hand-up", person.hand === "up");
      hand.hidden = person.hand === "down";
      bring.hidden = !onBring || isOnStage || person.hand === "down";
    },
  };
}

function noteOn({ role, hand, isLocal }: Person, isOnStage: boolean): string {
  const who = isLocal ? "you, " : "";
  if (isOnStage) return `${who}on stage`;
  if (hand === "up") return isLocal ? "your hand is up" : "wants to speak";
  return who + (role === "host" ? "host" : "listening");
}
