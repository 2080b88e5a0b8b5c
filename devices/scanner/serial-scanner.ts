import { EventEmitter } from "node:events";
import type { Clock, Timer } from "../clock.ts";
import { reasonOf } from "../errors.ts";
import type { DeviceError, DeviceReason } from "../errors.ts";
import { Supervisor } from "../supervisor.ts";
import type { DeviceState } from "../supervisor.ts";
import type { Transport } from "../transport/transport.ts";
import { scanFromFrame } from "./scan-text.ts";
import type { Scan, ScanRubbish } from "./scan.ts";
import { SerialFraming } from "./serial-framing.ts";
import type { FramingEvent, FramingOptions } from "./serial-framing.ts";

/** What a scanner on a serial line needs. The transport may be TCP where there are no pseudo terminals. */
export interface SerialScannerOptions {
  transport: Transport;
  framing: FramingOptions;
  clock: Clock;
  random: () => number;
}

interface SerialScannerEvents {
  scan: [Scan];
  state: [DeviceState];
  rubbish: [ScanRubbish];
}

/**
 * A barcode scanner that sends its codes over a serial line. Events: `scan` for each code, in order and as often as the
 * scanner read it (two equal cans are two scans), `state`, and `rubbish` for bytes that were no code.
 */
export class SerialScanner extends EventEmitter<SerialScannerEvents> {
  readonly #clock: Clock;
  readonly #framing: SerialFraming;
  readonly #supervisor: Supervisor;
  #quietTimer: Timer | undefined;

  constructor(options: SerialScannerOptions) {
    super();
    this.#clock = options.clock;
    this.#framing = new SerialFraming(options.framing);
    this.#supervisor = new Supervisor({
      transport: options.transport,
      clock: options.clock,
      random: options.random,
      describe: describeScannerError,
      onState: (state) => this.emit("state", state),
      onData: (bytes) => this.#take(bytes),
      onGone: () => this.#settle(this.#framing.reset(this.#clock.now())),
    });
  }

  get state(): DeviceState {
    return this.#supervisor.state;
  }

  /** Begins to listen, now and whenever the scanner is plugged in again. */
  start(): void {
    this.#supervisor.start();
  }

  /** Gives the port back. Resolves when it is free. */
  async stop(): Promise<void> {
    await this.#supervisor.stop();
    this.#clearQuietTimer();
  }

  #take(bytes: Uint8Array): void {
    this.#settle(this.#framing.push(bytes, this.#clock.now()));
  }

  #settle(events: FramingEvent[]): void {
    this.#clearQuietTimer();
    if (this.#framing.isHolding) {
      this.#quietTimer = this.#clock.setTimer(() => {
        this.#quietTimer = undefined;
        this.#settle(this.#framing.idle(this.#clock.now()));
      }, this.#framing.quietAfterMs);
    }
    for (const event of events) this.#report(event);
  }

  #report(event: FramingEvent): void {
    if (event.kind === "frame") {
      this.emit("scan", scanFromFrame(event.bytes, "serial", event.atMs));
    } else {
      const code = event.reason === "too-long" ? "scanner.frame-too-long" : "scanner.half-frame";
      this.emit("rubbish", { code, length: event.length, at: event.atMs });
    }
  }

  #clearQuietTimer(): void {
    if (this.#quietTimer !== undefined) this.#clock.clearTimer(this.#quietTimer);
    this.#quietTimer = undefined;
  }
}

function describeScannerError(error: DeviceError): DeviceReason {
  const reason = reasonOf(error);
  const isUnplugged = error.code === "device.port-missing" || error.code === "device.connection-lost";
  return isUnplugged ? { code: "scanner.unplugged", params: reason.params } : reason;
}
