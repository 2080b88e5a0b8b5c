import { hash as hashOf } from "node:crypto";
import {
  closeSync,
  constants,
  existsSync,
  fsync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";

/** The newest place in the ledger, as it stands outside the database file. */
export interface Mark {
  ledger: string;
  seq: number;
  hash: string;
  /** The newest receipt, 0 and an empty text before the first. */
  receiptNumber: number;
  receiptCode: string;
}

/** Timers as the marks need them; the devices' clock fits. */
export interface TimerSource {
  setTimer(callback: () => void, delayMs: number): object;
  clearTimer(timer: object): void;
}

/** The two slots of a folder. */
export interface Marks {
  /** The newest mark that was found when the slots were opened. */
  found: Mark | undefined;
  /** How many slots held something that is not a whole mark. One is what a power cut leaves; two prove nothing. */
  torn: number;
  /** Hands the mark to the operating system at once; it is flushed within half a second, off the caller's path. */
  write(mark: Mark): void;
  /** Forgets the marks of a ledger that another one has taken the place of. */
  forget(): void;
  /** Flushes what is not flushed yet and lets go of the files. A flush that fails is reported and not thrown. */
  close(): void;
}

/** A mark stays well below the 512 bytes that every disk writes whole. */
const slotBytes = 512;
const flushDelayMs = 500;

const slotNames = ["mark-a", "mark-b"] as const;

/** Reads and writes in place, and makes the file where there is none. */
const openFlags = constants.O_RDWR | constants.O_CREAT;

/**
 * Opens both slots in `folder`. Writing goes to one slot until that one has been flushed, then to the other: whatever
 * a power cut tears, the slot beside it is whole and at most a second old.
 * @param parts `report` hears of a write or a flush that failed; the ledger itself is not touched by it.
 */
export function openMarks(folder: string, parts: { timers: TimerSource; report(error: Error): void }): Marks {
  const files = slotNames.map((name) => openSync(join(folder, name), openFlags, 0o600)) as [number, number];
  const slots = files.map(readSlot);
  let current: 0 | 1 = (slots[0]?.mark?.seq ?? 0) > (slots[1]?.mark?.seq ?? 0) ? 1 : 0;
  let dirty = false;
  let flushing = false;
  let timer: object | undefined;
  let closed = false;

  function arm(): void {
    timer ??= parts.timers.setTimer(flush, flushDelayMs);
  }

  function flush(): void {
    timer = undefined;
    if (closed || !dirty) return;
    if (flushing) return arm();
    const slot = current;
    current = slot === 0 ? 1 : 0;
    dirty = false;
    flushing = true;
    fsync(files[slot], (error) => {
      flushing = false;
      if (closed) files.forEach((file) => closeSync(file));
      else if (error !== null) parts.report(error);
    });
  }

  function flushNow(file: number): void {
    try {
      fsyncSync(file);
    } catch (error) {
      // Whoever closes has to let go of the ledger's file too; what failed before must not be covered by this.
      parts.report(error as Error);
    }
  }

  return {
    found: newest(slots.map(({ mark }) => mark)),
    torn: slots.filter(({ torn }) => torn).length,
    write(mark) {
      try {
        writeSync(files[current], slotContent(mark), 0, slotBytes, 0);
      } catch (error) {
        // The sale is committed already: it must not look as if it had failed.
        parts.report(error as Error);
        return;
      }
      dirty = true;
      arm();
    },
    forget: () => files.forEach((file) => ftruncateSync(file)),
    close() {
      if (closed) return;
      closed = true;
      if (timer !== undefined) parts.timers.clearTimer(timer);
      files.forEach(flushNow);
      // A flush that is still under way closes the files when it has ended.
      if (!flushing) files.forEach((file) => closeSync(file));
    },
  };
}

/** The newest mark of a folder, which is not written to; `undefined` where there is none that is whole. */
export function readMarks(folder: string): Mark | undefined {
  const slots = slotNames.map((name) => join(folder, name)).filter((file) => existsSync(file));
  return newest(
    slots.map((file) => {
      const handle = openSync(file, "r");
      try {
        return readSlot(handle).mark;
      } finally {
        closeSync(handle);
      }
    }),
  );
}

function slotContent(mark: Mark): Buffer {
  const text = JSON.stringify([mark.ledger, mark.seq, mark.hash, mark.receiptNumber, mark.receiptCode]);
  return Buffer.from(`${hashOf("sha256", text, "hex")} ${text}\n`.padEnd(slotBytes));
}

function readSlot(file: number): { mark?: Mark; torn: boolean } {
  const buffer = Buffer.alloc(slotBytes);
  const length = readSync(file, buffer, 0, slotBytes, 0);
  if (length === 0) return { torn: false };
  const content = buffer.toString("utf8", 0, length);
  const text = content.slice(65).trimEnd();
  if (hashOf("sha256", text, "hex") !== content.slice(0, 64)) return { torn: true };
  const [ledger, seq, hash, receiptNumber, receiptCode] = JSON.parse(text) as [string, number, string, number, string];
  return { mark: { ledger, seq, hash, receiptNumber, receiptCode }, torn: false };
}

function newest(marks: readonly (Mark | undefined)[]): Mark | undefined {
  const known = marks.filter((mark) => mark !== undefined);
  return known.reduce<Mark | undefined>(
    (best, mark) => (best === undefined || mark.seq > best.seq ? mark : best),
    undefined,
  );
}
