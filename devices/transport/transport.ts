import type { DeviceError } from "../errors.ts";

/**
 * One open line to a device. It is used once: after it has closed it stays closed, and the next connection is another
 * object. (A serial port object that was unplugged keeps taking writes and sends them when it is opened again; a drawer
 * pulse queued that way would open the drawer when somebody plugs the cable back in.)
 */
export interface Connection {
  readonly isOpen: boolean;
  /**
   * Resolves when the system has taken the bytes. That is no proof that the device has.
   * @throws DeviceError `device.closed` when nothing has left; `device.write-timeout` or `device.write-failed` when some
   * bytes may have left, and then the connection is closed too.
   */
  write(bytes: Uint8Array, timeoutMs: number): Promise<void>;
  /** Resolves when the line is given back to the system. Never fails; may be called more than once. */
  close(): Promise<void>;
}

/** What a connection tells its owner. It is handed to `open`, so that no byte can arrive before somebody listens. */
export interface ConnectionListener {
  data(bytes: Uint8Array): void;
  /** Called exactly once per connection: with an error when it was lost, without one when we closed it. */
  closed(error: DeviceError | undefined): void;
}

/** A way to reach one device: a serial port, a network address. */
export interface Transport {
  /** What a technician would call it: `/dev/ttyACM0`, `192.0.2.10:9100`. */
  readonly label: string;
  /** False only when it is certain that opening would fail because nothing is plugged in. */
  isPresent(): Promise<boolean>;
  /**
   * Opens a fresh connection.
   * @throws DeviceError with a `device.*` code; nothing stays open then. Also when `signal` aborts.
   */
  open(listener: ConnectionListener, signal: AbortSignal): Promise<Connection>;
  /** Calls back when something may have been plugged in; returns how to stop. Absent where the system cannot tell. */
  watchPresence?(hint: () => void): () => void;
}
