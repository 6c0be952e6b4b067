import fc from "fast-check";
import { expect, test } from "vitest";

import { learned, type Sample, samples, typed, untyped } from "../testing/contract-samples";
import { idOf } from "./contract";
import { printAsyncApi, printJsonSchema } from "./print-schema";
import { kindOf } from "./shape";
import { namedTypes } from "./type-names";

type Schema = Readonly<Record<string, unknown>>;
const ANNOTATIONS = new Set(["description", "examples"]);

/** Whether a value is valid, by the keywords that are printed; another one is an error. */
function isValid(schema: Schema, value: unknown): boolean {
  const fields = kindOf(value) === "object" ? (value as Schema) : undefined;
  return Object.entries(schema).every(([keyword, said]): boolean => {
    if (ANNOTATIONS.has(keyword)) return true;
    switch (keyword) {
      case "type":
        return [said].flat().some((type) => {
          const kind = kindOf(value);
          return type === kind || (type === "number" && kind === "integer");
        });
      case "const":
        return value === said;
      case "enum":
        return (said as readonly unknown[]).includes(value);
      case "anyOf":
        return (said as readonly Schema[]).some((each) => isValid(each, value));
      case "items":
        return !Array.isArray(value) || value.every((each) => isValid(said as Schema, each));
      case "required":
        return !fields || (said as readonly string[]).every((name) => Object.hasOwn(fields, name));
      case "properties":
        return Object.entries(said as Schema).every(
          ([name, each]) =>
            !fields || !Object.hasOwn(fields, name) || isValid(each as Schema, fields[name]),
        );
      case "additionalProperties": {
        const known = (schema["properties"] ?? {}) as Schema;
        return Object.entries(fields ?? {}).every(
          ([name, each]) => Object.hasOwn(known, name) || isValid(said as Schema, each),
        );
      }
      default:
        throw new Error(`unknown keyword ${keyword}`);
    }
  });
}

const STORY: readonly Sample[] = [
  ...["start", "stop", "start", "stop", "start", "stop"].map((mode, n) =>
    typed("poll", { mode, round: n, votes: { "17": 1 }, ...(n > 2 && { to: ["Ada", null] }) }),
  ),
  untyped({ channel: "user-data", label: "" }, { hand: true }),
];

test("every message is valid by the schema of its type, in both documents", () => {
  fc.assert(
    fc.property(fc.array(samples, { minLength: 1, maxLength: 12 }), (messages) => {
      const contract = learned(messages);
      const { $defs } = JSON.parse(printJsonSchema(contract)) as { $defs: Schema };
      const { components } = JSON.parse(printAsyncApi(contract)) as {
        components: { messages: Readonly<Record<string, { payload: Schema }>> };
      };
      const names = new Map(namedTypes(contract).map(({ name, type }) => [idOf(type), name]));
      for (const { key, value } of messages) {
        const name = names.get(idOf(key)) ?? "";
        expect(isValid($defs[name] as Schema, value)).toBe(true);
        expect(isValid(components.messages[name]?.payload as Schema, value)).toBe(true);
      }
    }),
  );
});

test("a contract prints as JSON Schema", () => {
  const { $defs } = JSON.parse(printJsonSchema(learned(STORY))) as { $defs: Schema };
  const poll = $defs["Poll"] as Schema;
  expect(isValid(poll, { ...(STORY[0]?.value as object), mode: "pause" })).toBe(false);
  expect(isValid(poll, { type: "poll" })).toBe(false);
  expect(printJsonSchema(learned(STORY))).toMatchInlineSnapshot(`
    "{
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": "The messages of this app, as Inspector for Daily saw them",
      "$ref": "#/$defs/AppMessage",
      "$defs": {
        "AppMessage": {
          "description": "Any app message.",
          "anyOf": [
            {
              "$ref": "#/$defs/Poll"
            }
          ]
        },
        "Poll": {
          "description": "App message poll. 6 seen, of up to 40 characters.",
          "type": "object",
          "properties": {
            "mode": {
              "type": "string",
              "enum": [
                "start",
                "stop"
              ]
            },
            "round": {
              "description": "From 0 to 5.",
              "type": "integer"
            },
            "votes": {
              "type": "object",
              "additionalProperties": {
                "type": "integer"
              }
            },
            "type": {
              "const": "poll"
            },
            "to": {
              "description": "In 3 of 6.",
              "type": "array",
              "items": {
                "type": [
                  "null",
                  "string"
                ]
              }
            }
          },
          "required": [
            "mode",
            "round",
            "votes",
            "type"
          ],
          "examples": [
            {
              "mode": "start",
              "round": 1,
              "votes": {
                "id-1": 1
              },
              "type": "poll",
              "to": [
                "text"
              ]
            }
          ]
        },
        "UserData": {
          "description": "User data. 1 seen, of up to 40 characters.",
          "type": "object",
          "properties": {
            "hand": {
              "type": "boolean"
            }
          },
          "required": [
            "hand"
          ],
          "examples": [
            {
              "hand": true
            }
          ]
        }
      }
    }
    "
  `);
});

test("a contract prints as AsyncAPI", () => {
  expect(printAsyncApi(learned(STORY.slice(-1)))).toMatchInlineSnapshot(`
    "{
      "asyncapi": "3.0.0",
      "info": {
        "title": "The messages of this app, as Inspector for Daily saw them",
        "version": "1.0.0"
      },
      "defaultContentType": "application/json",
      "channels": {
        "userData": {
          "address": "user-data",
          "messages": {
            "UserData": {
              "$ref": "#/components/messages/UserData"
            }
          }
        }
      },
      "operations": {
        "setUserData": {
          "action": "send",
          "channel": {
            "$ref": "#/channels/userData"
          }
        },
        "receiveUserData": {
          "action": "receive",
          "channel": {
            "$ref": "#/channels/userData"
          }
        }
      },
      "components": {
        "messages": {
          "UserData": {
            "name": "UserData",
            "title": "UserData",
            "summary": "User data. 1 seen, of up to 40 characters.",
            "payload": {
              "type": "object",
              "properties": {
                "hand": {
                  "type": "boolean"
                }
              },
              "required": [
                "hand"
              ]
            },
            "examples": [
              {
                "payload": {
                  "hand": true
                }
              }
            ]
          }
        }
      }
    }
    "
  `);
});

test("of nothing both are documents without types", () => {
  expect(JSON.parse(printJsonSchema(learned([])))).toMatchObject({ $defs: {} });
  expect(JSON.parse(printAsyncApi(learned([])))).toMatchObject({ channels: {}, operations: {} });
});
