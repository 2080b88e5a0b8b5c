import { Buffer } from "node:buffer";
import { once } from "node:events";
import { mkdtemp, rename, rm, symlink } from "node:fs/promises";
import { createServer } from "node:net";
import type { AddressInfo, Server, Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DeviceError } from "../errors.ts";
import { hasPseudoTerminals, openPseudoTerminal } from "./pseudo-terminal.ts";
import type { PseudoTerminal } from "./pseudo-terminal.ts";

/** Where the till finds the simulated scanner. The address stays the same when it is unplugged and plugged in again. */
type ScannerAddress = { kind: "serial"; path: string } | { kind: "tcp"; host: string; port: number };

/** How the simulated scanner is set up, as with a real one's configuration codes. */
export interface ScannerSimulatorOptions {
  /** What stands around a code: the suffix, or STX and ETX. */
  end: "cr" | "lf" | "crlf" | "tab" | "stx-etx" | "none";
  /** Whether the AIM identifier goes before each code that has one. */
  sendsSymbology: boolean;
  /** Where there are no pseudo terminals, and on request, the scanner listens on TCP. */
  line?: "serial" | "tcp";
}

/** A simulated scanner: it sends the bytes of a real one. */
export interface ScannerSimulator {
  readonly address: ScannerAddress;
  readonly isPlugged: boolean;
  /** Holds a code under the scanner. */
  scan(text: string, options?: { symbology?: string }): Promise<void>;
  /** Sends any bytes: noise, half a code. */
  sendRaw(bytes: Uint8Array): Promise<void>;
  /** Pulls the cable. */
  unplug(): Promise<void>;
  /** Plugs it in again, at the same address. */
  replug(): Promise<void>;
  /** Unplugs it and gives everything back. */
  close(): Promise<void>;
}

/** The end of the line where the simulated scanner sits. */
interface SimulatedLine {
  readonly address: ScannerAddress;
  readonly isPlugged: boolean;
  send(bytes: Uint8Array): Promise<void>;
  plug(): Promise<void>;
  unplug(): Promise<void>;
  close(): Promise<void>;
}

const surroundings: Record<ScannerSimulatorOptions["end"], { before: string; after: string }> = {
  cr: { before: "", after: "\r" },
  lf: { before: "", after: "\n" },
  crlf: { before: "", after: "\r\n" },
  tab: { before: "", after: "\t" },
  "stx-etx": { before: "\u0002", after: "\u0003" },
  none: { before: "", after: "" },
};

/** Makes a scanner and plugs it in. */
export async function createScannerSimulator(options: ScannerSimulatorOptions): Promise<ScannerSimulator> {
  const kind = options.line ?? (hasPseudoTerminals() ? "serial" : "tcp");
  const line = kind === "serial" ? await createTerminalLine() : await createTcpLine();
  await line.plug();
  const { before, after } = surroundings[options.end];
  return {
    address: line.address,
    get isPlugged() {
      return line.isPlugged;
    },
    scan(text, { symbology = "" } = {}) {
      const prefix = options.sendsSymbology ? symbology : "";
      return line.send(Buffer.from(`${before}${prefix}${text}${after}`, "utf8"));
    },
    sendRaw: (bytes) => line.send(bytes),
    unplug: () => line.unplug(),
    replug: () => line.plug(),
    close: () => line.close(),
  };
}

/** A pseudo terminal behind a link, as /dev/serial/by-id is: the terminal's own number changes at every plug. */
async function createTerminalLine(): Promise<SimulatedLine> {
  const folder = await mkdtemp(join(tmpdir(), "suanpan-scanner-"));
  const path = join(folder, "scanner");
  let terminal: PseudoTerminal | undefined;
  const unplug = async (): Promise<void> => {
    const pulled = terminal;
    terminal = undefined;
    await rm(path, { force: true });
    await pulled?.close();
  };
  return {
    address: { kind: "serial", path },
    get isPlugged() {
      return terminal !== undefined;
    },
    send: (bytes) => (terminal === undefined ? Promise.reject(notPlugged()) : terminal.write(bytes)),
    async plug() {
      if (terminal !== undefined) return;
      terminal = await openPseudoTerminal();
      // Made beside and moved into place, so that nobody sees a link that leads nowhere.
      await symlink(terminal.path, `${path}.new`);
      await rename(`${path}.new`, path);
    },
    unplug,
    async close() {
      await unplug();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The same bytes over TCP, for systems without pseudo terminals. */
async function createTcpLine(): Promise<SimulatedLine> {
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  let port = 0;
  const plug = async (): Promise<void> => {
    if (server !== undefined) return;
    const listening = createServer((socket) => {
      sockets.add(socket);
      socket.on("error", () => socket.destroy());
      socket.on("close", () => sockets.delete(socket));
      socket.resume();
    });
    listening.listen(port, "127.0.0.1");
    await once(listening, "listening");
    port = (listening.address() as AddressInfo).port;
    server = listening;
  };
  const unplug = async (): Promise<void> => {
    const pulled = server;
    server = undefined;
    for (const socket of sockets) socket.destroy();
    if (pulled === undefined) return;
    pulled.close();
    await once(pulled, "close");
  };
  await plug();
  return {
    address: { kind: "tcp", host: "127.0.0.1", port },
    get isPlugged() {
      return server !== undefined;
    },
    async send(bytes) {
      if (server === undefined) throw notPlugged();
      for (const socket of sockets) socket.write(bytes);
    },
    plug,
    unplug,
    close: unplug,
  };
}

function notPlugged(): DeviceError {
  return new DeviceError("scanner.unplugged");
}
