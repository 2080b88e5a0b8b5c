import { closeSync, existsSync, openSync, readSync } from "node:fs";
import { openingError } from "./database.ts";

/** Magic numbers of a log, of which the second says that its checksums are big endian (SQLite file format, section 4.1). */
const magicNumbers = [0x377f0682, 0x377f0683];

const headerBytes = 32;
const frameHeaderBytes = 24;

/** A log that was begun anew counts its first salt up by one. One that is further back than this is no older frame. */
const likelyRestarts = 0x100000;

type Sums = { first: number; second: number };

/**
 * Whether the write-ahead log beside a database holds changes that SQLite will pass over in silence: after the first frame
 * that is not what its checksum says it takes nothing more, and what it takes is whole. Entries that are lost in this way
 * are missed by the marks, but what a till keeps besides them would be as it was some changes ago and nobody would know.
 * What a kill leaves of a change that was never confirmed is no such thing. Read before the database is opened.
 * @throws TillError `folder.not-writable` or `ledger.flush-failed` where the log cannot be read.
 */
export function isLogCut(databaseFile: string): boolean {
  const file = `${databaseFile}-wal`;
  if (!existsSync(file)) return false;
  let handle: number | undefined;
  try {
    const log = (handle = openSync(file, "r"));
    return isCut((buffer, at) => readSync(log, buffer, 0, buffer.length, at) === buffer.length);
  } catch (error) {
    throw openingError(error, databaseFile);
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

/** @param read Fills a buffer from a place; false where the log ends before that. */
function isCut(read: (buffer: Buffer, at: number) => boolean): boolean {
  const header = Buffer.alloc(headerBytes);
  if (!read(header, 0)) return false;
  const sums: Sums = { first: 0, second: 0 };
  const isBigEndian = header.readUInt32BE(0) === magicNumbers[1];
  add(sums, header.subarray(0, 24), isBigEndian);
  const isHeaderWhole = magicNumbers.includes(header.readUInt32BE(0)) && agrees(sums, header, 24);
  // Without its header nothing of the log is taken. One that is nothing but a header has nothing to lose.
  if (!isHeaderWhole) return read(Buffer.alloc(frameHeaderBytes), headerBytes);
  const frame = Buffer.alloc(frameHeaderBytes + header.readUInt32BE(8));
  let at = headerBytes;
  for (; read(frame, at); at += frame.length) {
    if (!header.subarray(16, 24).equals(frame.subarray(8, 16))) break;
    add(sums, frame.subarray(0, 8), isBigEndian);
    add(sums, frame.subarray(frameHeaderBytes), isBigEndian);
    if (!agrees(sums, frame, 16)) break;
  }
  for (; read(frame, at); at += frame.length) if (confirms(frame) && isOfThisLog(frame, header)) return true;
  return false;
}

/** The last frame of a change says how large the database is then. A change that a kill ended in the middle has none. */
function confirms(frame: Buffer): boolean {
  return frame.readUInt32BE(4) !== 0;
}

/** Frames of an earlier round of the same file are behind those of this one; they have other salts, lower by a little. */
function isOfThisLog(frame: Buffer, header: Buffer): boolean {
  const roundsBack = (header.readUInt32BE(16) - frame.readUInt32BE(8)) >>> 0;
  const hasOneSalt = roundsBack === 0 || frame.readUInt32BE(12) === header.readUInt32BE(20);
  return hasOneSalt || roundsBack > likelyRestarts;
}

function agrees(sums: Sums, bytes: Buffer, at: number): boolean {
  return sums.first === bytes.readUInt32BE(at) && sums.second === bytes.readUInt32BE(at + 4);
}

/** SQLite's checksum over pairs of 32-bit words (section 4.2). */
function add(sums: Sums, bytes: Buffer, isBigEndian: boolean): void {
  let { first, second } = sums;
  for (let at = 0; at + 8 <= bytes.length; at += 8) {
    const one = isBigEndian ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at);
    const two = isBigEndian ? bytes.readUInt32BE(at + 4) : bytes.readUInt32LE(at + 4);
    first = (first + one + second) >>> 0;
    second = (second + two + first) >>> 0;
  }
  sums.first = first;
  sums.second = second;
}
