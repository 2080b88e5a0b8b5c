import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { maximumMessageCharacters, type Wire } from "../../../main/contract/wire.ts";
import { connectLocalSocket, openLocalSocket, socketPath, type LocalSocket } from "../../../main/host/local-socket.ts";

let folder: string;
let open: LocalSocket[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "suanpan-socket-"));
  open = [];
});

afterEach(async () => {
  for (const listening of open) await listening.close();
  rmSync(folder, { recursive: true });
});

async function openAt(at: string, attach: (wire: Wire) => void = () => {}): Promise<LocalSocket> {
  const listening = await openLocalSocket(at, attach);
  open.push(listening);
  return listening;
}

test("a tool finds no till where none runs", async () => {
  expect(await connectLocalSocket(folder)).toBeNull();
  expect(await connectLocalSocket(join(folder, "no-such-folder"))).toBeNull();
});

test("only the owner can reach the socket, and it is gone after the till has stopped", async () => {
  const listening = await openLocalSocket(folder, () => {});
  expect(listening.path).toBe(join(folder, "till.sock"));
  expect(statSync(listening.path).mode & 0o777).toBe(0o600);
  await listening.close();
  expect(existsSync(listening.path)).toBe(false);
});

test("a folder with a long path has its socket in a short one that is the owner's alone", async () => {
  const deep = join(folder, "a-rather-long-name-for-a-shop".repeat(4));
  mkdirSync(deep);
  const listening = await openAt(deep);
  expect(Buffer.byteLength(listening.path)).toBeLessThanOrEqual(100);
  expect(statSync(join(listening.path, "..")).mode & 0o777).toBe(0o700);
  const wire = await connectLocalSocket(deep);
  expect(wire).not.toBeNull();
  wire?.close();
  expect(socketPath(folder)).not.toBe(socketPath(deep));
});

test("a second till on the same folder is refused and the first one keeps its socket", async () => {
  await openAt(folder);
  await expect(openLocalSocket(folder, () => {})).rejects.toMatchObject({ code: "folder.in-use" });
  const wire = await connectLocalSocket(folder);
  expect(wire).not.toBeNull();
  wire?.close();
});

// Node removes its socket when it ends; a till that loses power leaves it, and must start again the next morning.
test("the socket of a till that was killed is replaced", async () => {
  const path = join(folder, "till.sock");
  const program = `require("net").createServer().listen(${JSON.stringify(path)}, () => console.log("ready"))`;
  const killed = spawn(process.execPath, ["-e", program], { stdio: ["ignore", "pipe", "inherit"] });
  await once(killed.stdout, "data");
  killed.kill("SIGKILL");
  await once(killed, "exit");
  expect(existsSync(path)).toBe(true);
  expect(await connectLocalSocket(folder)).toBeNull();
  await openAt(folder);
  expect(await connectLocalSocket(folder)).not.toBeNull();
});

test("a file of the owner's that has the socket's name is not removed", async () => {
  writeFileSync(join(folder, "till.sock"), "notes");
  await expect(openLocalSocket(folder, () => {})).rejects.toMatchObject({ code: "folder.not-writable" });
  expect(readFileSync(join(folder, "till.sock"), "utf8")).toBe("notes");
});

test("messages stay whole however they are cut up on the way; half a one at the end is dropped", async () => {
  const texts: string[] = [];
  const ended = Promise.withResolvers<void>();
  await openAt(folder, (wire) => {
    wire.receive((text) => texts.push(text));
    wire.closed(ended.resolve);
  });
  const socket = connect(join(folder, "till.sock"));
  await once(socket, "connect");
  const bytes = Buffer.from('{"name":"算盘"}\n{"name":"two"}\n{"half', "utf8");
  for (const byte of bytes) socket.write(Buffer.from([byte]));
  socket.end();
  await ended.promise;
  expect(texts).toEqual(['{"name":"算盘"}', '{"name":"two"}']);
});

test("a line without an end is cut off at the longest message", async () => {
  const texts: string[] = [];
  const ended = Promise.withResolvers<void>();
  await openAt(folder, (wire) => {
    wire.receive((text) => texts.push(text));
    wire.closed(ended.resolve);
  });
  const socket = connect(join(folder, "till.sock"));
  // Cutting the line off breaks the pipe under what is still being written.
  socket.on("error", () => socket.destroy());
  socket.write("x".repeat(maximumMessageCharacters + 1));
  await ended.promise;
  expect(texts).toEqual([]);
});

test("a tool that does not read is cut off", async () => {
  const arriving = Promise.withResolvers<Wire>();
  await openAt(folder, arriving.resolve);
  const socket = connect(join(folder, "till.sock"));
  await once(socket, "connect");
  const wire = await arriving.promise;
  let closed = false;
  wire.closed(() => (closed = true));
  for (let sent = 0; sent < 100 && !closed; sent += 1) wire.send("x".repeat(maximumMessageCharacters / 4));
  expect(closed).toBe(true);
  socket.destroy();
});
