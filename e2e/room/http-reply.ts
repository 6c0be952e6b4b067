import type { IncomingMessage, ServerResponse } from "node:http";

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  css: "text/css; charset=utf-8",
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  json: "application/json; charset=utf-8",
  png: "image/png",
  svg: "image/svg+xml",
};

/** Answers a request with a body whose type is told by a file extension. Any page may read it. */
export function reply(
  response: ServerResponse,
  status: number,
  extension: string,
  body: string | Buffer = "",
): void {
  response
    .writeHead(status, {
      "content-type": CONTENT_TYPES[extension] ?? "application/octet-stream",
      "access-control-allow-origin": "*",
      "cache-control": "no-cache",
    })
    .end(body);
}

export function replyJson(response: ServerResponse, status: number, body: unknown): void {
  reply(response, status, "json", JSON.stringify(body));
}

export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
