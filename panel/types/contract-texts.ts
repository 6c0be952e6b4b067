import {
  type Contract,
  createContract,
  idOf,
  type TypeContract,
} from "../../core/contract/contract";
import { printAsyncApi, printJsonSchema } from "../../core/contract/print-schema";
import { printTypescript } from "../../core/contract/print-typescript";

/** The languages that a contract can be written in. */
export const LANGUAGES = [
  {
    name: "TypeScript",
    title: "A type for each, a union of all app messages, and guards",
    print: printTypescript,
    ending: "ts",
    mime: "text/plain",
  },
  {
    name: "JSON Schema",
    title: "JSON Schema 2020-12, with a definition for each type",
    print: printJsonSchema,
    ending: "schema.json",
    mime: "application/json",
  },
  {
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
