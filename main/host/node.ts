import { createServer, STATUS_CODES, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import { TillError } from "../contract/errors.ts";
import { maximumMessageCharacters } from "../contract/wire.ts";
import { plainAnswer, type PageAnswer } from "./page-headers.ts";
import { createPages, type Pages, type PagesOptions } from "./pages.ts";
import type { Attach } from "./service.ts";
import { webSocketWire } from "./web-socket-wire.ts";

const loopback = "127.0.0.1";
const wirePath = "/wire";

/** Far more than one till's pages open at once; a browser holds six to one host, and a socket for each page. */
const maximumConnections = 128;
const maximumHeaderBytes = 16 * 1024;
const headersTimeoutMs = 5_000;
const requestTimeoutMs = 10_000;
const keepAliveTimeoutMs = 10_000;

// RFC 6455, section 7.4.1: 1001 is "going away".
const goingAway = 1001;

/** Why a request was refused; each is told once, so that a page that keeps trying cannot fill the log. */
type Refusal = "host" | "origin" | "method" | "path";

/** What a Node host serves. */
export type NodeHostOptions = {
  /** The port on 127.0.0.1; 0 takes any free one. */
  port: number;
  /** The folder of the built renderer. */
  pages: string;
  /** The pages that may be had here, the first one for `/`. */
  pagesAllowed: PagesOptions["allowed"];
  /** The page that is shown at the address of each of them instead. */
  pageInstead?: string | undefined;
  picture: PagesOptions["picture"];
  /** Takes over the wire of each window. */
  attach: Attach;
  /** Hears of each cause of refusal once, and of each request that failed in this process. */
  log(event: { kind: "refused"; cause: Refusal } | { kind: "failed"; cause: unknown }): void;
};

/** A host that is listening. */
export type NodeHost = {
  /** Without a slash at its end: `http://127.0.0.1:8080`. */
  url: string;
  port: number;
  /** Cuts every line and resolves when the port is free again. */
  close(): Promise<void>;
};

/**
 * Serves the pages and the wire on loopback. A request is answered only when its `Host` names this host and its
 * `Origin`, which every browser sends with a WebSocket, is the same: another site's page (or a name that was made to
 * point here) gets 403. There are no cookies, since a browser sends them to every port of 127.0.0.1.
 * @throws TillError `port.taken` when another program listens there.
 */
export async function openNodeHost(options: NodeHostOptions): Promise<NodeHost> {
  const pages = createPages({
    folder: options.pages,
    allowed: options.pagesAllowed,
    instead: () => options.pageInstead,
    picture: options.picture,
  });
  const server = createServer({
    maxHeaderSize: maximumHeaderBytes,
    headersTimeout: headersTimeoutMs,
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: keepAliveTimeoutMs,
    connectionsCheckingInterval: headersTimeoutMs,
  });
  server.maxConnections = maximumConnections;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maximumMessageCharacters,
    perMessageDeflate: false,
  });
  const refused = createRefusals(options.log);
  let hosts: readonly string[] = [];

  server.on("request", (request, response) => {
    const refusal = judge(request, hosts, false);
    if (refusal !== null) sendAnswer(request, response, refused(refusal));
    else {
      void answer(pages, request, options.log).then((found) => sendAnswer(request, response, found));
    }
  });
  server.on("upgrade", (request, socket, head) => {
    const refusal = judge(request, hosts, true);
    if (refusal !== null) refuseUpgrade(socket, refused(refusal));
    else sockets.handleUpgrade(request, socket, head, (client) => options.attach(webSocketWire(client)));
  });
  // A request that is no HTTP, too long or too slow. Node would answer by itself, without our headers.
  server.on("clientError", (_error, socket) => refuseUpgrade(socket, plainAnswer(400, "This is no request.")));

  const port = await listen(server, options.port);
  hosts = [`${loopback}:${port}`, `localhost:${port}`];
  return { url: `http://${loopback}:${port}`, port, close: () => close(server, sockets) };
}

function judge(request: IncomingMessage, hosts: readonly string[], isUpgrade: boolean): Refusal | null {
  const { host, origin } = request.headers;
  if (host === undefined || !hosts.includes(host)) return "host";
  if (origin === undefined ? isUpgrade : origin !== `http://${host}`) return "origin";
  if (request.method !== "GET" && (isUpgrade || request.method !== "HEAD")) return "method";
  if (isUpgrade && request.url !== wirePath) return "path";
  return null;
}

function createRefusals(log: NodeHostOptions["log"]): (cause: Refusal) => PageAnswer {
  const told = new Set<Refusal>();
  return (cause) => {
    if (!told.has(cause)) {
      told.add(cause);
      log({ kind: "refused", cause });
    }
    if (cause === "method") return plainAnswer(405, "Only GET and HEAD are answered here.", { Allow: "GET, HEAD" });
    if (cause === "path") return plainAnswer(404, "There is nothing at this address.");
    return plainAnswer(403, "This address is only for the till's own pages.");
  };
}

async function answer(pages: Pages, request: IncomingMessage, log: NodeHostOptions["log"]): Promise<PageAnswer> {
  try {
    // A query says nothing here. The path stays as it came: what has to be decoded is not one of ours.
    return await pages((request.url ?? "/").split("?", 1)[0] ?? "/");
  } catch (error) {
    log({ kind: "failed", cause: error });
    return plainAnswer(500, "The page could not be read.");
  }
}

function sendAnswer(request: IncomingMessage, response: ServerResponse, { status, headers, bytes }: PageAnswer): void {
  // Nothing that is asked for here has a body, so one that came anyway is not read and its line is not used again.
  const hasBody = request.headers["content-length"] !== undefined || request.headers["transfer-encoding"] !== undefined;
  response.writeHead(status, {
    ...headers,
    "Content-Length": bytes.length,
    ...(hasBody || status >= 400 ? { Connection: "close" } : {}),
  });
  if (request.method === "HEAD") response.end();
  else response.end(bytes);
}

function refuseUpgrade(socket: Duplex, { status, headers, bytes }: PageAnswer): void {
  socket.on("error", () => socket.destroy());
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const lines = Object.entries({ ...headers, "Content-Length": String(bytes.length), Connection: "close" });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\n${head}\r\n${Buffer.from(bytes).toString("utf8")}`);
  socket.once("finish", () => socket.destroy());
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      reject(error.code === "EADDRINUSE" ? new TillError("port.taken", { port }, error) : error);
    });
    server.listen({ port, host: loopback, exclusive: true }, () => {
      // A TCP server that listens has an AddressInfo; the other kinds are a pipe's name and "not listening".
      resolve((server.address() as AddressInfo).port);
    });
  });
}

async function close(server: Server, sockets: WebSocketServer): Promise<void> {
  for (const client of sockets.clients) {
    client.close(goingAway);
    client.terminate();
  }
  sockets.close();
  await new Promise<void>((resolve, reject) => {
    server.close((error) => (error === undefined ? resolve() : reject(error)));
    server.closeAllConnections();
  });
}
