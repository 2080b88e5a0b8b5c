import { watch } from "node:fs";
import { lstat, readdir, realpath, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { SerialPort } from "serialport";
import type { Clock, Timer } from "../clock.ts";
import { DeviceError, systemCodeOf } from "../errors.ts";
import type { DeviceReason } from "../errors.ts";
import type { Connection, ConnectionListener, Transport } from "./transport.ts";

/** How to open one serial port. The path may be a name the system does not list (a pseudo terminal, a link). */
export interface SerialOptions {
  path: string;
  clock: Clock;
  /** 9600 by default, as scanners are delivered. */
  baudRate?: number;
  dataBits?: 7 | 8;
  parity?: "none" | "even" | "odd";
}

/** How often an open port is looked at: is the device behind it still the one that was opened? */
const presenceCheckMs = 1_000;

/** One serial port as the system, or the folder of stable names, lists it. */
export interface SerialPortFound {
  path: string;
  manufacturer?: string;
  vendorId?: string;
  productId?: string;
  serialNumber?: string;
  /** The name under /dev/serial/by-id that stays the same when the cable moves to another socket. */
  stablePath?: string;
}

/** The ports that were found, and why the list may be incomplete. */
export interface SerialPortList {
  ports: SerialPortFound[];
  limits: DeviceReason[];
}

/** A serial port, opened for this program alone. */
export function serialTransport(options: SerialOptions): Transport {
  return {
    label: options.path,
    isPresent: () => isPathPresent(options.path),
    open: (listener, signal) => openPort(options, listener, signal),
    watchPresence: (hint) => watchPath(options.path, hint),
  };
}

async function isPathPresent(path: string): Promise<boolean> {
  return (await deviceIdentity(path)) !== "missing";
}

/**
 * What stands behind a path: another device plugged in under the same name has another identity. `missing` when nothing
 * does; always the same on Windows, whose names (COM3) are not files.
 */
async function deviceIdentity(path: string): Promise<string> {
  if (!path.startsWith("/")) return "unknown";
  try {
    const [link, device] = await Promise.all([lstat(path), stat(path)]);
    return [link.ino, device.ino, device.rdev].join(" ");
  } catch {
    return "missing";
  }
}

/** Watches the folder of the port. A folder that cannot be watched is no fault: the supervisor tries again anyway. */
function watchPath(path: string, hint: () => void): () => void {
  if (!path.startsWith("/")) return () => undefined;
  try {
    const name = basename(path);
    const watcher = watch(dirname(path), { persistent: false }, (_event, changed) => {
      if (changed === name) hint();
    });
    watcher.on("error", () => watcher.close());
    return () => watcher.close();
  } catch {
    return () => undefined;
  }
}

async function openPort(
  options: SerialOptions,
  listener: ConnectionListener,
  signal: AbortSignal,
): Promise<Connection> {
  // Loaded on first use: a till without a serial device does not pay for the native module.
  const { SerialPort } = await import("serialport");
  const identity = await deviceIdentity(options.path);
  if (signal.aborted) throw new DeviceError("device.open-failed", { path: options.path, system: "aborted" });
  return new Promise((resolve, reject) => {
    const port = new SerialPort({
      path: options.path,
      baudRate: options.baudRate ?? 9600,
      dataBits: options.dataBits ?? 8,
      parity: options.parity ?? "none",
      stopBits: 1,
      autoOpen: false,
    });
    const connection = new SerialConnection(port, options, listener, identity);
    port.open((error) => {
      if (error) {
        reject(openError(options.path, error));
        return;
      }
      connection.watch();
      resolve(connection);
    });
  });
}

/** The driver only gives texts; these are the ones seen on Linux and Windows. */
function openError(path: string, error: Error): DeviceError {
  const system = error.message;
  if (/no such file|file not found|unknown error code 2\b|enoent/i.test(system))
    return new DeviceError("device.port-missing", { path }, error);
  if (/cannot lock port|temporarily unavailable|resource busy|access denied/i.test(system))
    return new DeviceError("device.port-busy", { path }, error);
  if (/permission denied/i.test(system)) return new DeviceError("device.port-denied", { path }, error);
  return new DeviceError("device.open-failed", { path, system }, error);
}

class SerialConnection implements Connection {
  readonly #port: SerialPort;
  readonly #options: SerialOptions;
  readonly #listener: ConnectionListener;
  readonly #identity: string;
  #isEnded = false;
  #isClosedByUs = false;
  #closing: Promise<void> | undefined;
  #presenceTimer: Timer | undefined;
  #stopWatching: (() => void) | undefined;

  constructor(port: SerialPort, options: SerialOptions, listener: ConnectionListener, identity: string) {
    this.#port = port;
    this.#options = options;
    this.#listener = listener;
    this.#identity = identity;
    // Without a data listener the port is never read, and an unplugged cable is never noticed.
    port.on("data", (bytes: Buffer) => {
      if (!this.#isEnded) listener.data(bytes);
    });
    port.on("close", (cause: unknown) => this.#end(cause));
    port.on("error", (cause: unknown) => this.#lose(cause));
  }

  get isOpen(): boolean {
    return this.#port.isOpen && !this.#isEnded && !this.#isClosedByUs;
  }

  /**
   * Looks after the device behind the path. The driver does not always notice that it is gone: a read that meets the end
   * of an unplugged port on Linux begins again without a pause and without an end (serialport/bindings-cpp #164), which
   * costs the whole processor and ever more memory until somebody closes the port.
   */
  watch(): void {
    this.#stopWatching = watchPath(this.#options.path, () => void this.#checkPresence());
    this.#scheduleCheck();
  }

  write(bytes: Uint8Array, timeoutMs: number): Promise<void> {
    if (!this.isOpen) return Promise.reject(new DeviceError("device.closed", { path: this.#options.path }));
    return new Promise((resolve, reject) => {
      const timer = this.#options.clock.setTimer(() => {
        reject(new DeviceError("device.write-timeout", { timeoutMs }));
        void this.#release();
      }, timeoutMs);
      this.#port.write(Buffer.from(bytes), (error) => {
        this.#options.clock.clearTimer(timer);
        if (error) reject(new DeviceError("device.write-failed", { system: systemCodeOf(error) }, error));
        else resolve();
      });
    });
  }

  close(): Promise<void> {
    this.#isClosedByUs = true;
    return this.#release();
  }

  #scheduleCheck(): void {
    this.#presenceTimer = this.#options.clock.setTimer(() => {
      void this.#checkPresence().then(() => {
        if (!this.#isEnded) this.#scheduleCheck();
      });
    }, presenceCheckMs);
  }

  async #checkPresence(): Promise<void> {
    const identity = await deviceIdentity(this.#options.path);
    if (identity !== this.#identity) this.#lose("unplugged");
  }

  #lose(cause: unknown): void {
    this.#end(cause);
    void this.#release();
  }

  /** An unplugged port may report an error and two closes; the owner hears of it once. */
  #end(cause: unknown): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#stopWatching?.();
    if (this.#presenceTimer !== undefined) this.#options.clock.clearTimer(this.#presenceTimer);
    if (this.#isClosedByUs) this.#listener.closed(undefined);
    else this.#listener.closed(lostError(this.#options.path, cause));
  }

  #release(): Promise<void> {
    this.#closing ??= closePort(this.#port);
    return this.#closing;
  }
}

