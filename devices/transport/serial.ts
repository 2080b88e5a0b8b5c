import { watch } from "node:fs";
import { access, readdir, realpath } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { SerialPort } from "serialport";
import type { Clock } from "../clock.ts";
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
  // Windows names (COM3) are not files; there only opening tells.
  if (!path.startsWith("/")) return true;
  try {
    await access(path);
    return true;
  } catch {
    return false;
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
    const connection = wrapPort(port, options.clock, options.path, listener);
    port.open((error) => {
      if (error) reject(openError(options.path, error));
      else resolve(connection);
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

function wrapPort(port: SerialPort, clock: Clock, path: string, listener: ConnectionListener): Connection {
  let ended = false;
  let closedByUs = false;
  const end = (cause: unknown): void => {
    // An unplugged port may report an error and two closes; the owner hears of it once.
    if (ended) return;
    ended = true;
    if (closedByUs) listener.closed(undefined);
    else listener.closed(lostError(path, cause));
  };
  // Without a data listener the port is never read, and an unplugged cable is never noticed.
  port.on("data", (bytes: Buffer) => {
    if (!ended) listener.data(bytes);
  });
  port.on("close", (cause: unknown) => end(cause));
  port.on("error", (cause: unknown) => {
    end(cause);
    void closePort(port);
  });
  return {
    get isOpen() {
      return port.isOpen && !ended && !closedByUs;
    },
    write(bytes, timeoutMs) {
      if (!port.isOpen || ended || closedByUs) return Promise.reject(new DeviceError("device.closed", { path }));
      return writeToPort(port, bytes, timeoutMs, clock);
    },
    close() {
      closedByUs = true;
      return closePort(port);
    },
  };
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

function writeToPort(port: SerialPort, bytes: Uint8Array, timeoutMs: number, clock: Clock): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = clock.setTimer(() => {
      reject(new DeviceError("device.write-timeout", { timeoutMs }));
      void closePort(port);
    }, timeoutMs);
    port.write(Buffer.from(bytes), (error) => {
      clock.clearTimer(timer);
      if (error) reject(new DeviceError("device.write-failed", { system: systemCodeOf(error) }, error));
      else resolve();
    });
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
