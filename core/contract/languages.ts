import { type Contract, createContract, idOf, type TypeContract } from "./contract";
import { printAsyncApi, printJsonSchema } from "./print-schema";
import { printTypescript } from "./print-typescript";

/** The languages that a contract can be written in. */
export const LANGUAGES = [
  {
    id: "typescript",
    name: "TypeScript",
    title: "A type for each, a union of all app messages, and guards",
    print: printTypescript,
    ending: "ts",
    mime: "text/plain",
  },
  {
    id: "json-schema",
    name: "JSON Schema",
    title: "JSON Schema 2020-12, with a definition for each type",
    print: printJsonSchema,
    ending: "schema.json",
    mime: "application/json",
  },
  {
    id: "asyncapi",
    name: "AsyncAPI",
    title: "AsyncAPI 3.0 as JSON, with a channel for each of Daily’s that was used",
    print: printAsyncApi,
    ending: "asyncapi.json",
    mime: "application/json",
  },
] as const;

/** A contract of one type. */
export function contractOf(type: TypeContract): Contract {
  const contract = createContract();
  contract.include({ types: new Map([[idOf(type), type]]), isPartial: false });
  return contract;
}
