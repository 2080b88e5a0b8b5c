import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { RailFault } from "./behaviour.ts";

/** A request, whole. */
export type EmulatorRequest = { method: string; url: URL; headers: IncomingMessage["headers"]; body: string };

/** What goes back. `fault` is played on the way out. */
export type EmulatorAnswer = {
  status: number;
  headers: Record<string, string>;
  body: Buffer | string;
  fault?: RailFault["kind"];
};

/** A server on loopback. */
export type EmulatorServer = { url: string; close(): Promise<void> };

const maximumRequestBytes = 64 * 1024;

/** Serves one handler on any free port of this machine. What it was still holding back is cut at the end. */
export async function serveEmulator(handle: (request: EmulatorRequest) => EmulatorAnswer): Promise<EmulatorServer> {
  const server = createServer((request, response) => {
    void answerOne(handle, request, response);
  });
  server.requestTimeout = 10_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, close: () => closeServer(server) };
}

async function answerOne(
  handle: (request: EmulatorRequest) => EmulatorAnswer,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const body = await readBody(request);
    if (body === null) {
      response.writeHead(413).end();
      return;
    }
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    const { method = "GET", headers } = request;
    const answer = handle({ method, url, headers, body });
    // A reply that never comes: the line stays open until the other side has had enough.
    if (answer.fault === "timeout") return;
    if (answer.fault === "lost-reply") {
      request.socket.destroy();
      return;
    }
    response.writeHead(answer.status, answer.headers).end(answer.body);
  } catch (error) {
    // The emulator's own mistake, which a test shall see and nobody take for the rail's.
    response.writeHead(500, { "content-type": "text/plain" }).end(error instanceof Error ? error.stack : String(error));
  }
}

async function readBody(request: IncomingMessage): Promise<string | null> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > maximumRequestBytes) return null;
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

async function closeServer(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
