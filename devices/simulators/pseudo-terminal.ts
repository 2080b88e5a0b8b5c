import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable, Writable } from "node:stream";
import { DeviceError, systemCodeOf } from "../errors.ts";

/** Both ends of a pseudo terminal: a path that a serial port opens, and the side where a simulated device sits. */
export interface PseudoTerminal {
  /** The path to open, such as `/dev/pts/3`. */
  readonly path: string;
  /** Sends bytes to whoever has the path open. Resolves when the terminal has taken them. */
  write(bytes: Uint8Array): Promise<void>;
  /** Calls back with what was written to the path. */
  onData(listener: (bytes: Uint8Array) => void): void;
  /** Takes the terminal away, as when a cable is pulled. Resolves when no process is left. */
  close(): Promise<void>;
}

/**
 * The shell that sits inside the terminal makes it transparent, says its name, and then waits for the end of a fourth
 * pipe. That pipe ends with this process, however it ends, so that no process is ever left behind.
 */
const insideCommand = "stty raw -echo; tty; read end <&3";

/** From util-linux (package bsdutils), an essential package of Debian. */
const terminalMaker = "script";

/** Whether this system makes pseudo terminals the way used here. */
export function hasPseudoTerminals(): boolean {
  return process.platform === "linux";
}

/**
 * Makes a pseudo terminal with `script`, which every Debian has (bsdutils). Linux only.
 * @throws DeviceError `device.open-failed` when `script` is missing or does not start.
 */
export async function openPseudoTerminal(): Promise<PseudoTerminal> {
  const child = spawn(terminalMaker, ["-qefc", insideCommand, "/dev/null"], {
    stdio: ["pipe", "pipe", "ignore", "pipe"],
  });
  const [input, output, , leash] = child.stdio as unknown as [Writable, Readable, null, Writable];
  const ended = new Promise<void>((resolve) => {
    child.once("close", () => resolve());
    child.once("error", () => resolve());
  });
  // Once the terminal is gone the pipes break, which is what unplugging means.
  input.on("error", () => undefined);
  leash.on("error", () => undefined);
  const path = await firstLine(child, output);
  const listeners = new Set<(bytes: Uint8Array) => void>();
  output.on("data", (bytes: Buffer) => {
    for (const listener of listeners) listener(bytes);
  });
  return {
    path,
    write: (bytes) => writeTo(input, bytes),
    onData: (listener) => {
      listeners.add(listener);
    },
    async close() {
      leash.end();
      await ended;
    },
  };
}

async function firstLine(child: ReturnType<typeof spawn>, output: Readable): Promise<string> {
  const failed = Promise.race([
    once(child, "error").then(([error]) => systemCodeOf(error)),
    once(child, "exit").then(([code]) => `${terminalMaker} ended with ${String(code)}`),
  ]);
  const said = once(output, "data").then(([bytes]) => ({ text: String(bytes) }));
  const first = await Promise.race([said, failed]);
  if (typeof first === "string") throw new DeviceError("device.open-failed", { path: terminalMaker, system: first });
  const path = first.text.trim();
  if (path.startsWith("/dev/")) return path;
  child.kill();
  throw new DeviceError("device.open-failed", { path: terminalMaker, system: path });
}

function writeTo(stream: Writable, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(bytes, (error) => {
      if (error) reject(new DeviceError("device.write-failed", { system: systemCodeOf(error) }, error));
      else resolve();
    });
  });
}
