import { connect } from "node:net";
import type { Socket } from "node:net";
import type { Clock, Timer } from "../clock.ts";
import { DeviceError, systemCodeOf } from "../errors.ts";
import type { Connection, ConnectionListener, Transport } from "./transport.ts";

/** Where a network device listens. Raw printing uses port 9100 by custom. */
export interface TcpOptions {
  host: string;
  port: number;
  clock: Clock;
  /** How long to wait for the connection; 3 s by default, more than a sleeping printer on a shop's network needs. */
  connectTimeoutMs?: number;
}

const defaultConnectTimeoutMs = 3_000;
/** How long a line may be silent before the system asks whether the other end still exists. */
const keepAliveDelayMs = 10_000;
/** How long a polite end of the connection may take before it is cut. */
const closeTimeoutMs = 1_000;

/** A raw TCP connection with keep-alive, its own time-outs and honest back-pressure. */
export function tcpTransport(options: TcpOptions): Transport {
  const label = `${options.host}:${options.port}`;
  return {
    label,
    isPresent: () => Promise.resolve(true),
    open: (listener, signal) => openSocket(options, listener, signal),
  };
}

function openSocket(options: TcpOptions, listener: ConnectionListener, signal: AbortSignal): Promise<Connection> {
  const { host, port, clock } = options;
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: keepAliveDelayMs });
    const abandon = (system: string, cause?: unknown): void => {
      clock.clearTimer(timer);
      signal.removeEventListener("abort", onAbort);
      socket.removeAllListeners();
      // A socket that is being destroyed can still report an error; without a listener that would end the process.
      socket.on("error", () => undefined);
      socket.destroy();
      reject(new DeviceError("device.unreachable", { host, port, system }, cause));
    };
    const onAbort = (): void => abandon("aborted");
    const timer = clock.setTimer(() => abandon("timeout"), options.connectTimeoutMs ?? defaultConnectTimeoutMs);
    signal.addEventListener("abort", onAbort, { once: true });
    socket.once("error", (error) => abandon(systemCodeOf(error), error));
    socket.once("connect", () => {
      clock.clearTimer(timer);
      signal.removeEventListener("abort", onAbort);
      socket.removeAllListeners();
      resolve(wrapSocket(socket, options, listener));
    });
    if (signal.aborted) onAbort();
  });
}

function wrapSocket(socket: Socket, options: TcpOptions, listener: ConnectionListener): Connection {
  const { clock } = options;
  let isOpen = true;
  let closedByUs = false;
  let lastError: unknown;
  const closeWaiters = new Set<() => void>();

  socket.on("data", (bytes: Buffer) => listener.data(bytes));
  socket.on("error", (error) => {
    lastError = error;
  });
  // A peer that ends its half is of no more use: a device that will not read again must not look ready.
  socket.on("end", () => socket.destroy());
  socket.on("close", () => {
    isOpen = false;
    for (const finish of closeWaiters) finish();
    closeWaiters.clear();
    if (closedByUs) listener.closed(undefined);
    else listener.closed(lostError(options, lastError));
  });

  return {
    get isOpen() {
      return isOpen && !socket.destroyed && !closedByUs;
    },
    write(bytes, timeoutMs) {
      if (!isOpen || socket.destroyed || closedByUs) return Promise.reject(new DeviceError("device.closed"));
      return writeToSocket(socket, bytes, timeoutMs, clock);
    },
    close() {
      closedByUs = true;
      if (!isOpen) return Promise.resolve();
      return new Promise((resolve) => {
        const timer: Timer = clock.setTimer(() => socket.destroy(), closeTimeoutMs);
        closeWaiters.add(() => {
          clock.clearTimer(timer);
          resolve();
        });
        socket.destroySoon();
      });
    },
  };
}

function lostError(options: TcpOptions, cause: unknown): DeviceError {
  const system = cause === undefined ? "closed" : systemCodeOf(cause);
  return new DeviceError("device.connection-lost", { host: options.host, port: options.port, system }, cause);
}

/** The callback of `socket.write` comes when the kernel has taken the bytes, which waits for a peer that is slow. */
function writeToSocket(socket: Socket, bytes: Uint8Array, timeoutMs: number, clock: Clock): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = clock.setTimer(() => {
      reject(new DeviceError("device.write-timeout", { timeoutMs }));
      socket.destroy();
    }, timeoutMs);
    socket.write(bytes, (error) => {
      clock.clearTimer(timer);
      if (error) reject(new DeviceError("device.write-failed", { system: systemCodeOf(error) }, error));
      else resolve();
    });
  });
}
