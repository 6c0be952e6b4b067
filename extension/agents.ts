// Chromium only: answers the agent tools of pages. Sleeps until one is used, and hears nothing else.
import browser, { type Runtime } from "webextension-polyfill";

import { type AgentDocument, createAgentDocument } from "./agent-document";
import { mayAgentsCommand } from "./agent-permission";
import { createLink } from "./link";
import { AGENT_PORT, type AgentAnswer, type AgentRequest } from "./protocol/agent-tools";

const REFUSED =
  "Commands of agents are off. Only the user can allow them: in DevTools, open the Daily panel, then Settings, and turn on “Let coding agents send and set data”.";

const whyRefused = async () => ((await mayAgentsCommand()) ? undefined : REFUSED);

/** By the browser's ids of documents: what a page claims of itself plays no part. */
const documents = new Map<string, AgentDocument>();

function documentOf({ tab, documentId, frameId, url }: Sender): AgentDocument | undefined {
  // The tools are of top documents only.
  if (tab?.id === undefined || documentId === undefined || frameId !== 0) return undefined;
  const known = documents.get(documentId);
  if (known) return known;
  const announced = { relayId: "", room: "", version: "", isOff: false };
  const document = { ...announced, tabId: tab.id, documentId, frameId, url: url ?? "" };
  const link = createLink(tab.id);
  const created = createAgentDocument(document, link, whyRefused, () => {
    if (documents.get(documentId) === created) documents.delete(documentId);
  });
  documents.set(documentId, created);
  return created;
}

type Sender = Runtime.MessageSender & { readonly documentId?: string };

async function answer({ id, tool, args }: AgentRequest, sender: Sender): Promise<AgentAnswer> {
  try {
    const document = documentOf(sender);
    if (!document) throw new Error("This document has no tools.");
    return {
      id,
      ok: true,
      json: await document.answer({ tool: String(tool), args: String(args) }),
    };
  } catch (error) {
    return { id, ok: false, message: (error as Error).message };
  }
}

browser.runtime.onConnect.addListener((port) => {
  const { name, sender } = port;
  if (name !== AGENT_PORT || !sender) return;
  port.onMessage.addListener((request: unknown) => {
    void answer(request as AgentRequest, sender).then((answered) => {
      try {
        port.postMessage(answered);
      } catch {
        // The page was left while it was answered.
      }
    });
  });
});
