import type { Chance } from "./random.ts";

/** The bytes of a file; what lies in `bytes` behind `length` is zero. */
export interface Content {
  bytes: Buffer;
  length: number;
}

/** One thing that was done to a file: bytes written, or its length set. `at` counts the events of the record. */
export type Change = { at: number; offset: number; data: Buffer } | { at: number; length: number };

/** Every disk writes so many bytes whole or not at all. */
const sectorBytes = 512;

/** A file with these bytes; an empty one without. */
export function contentOf(bytes: Buffer = Buffer.alloc(0)): Content {
  return { bytes, length: bytes.length };
}

/** A copy that changes on its own. */
export function copyContent({ bytes, length }: Content): Content {
  return contentOf(Buffer.from(bytes.subarray(0, length)));
}

/** Does to a file what was done to it. */
export function applyChange(content: Content, change: Change): void {
  if ("length" in change) {
    content.bytes.fill(0, Math.min(change.length, content.length), content.length);
    grow(content, change.length);
    content.length = change.length;
    return;
  }
  const end = change.offset + change.data.length;
  grow(content, end);
  change.data.copy(content.bytes, change.offset);
  content.length = Math.max(content.length, end);
}

function grow(content: Content, length: number): void {
  if (length <= content.bytes.length) return;
  const bytes = Buffer.alloc(Math.max(length, content.bytes.length * 2));
  content.bytes.copy(bytes, 0, 0, content.length);
  content.bytes = bytes;
}

/**
 * What a power cut may leave of a file that was being written: nothing of the changes since its flush, all of them, their
 * beginning, or of each sector any state that it ever had since.
 */
export function tornContent(durable: Content, pending: readonly Change[], chance: Chance): Content {
  const content = copyContent(durable);
  if (pending.length === 0) return content;
  const how = chance.pick(["nothing", "all", "beginning", "beginning", "sectors", "sectors"]);
  if (how === "all") for (const change of pending) applyChange(content, change);
  if (how === "beginning") keepBeginning(content, pending, chance);
  if (how === "sectors") keepSectors(content, pending, chance);
  return content;
}

function keepBeginning(content: Content, pending: readonly Change[], chance: Chance): void {
  const whole = chance.below(pending.length);
  for (const change of pending.slice(0, whole)) applyChange(content, change);
  const half = pending[whole];
  if (half === undefined || "length" in half) return;
  const pieces = [...sectorsOf(half)];
  for (const { piece } of pieces.slice(0, chance.below(pieces.length + 1))) applyChange(content, piece);
}

function keepSectors(content: Content, pending: readonly Change[], chance: Chance): void {
  const ends = new Map<number, number>();
  const anyMoment = (): number => pending[chance.below(pending.length)]?.at ?? 0;
  /** Up to which moment this sector was written out. */
  function endOf(sector: number): number {
    const known = ends.get(sector);
    if (known !== undefined) return known;
    const end = chance.pick([0, Infinity, anyMoment()]);
    ends.set(sector, end);
    return end;
  }
  for (const change of pending) {
    if ("length" in change) {
      // The length of a file lies in a sector of its own.
      if (change.at <= endOf(-1)) applyChange(content, change);
    } else {
      for (const { sector, piece } of sectorsOf(change)) if (change.at <= endOf(sector)) applyChange(content, piece);
    }
  }
}

function* sectorsOf({ at, offset, data }: { at: number; offset: number; data: Buffer }) {
  for (let from = offset; from < offset + data.length;) {
    const sector = Math.floor(from / sectorBytes);
    const end = Math.min((sector + 1) * sectorBytes, offset + data.length);
    yield { sector, piece: { at, offset: from, data: data.subarray(from - offset, end - offset) } };
    from = end;
  }
}
