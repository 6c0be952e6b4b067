import type { Contract } from "./contract";
import { fieldNote, literalsOf, typeTextsIn } from "./print-typescript";
import { exampleOf, isOptional, kindsOf } from "./reading";
import type { JsonKind, Shape, TypeText } from "./shape";
import { describeType, type NamedType, namedTypes, oneLine } from "./type-names";

type Schema = Readonly<Record<string, unknown>>;

/**
 * A contract as JSON Schema 2020-12: a definition for each type, and `AppMessage` for any app message. Every message that
 * was learned is valid. Fields that weren't seen aren't forbidden.
 */
export function printJsonSchema(contract: Contract): string {
  const types = namedTypes(contract);
  const messages = types.filter(({ type }) => type.channel === "app-message");
  const definitions = types.map(({ name, type }) => [name, schemaOfType({ name, type })] as const);
  const appMessage = {
    description: "Any app message.",
    anyOf: messages.map(({ name }) => ({ $ref: `#/$defs/${name}` })),
  };
  return print({
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: TITLE,
    ...(messages.length > 0 && { $ref: "#/$defs/AppMessage" }),
    $defs: Object.fromEntries([
      ...(messages.length > 0 ? [["AppMessage", appMessage] as const] : []),
      ...definitions,
    ]),
  });
}

const TITLE = "The messages of this app, as Inspector for Daily saw them";

/** The channels of Daily, with the operations of a participant: each of them can send what the others receive. */
const CHANNELS = [
  ["app-message", "appMessages", "sendAppMessage", "receiveAppMessage"],
  ["user-data", "userData", "setUserData", "receiveUserData"],
  ["session-data", "sessionData", "setMeetingSessionData", "receiveMeetingSessionData"],
] as const;

/** A contract as an AsyncAPI 3.0 document in JSON, with a channel for each channel of Daily that was used. */
export function printAsyncApi(contract: Contract): string {
  const types = namedTypes(contract);
  const used = CHANNELS.map(([channel, name, send, receive]) => ({
    channel,
    name,
    send,
    receive,
    messages: types.filter(({ type }) => type.channel === channel),
  })).filter(({ messages }) => messages.length > 0);
  return print({
    asyncapi: "3.0.0",
    info: { title: TITLE, version: "1.0.0" },
    defaultContentType: "application/json",
    channels: Object.fromEntries(
      used.map(({ channel, name, messages }) => [
        name,
        {
          address: channel,
          messages: Object.fromEntries(
            messages.map((each) => [each.name, { $ref: `#/components/messages/${each.name}` }]),
          ),
        },
      ]),
    ),
    operations: Object.fromEntries(
      used.flatMap(({ name, send, receive }) => {
        const channel = { $ref: `#/channels/${name}` };
        return [
          [send, { action: "send", channel }],
          [receive, { action: "receive", channel }],
        ] as const;
      }),
    ),
    components: {
      messages: Object.fromEntries(types.map((each) => [each.name, messageOf(each)])),
    },
  });
}

function messageOf({ name, type }: NamedType): Schema {
  return {
    name,
    title: oneLine(type.label) || name,
    summary: describeType(type),
    payload: schemaOf(type.shape, type.typeTexts),
    examples: [{ payload: exampleOf(type.shape) }],
  };
}

const schemaOfType = ({ type }: NamedType): Schema => ({
  description: describeType(type),
  ...schemaOf(type.shape, type.typeTexts),
  examples: [exampleOf(type.shape)],
});

/** Schemas of these kinds alone say nothing but their type. */
function schemaOf(shape: Shape, typeTexts: readonly TypeText[]): Schema {
  const parts = kindsOf(shape).map((kind) => partOf(shape, kind, typeTexts));
  const [only] = parts;
  if (!only) return {};
  if (parts.length === 1) return only;
  const isPlain = parts.every((part) => Object.keys(part).length === 1 && "type" in part);
  return isPlain ? { type: parts.map(({ type }) => type) } : { anyOf: parts };
}

function partOf(shape: Shape, kind: JsonKind, typeTexts: readonly TypeText[]): Schema {
  switch (kind) {
    case "string": {
      const words = literalsOf(shape, typeTexts);
      if (!words) return { type: kind };
      return words.length === 1 ? { const: words[0] } : { type: kind, enum: words };
    }
    case "array":
      return { type: kind, ...(shape.items && { items: schemaOf(shape.items, []) }) };
    case "object":
      return objectOf(shape, typeTexts);
    case "null":
    case "boolean":
    case "integer":
    case "number":
      return { type: kind };
  }
}

function objectOf(shape: Shape, typeTexts: readonly TypeText[]): Schema {
  const fields = [...shape.fields];
  const required = fields.filter(([, field]) => !isOptional(shape, field)).map(([name]) => name);
  return {
    type: "object",
    ...(fields.length > 0 && {
      // Not assigned one by one: a field may be called `__proto__`.
      properties: Object.fromEntries(
        fields.map(([name, field]) => [name, schemaOfField(shape, name, field, typeTexts)]),
      ),
    }),
    ...(required.length > 0 && { required }),
    ...(shape.rest && !shape.isOpen && { additionalProperties: schemaOf(shape.rest, []) }),
  };
}

function schemaOfField(
  parent: Shape,
  name: string,
  field: Shape,
  typeTexts: readonly TypeText[],
): Schema {
  const note = fieldNote(parent, field);
  return {
    ...(note !== "" && { description: note }),
    ...schemaOf(field, typeTextsIn(typeTexts, name)),
  };
}

const print = (document: Schema): string => `${JSON.stringify(document, undefined, 2)}\n`;
