import { createHash } from "node:crypto";
import { lstatSync, mkdirSync, unlinkSync } from "node:fs";
import { connect, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve as resolvePath } from "node:path";
import { TillError } from "../contract/errors.ts";
import { maximumMessageCharacters, type Wire } from "../contract/wire.ts";
import type { Attach } from "./service.ts";

// A Unix socket's path has room for 108 bytes on Linux and 104 on macOS (sockaddr_un), with the zero at its end.
const maximumPathBytes = 100;

/** Tools that are connected at once. */
const maximumConnections = 16;

const maximumWaitingBytes = 2 * maximumMessageCharacters;
const closingLimitMs = 2_000;
const ownerOnlyFolder = 0o700;
const ownerOnlySocketMask = 0o177;

/** A local socket that is listening. */
export type LocalSocket = { path: string; close(): Promise<void> };

/**
 * Listens for tools of this machine on `till.sock` in the data folder, or on a named pipe under Windows. Only the owner
 * of the folder can connect, which is why no token is asked for. What a till that died left behind is replaced.
 * @throws TillError `folder.in-use` when a running till answers there, `folder.not-writable` when something that is no
 * socket lies in its place.
 */
export async function openLocalSocket(folder: string, attach: Attach): Promise<LocalSocket> {
  const path = socketPath(folder);
  if (process.platform !== "win32") await clearStale(path, folder);
  const connections = new Set<Socket>();
  const server = createServer((socket) => {
    connections.add(socket);
    socket.on("close", () => connections.delete(socket));
    attach(lineWire(socket));
  });
  server.maxConnections = maximumConnections;
  await listen(server, path, folder);
  return {
    path,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        for (const socket of connections) socket.destroy();
      }),
  };
}

/** A wire to the till that runs on a data folder, or null when none does. Rejects when the socket may not be opened. */
export function connectLocalSocket(folder: string): Promise<Wire | null> {
  return new Promise((resolve, reject) => {
    const socket = connect(socketPath(folder));
    socket.once("connect", () => {
      socket.removeAllListeners("error");
      resolve(lineWire(socket));
    });
    socket.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT" || error.code === "ECONNREFUSED" || error.code === "ENOTSOCK") resolve(null);
      else reject(new TillError("folder.not-writable", { folder }, error));
    });
  });
}

/** Where the socket of a data folder is. A path too long for a socket gives way to a short one of the same owner. */
export function socketPath(folder: string): string {
  const whole = resolvePath(folder);
  const hash = createHash("sha256").update(whole).digest("hex").slice(0, 32);
  if (process.platform === "win32") return `\\\\.\\pipe\\suanpan-${hash}`;
  const path = join(whole, "till.sock");
  if (Buffer.byteLength(path) <= maximumPathBytes) return path;
  return join(tmpdir(), `suanpan-${process.getuid?.() ?? 0}`, `${hash}.sock`);
}

async function clearStale(path: string, folder: string): Promise<void> {
  if (dirname(path) !== resolvePath(folder)) makeShortRoom(dirname(path));
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return;
  if (!found.isSocket()) throw new TillError("folder.not-writable", { folder: path });
  const wire = await connectLocalSocket(folder);
  if (wire !== null) {
    wire.close();
    throw new TillError("folder.in-use", { folder });
  }
  unlinkSync(path);
}

/** Makes the folder for short paths. Another user could have made it first, and would then own what is put in it. */
function makeShortRoom(room: string): void {
  mkdirSync(room, { recursive: true, mode: ownerOnlyFolder });
  const found = lstatSync(room);
  const isOurs = found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o077) === 0;
  if (!isOurs) throw new TillError("folder.not-writable", { folder: room });
}

function listen(server: Server, path: string, folder: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      reject(error.code === "EADDRINUSE" ? new TillError("folder.in-use", { folder }, error) : error);
    });
    // The socket's file is made inside this call, so that nobody else can open it even for a moment.
    const mask = process.umask(ownerOnlySocketMask);
    try {
      server.listen(path, () => resolve());
    } finally {
      process.umask(mask);
    }
  });
}

/**
 * A wire over a stream socket: each message is one line, which JSON never breaks by itself. A line longer than a
 * message may be and a peer that does not read end it; half a line at the end is dropped, as a message that never came.
 */
function lineWire(socket: Socket): Wire {
  let received = "";
  let onText: ((text: string) => void) | undefined;
  let whenClosed = () => {};
  let ended = false;

  function end(): void {
    if (ended) return;
    ended = true;
    received = "";
    whenClosed();
  }

  function cut(): void {
    socket.destroy();
    end();
  }

  /** The next whole line, taken off what was received; null when there is none or a line before it ended the wire. */
  function nextLine(): string | null {
    const newline = received.indexOf("\n");
    if (ended || newline === -1) return null;
    const line = received.slice(0, newline);
    received = received.slice(newline + 1);
    return line;
  }

  function take(chunk: string): void {
    received += chunk;
    for (let line = nextLine(); line !== null; line = nextLine()) {
      if (line.length > maximumMessageCharacters) cut();
      else onText?.(line);
    }
    if (received.length > maximumMessageCharacters) cut();
  }

  socket.setEncoding("utf8");
  socket.on("close", end);
  // A socket that breaks is closed by Node right after; that is where the wire ends.
  socket.on("error", () => socket.destroy());

  return {
    send(text) {
      if (ended || !socket.writable) return;
      if (socket.writableLength > maximumWaitingBytes) cut();
      else socket.write(`${text}\n`);
    },
    close() {
      // What was sent last, a refusal perhaps, still goes out; a peer that does not take it is not waited for long.
      socket.setTimeout(closingLimitMs, () => socket.destroy());
      socket.end(() => socket.destroy());
      end();
    },
    receive(handler) {
      onText = handler;
      socket.on("data", take);
    },
    closed(handler) {
      whenClosed = handler;
      if (socket.destroyed) end();
    },
  };
}