function lostError(path: string, cause: unknown): DeviceError {
  const system = cause === undefined || cause === null ? "closed" : systemCodeOf(cause);
  return new DeviceError("device.connection-lost", { path, system }, cause ?? undefined);
}

function closePort(port: SerialPort): Promise<void> {
  if (!port.isOpen) return Promise.resolve();
  return new Promise((resolve) => {
    // The only failure is that the port is closed already, which is what was asked for.
    port.close(() => resolve());
  });
}

/**
 * The serial ports of this machine. Where the system cannot list them (a Debian without udev has no `udevadm`), the
 * stable names in `/dev/serial/by-id` are used and the limit is named. Never fails.
 */
export async function listSerialPorts(byIdFolder = "/dev/serial/by-id"): Promise<SerialPortList> {
  const stable = await stableNames(byIdFolder);
  try {
    const { SerialPort } = await import("serialport");
    const ports = await SerialPort.list();
    return { ports: ports.map((port) => describePort(port, stable)), limits: [] };
  } catch (error) {
    const ports = [...stable].map(([path, stablePath]) => ({ path, stablePath }));
    return { ports, limits: [{ code: "device.list-limited", params: { system: systemCodeOf(error) } }] };
  }
}

function describePort(
  port: Awaited<ReturnType<typeof SerialPort.list>>[number],
  stable: ReadonlyMap<string, string>,
): SerialPortFound {
  const stablePath = stable.get(port.path);
  return {
    path: port.path,
    ...(port.manufacturer === undefined ? {} : { manufacturer: port.manufacturer }),
    ...(port.vendorId === undefined ? {} : { vendorId: port.vendorId }),
    ...(port.productId === undefined ? {} : { productId: port.productId }),
    ...(port.serialNumber === undefined ? {} : { serialNumber: port.serialNumber }),
    ...(stablePath === undefined ? {} : { stablePath }),
  };
}

/** Device file -> stable name. The folder exists only while something is plugged in and udev made it. */
async function stableNames(folder: string): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  const entries = await readdir(folder).catch(() => [] as string[]);
  for (const entry of entries.toSorted()) {
    const stablePath = join(folder, entry);
    const path = await realpath(stablePath).catch(() => undefined);
    if (path !== undefined) names.set(path, stablePath);
  }
  return names;
}
