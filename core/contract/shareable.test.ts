import { expect, test } from "vitest";

import { isWord, readName } from "./shareable";

test.each([
  "chat",
  "bot-ready",
  "room.state",
  "waiting_for_host",
  "conversationItemInputAudioTranscription",
  "CONNECTED",
  "rtvi-ai",
  "2.1.0",
  "*",
  "h264",
])("%s is a word of a protocol", (text) => expect(isWord(text)).toBe(true));

test.each([
  "",
  "Hello there",
  "hi!",
  "ada@example.com",
  "+49 170 1234567",
  "123456",
  "2026-01-01T00:00:00.000Z",
  "123e4567-e89b-12d3-a456-426614174000",
  "5f1c0a9be7d24463a8b1",
  "sk_live_abcdefghijklmnop1234",
  "eyJhbGciOiJIUzI1NiJ9.eyJyIjoicm9vbSJ9.c2lnbmF0dXJl",
  "QmFzZUxvbmdTZWNyZXQ",
  "xkqjzvbnwmrtplsdfghj",
  "https://example.com/a",
  "a".repeat(41),
])("%s isn't", (text) => expect(isWord(text)).toBe(false));

test.each([
  ["type", "open"],
  ["status", "open"],
  ["userRole", "open"],
  ["contentType", "open"],
  ["keyboard", "open"],
  ["userName", "private"],
  ["user_id", "private"],
  ["text", "private"],
  ["chatMessage", "private"],
  ["accessToken", "secret"],
  ["API_KEY", "secret"],
  ["apiKeyId", "secret"],
  ["x-auth-header", "secret"],
  ["", "open"],
])("what %s holds is %s", (name, privacy) => expect(readName(name).privacy).toBe(privacy));

test.each([
  ["ada@example.com", true],
  ["123e4567-e89b-12d3-a456-426614174000", true],
  ["question-12", true],
  ["17", true],
  ["k".repeat(61), true],
  ["\0", true],
  ["Ada Lovelace", true],
  ["h264", false],
  ["__proto__", false],
  ["a.b", false],
  ["", false],
  ["größe", false],
])("whether the key %s was made at run time: %s", (key, isMade) =>
  expect(readName(key).isMade).toBe(isMade),
);
