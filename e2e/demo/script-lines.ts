/** What the scripted people and the scripted server say. */
export const QUESTIONS: readonly string[] = [
  "How do late joiners get the current state?",
  "What is the difference between user data and session data?",
  "Can I send a message to just one person?",
  "How large may an app message be?",
  "Who may change the session data?",
  "Does a broadcast come back to its sender?",
  "How fast does session data sync?",
  "What happens to user data when I leave?",
];

export const NOTICES: readonly string[] = [
  "Recording has started.",
  "Ten minutes left.",
  "Slides are in the event page.",
  "The next session starts at three.",
];
