import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { constants } from "node:os";

/** What a recorded program did to the disk, or said to the witness, in the order in which it did. */
export type DiskEvent =
  | { kind: "create"; path: string; inode: bigint }
  | { kind: "write"; path: string; inode: bigint; offset: number; data: Buffer }
  | { kind: "truncate"; path: string; inode: bigint; length: number }
  | { kind: "sync-begin"; path: string; inode: bigint; sync: number }
  | { kind: "sync-end"; path: string; inode: bigint; sync: number; error: string | undefined }
  | { kind: "rename"; path: string; inode: bigint; to: string }
  | { kind: "unlink"; path: string }
  | { kind: "make-directory"; path: string }
  | { kind: "remove-directory"; path: string }
  | { kind: "link"; path: string; inode: bigint; to: string }
  | { kind: "witness"; text: string }
  | { kind: "refused-write"; path: string; error: string };

const headerBytes = 40;

/** Reads a record from `offset` on; gives its events and where the next ones begin. A half event at its end is left out. */
export function readRecord(file: string, offset = 0): { events: DiskEvent[]; end: number } {
  const bytes = readFrom(file, offset);
  const events: DiskEvent[] = [];
  let at = 0;
  while (at + headerBytes <= bytes.length) {
    const pathEnd = at + headerBytes + Number(bytes.readBigUInt64LE(at + 24));
    const end = pathEnd + Number(bytes.readBigUInt64LE(at + 32));
    if (end > bytes.length) break;
    const path = bytes.toString("utf8", at + headerBytes, pathEnd);
    events.push(readEvent(bytes.subarray(at, at + headerBytes), path, bytes.subarray(pathEnd, end)));
    at = end;
  }
  return { events, end: offset + at };
}

function readFrom(file: string, offset: number): Buffer {
  const handle = openSync(file, "r");
  try {
    const bytes = Buffer.alloc(fstatSync(handle).size - offset);
    for (let at = 0; at < bytes.length;) at += readSync(handle, bytes, at, bytes.length - at, offset + at);
    return bytes;
  } finally {
    closeSync(handle);
  }
}

/** The kinds as recorder.c counts them. */
function readEvent(header: Buffer, path: string, data: Buffer): DiskEvent {
  const error = header.readUInt32LE(4);
  const inode = header.readBigUInt64LE(8);
  const number = Number(header.readBigUInt64LE(16));
  switch (header.readUInt32LE(0)) {
    case 1:
      return { kind: "create", path, inode };
    case 2:
      return { kind: "write", path, inode, offset: number, data };
    case 3:
      return { kind: "truncate", path, inode, length: number };
    case 4:
      return { kind: "sync-begin", path, inode, sync: number };
    case 5:
      return { kind: "sync-end", path, inode, sync: number, error: error === 0 ? undefined : errorName(error) };
    case 6:
      return { kind: "rename", path, inode, to: data.toString("utf8") };
    case 7:
      return { kind: "unlink", path };
    case 8:
      return { kind: "make-directory", path };
    case 9:
      return { kind: "remove-directory", path };
    case 10:
      return { kind: "link", path, inode, to: data.toString("utf8") };
    case 11:
      return { kind: "witness", text: data.toString("utf8") };
    case 13:
      return { kind: "refused-write", path, error: errorName(error) };
    default:
      throw new Error(`The program did what the recorder has no event for: ${data.toString("utf8")}`);
  }
}

function errorName(number: number): string {
  return Object.entries(constants.errno).find(([, value]) => value === number)?.[0] ?? String(number);
}
