import { AGENT_COMMAND } from "../../extension/protocol/command";
import type { PageEvent } from "../../extension/protocol/event";
import { initiatorOf, parseStack } from "../lib/stack";

/** Why an event was refused or failed, or what a listener threw; undefined where nothing went wrong. */
export function errorOf(event: PageEvent): string | undefined {
  if (event.kind === "method-called") return event.error?.message;
  if (event.kind === "command-failed") return event.message;
  return event.kind === "daily-event" ? event.handlerError?.message : undefined;
}

/** The stack of the app that made a call, or that threw. */
export function stackOf(event: PageEvent): string | undefined {
  if (event.kind === "method-called") return event.stack;
  return event.kind === "daily-event" ? event.handlerError?.stack : undefined;
}

/** The line of the app in it, as it runs: `https://app.example/main.js:12:7`. */
export function locationOf(event: PageEvent): string | undefined {
  const frame = initiatorOf(parseStack(stackOf(event) ?? ""));
  return frame && `${frame.url}:${frame.line}:${frame.column}`;
}

/** Whose doing an event was, where someone called a method or handed the app a message: the page's, or by a command. */
export function callerOf(event: PageEvent): "page" | "panel" | "agent" | undefined {
  if (event.kind === "method-called" && event.by === "page") return "page";
  const commandId = "commandId" in event ? event.commandId : undefined;
  if (commandId?.startsWith(AGENT_COMMAND)) return "agent";
  const isCommand =
    event.kind === "method-called" || event.kind === "command-failed" || "simulated" in event;
  return isCommand ? "panel" : undefined;
}
