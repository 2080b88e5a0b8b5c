/**
 * How a scanner marks where a code ends. `stx-etx` is the one to set up: a QR code may itself hold CR or LF. `idle` is for
 * scanners that send no end at all: silence ends the code.
 */
export type FrameEnd = "cr" | "lf" | "crlf" | "tab" | "stx-etx" | "idle";

/** The settings of a framing. All times are milliseconds. */
export interface FramingOptions {
  end: FrameEnd;
  /** Silence that ends a code when `end` is `idle`; one byte takes 1.04 ms at 9600 baud. 50 by default. */
  idleCloseMs?: number;
  /** Silence after which a code without its end is given up, so that it cannot join the next one. 500 by default. */
  staleMs?: number;
}

/** What came out of the bytes: a whole frame (never empty), or bytes that were no code. */
export type FramingEvent =
  | { kind: "frame"; bytes: Uint8Array; atMs: number }
  | { kind: "rubbish"; reason: "too-long" | "half"; length: number; atMs: number };

/** The longest code kept; a QR code holds at most 2953 bytes (ISO/IEC 18004). */
export const longestFrameBytes = 4096;

const defaultIdleCloseMs = 50;
const defaultStaleMs = 500;
const tab = 0x09;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const startOfText = 0x02;
const endOfText = 0x03;

/**
 * Cuts a scanner's bytes into frames. It has no clock: the time of each chunk is handed in, and `idle` must be called
 * once `quietAfterMs` has passed without bytes. How the bytes were cut into chunks makes no difference to the frames.
 * More than 4 KB without an end are dropped as one flood, reported when the flood ends.
 */
export class SerialFraming {
  readonly #end: FrameEnd;
  readonly #quietAfterMs: number;
  #frame: number[] = [];
  /** Bytes of a flood dropped so far; zero while none runs. */
  #flooded = 0;
  /** The last byte of a flood, so that a two-byte end is still seen. */
  #floodTail = 0;
  /** Between STX and ETX. Other ends have no start, so a frame is always open. */
  #inside: boolean;
  #lastByteMs = 0;

  constructor(options: FramingOptions) {
    this.#end = options.end;
    this.#inside = options.end !== "stx-etx";
    this.#quietAfterMs =
      options.end === "idle" ? (options.idleCloseMs ?? defaultIdleCloseMs) : (options.staleMs ?? defaultStaleMs);
  }

  /** How long to wait after the last byte before calling `idle`. */
  get quietAfterMs(): number {
    return this.#quietAfterMs;
  }

  /** True while bytes are held that `idle` may have to close. */
  get isHolding(): boolean {
    return this.#frame.length > 0 || this.#flooded > 0 || (this.#end === "stx-etx" && this.#inside);
  }

  /** Takes the bytes that arrived at `atMs`. */
  push(bytes: Uint8Array, atMs: number): FramingEvent[] {
    // A timer that fires late must not let an old half code join this one.
    const events = this.idle(atMs);
    for (const byte of bytes) this.#take(byte, atMs, events);
    this.#lastByteMs = atMs;
    return events;
  }

  /** Says that it is `atMs` now. Closes what has been silent for too long. */
  idle(atMs: number): FramingEvent[] {
    const events: FramingEvent[] = [];
    if (!this.isHolding || atMs - this.#lastByteMs < this.#quietAfterMs) return events;
    if (this.#end === "idle" && this.#flooded === 0) this.#closeFrame(this.#lastByteMs, events);
    else this.#abandon(atMs, events);
    this.#inside = this.#end !== "stx-etx";
    return events;
  }

  /** Forgets everything held, as when the cable was pulled; reports it when there was something. */
  reset(atMs: number): FramingEvent[] {
    const events: FramingEvent[] = [];
    this.#abandon(atMs, events);
    this.#inside = this.#end !== "stx-etx";
    return events;
  }

  #take(byte: number, atMs: number, events: FramingEvent[]): void {
    if (this.#end === "stx-etx") this.#takeBetween(byte, atMs, events);
    else if (this.#isEnd(byte)) this.#closeFrame(atMs, events);
    else this.#keep(byte);
  }

  #takeBetween(byte: number, atMs: number, events: FramingEvent[]): void {
    if (byte === startOfText) {
      this.#abandon(atMs, events);
      this.#inside = true;
    } else if (byte === endOfText && this.#inside) {
      this.#closeFrame(atMs, events);
      this.#inside = false;
    } else if (this.#inside || this.#frame.length > 0 || !isLineEnd(byte)) {
      // Many scanners add CR LF after ETX; that is no rubbish. Anything else outside is kept to be counted.
      this.#keep(byte);
    }
  }

  #isEnd(byte: number): boolean {
    switch (this.#end) {
      case "cr":
        return byte === carriageReturn;
      case "lf":
        return byte === lineFeed;
      case "tab":
        return byte === tab;
      case "crlf":
        return byte === lineFeed && this.#lastKept() === carriageReturn;
      case "idle":
      case "stx-etx":
        return false;
    }
  }

  #lastKept(): number | undefined {
    return this.#flooded > 0 ? this.#floodTail : this.#frame.at(-1);
  }

  #keep(byte: number): void {
    if (this.#flooded > 0) {
      this.#flooded += 1;
      this.#floodTail = byte;
    } else if (this.#frame.length < longestFrameBytes) {
      this.#frame.push(byte);
    } else {
      this.#flooded = this.#frame.length + 1;
      this.#floodTail = byte;
      this.#frame = [];
    }
  }

  #closeFrame(atMs: number, events: FramingEvent[]): void {
    if (this.#flooded > 0) {
      this.#abandon(atMs, events);
      return;
    }
    const bytes = trimEnds(this.#frame, this.#end);
    this.#frame = [];
    // A doubled suffix makes an empty frame, which is no scan.
    if (bytes.length > 0) events.push({ kind: "frame", bytes: Uint8Array.from(bytes), atMs });
  }

  #abandon(atMs: number, events: FramingEvent[]): void {
    const length = this.#flooded > 0 ? this.#flooded : this.#frame.length;
    const reason = this.#flooded > 0 ? "too-long" : "half";
    const isOnlyLineEnds = this.#flooded === 0 && this.#frame.every(isLineEnd);
    this.#flooded = 0;
    this.#frame = [];
    if (length > 0 && !isOnlyLineEnds) events.push({ kind: "rubbish", reason, length, atMs });
  }
}

function isLineEnd(byte: number): boolean {
  return byte === carriageReturn || byte === lineFeed;
}

/** Drops what is left of a CR LF pair when the till was told only half of it. */
function trimEnds(frame: readonly number[], end: FrameEnd): readonly number[] {
  switch (end) {
    case "cr":
      return frame[0] === lineFeed ? frame.slice(1) : frame;
    case "lf":
    case "crlf":
      return frame.at(-1) === carriageReturn ? frame.slice(0, -1) : frame;
    case "idle": {
      let length = frame.length;
      while (length > 0 && isLineEnd(frame[length - 1] ?? 0)) length -= 1;
      return frame.slice(0, length);
    }
    case "tab":
    case "stx-etx":
      return frame;
  }
}
