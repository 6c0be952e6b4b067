import type { Talk } from "./talk";

/** A talk that has everything: a function call, an interruption, a notice, an error, and sentences enough to join. */
export const WEATHER_TALK: Talk = [
  { role: "bot", text: "Hi, I'm the weather desk. Which city are you going to?" },
  { role: "user", text: "Hello. I'm off to Lisbon tomorrow, do I need a coat?", afterMs: 700 },
  {
    role: "bot",
    text: "No coat needed. Lisbon will be clear tomorrow, with 24 degrees by noon.",
    call: { name: "get_weather", arguments: { city: "Lisbon", day: "tomorrow" } },
  },
  { role: "notice", data: { type: "forecast-card", city: "Lisbon", celsius: 24 } },
  { role: "user", text: "Great. And what can I do there in the evening?", afterMs: 900 },
  {
    role: "bot",
    text: "There is a lot to do. You could walk up to the castle, take the tram through Alfama, or listen to fado in one of the small bars near the river.",
    cutAfter: 14,
  },
  { role: "user", text: "Wait, is the tram still running at ten?" },
  { role: "failure", text: "The timetable service did not answer, the last known times are used." },
  { role: "bot", text: "Yes. The last one leaves at half past eleven." },
  { role: "user", text: "Perfect, thank you.", afterMs: 800 },
  { role: "bot", text: "You're welcome. Have a good trip!" },
];
