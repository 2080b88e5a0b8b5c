import { inflateRawSync } from "node:zlib";

/** One file of an archive. Names come as bytes: Alipay writes them in GBK without saying so. */
export type ZipEntry = { name: Buffer; bytes: Buffer };

const endOfDirectory = 0x06054b50;
const directoryEntry = 0x02014b50;
const localHeader = 0x04034b50;
const maximumEntries = 16;

/**
 * The files of a ZIP archive (PKWARE, APPNOTE 6.3.10, sections 4.3.7, 4.3.12, 4.3.16), stored or deflated. Null where it is
 * none, holds more than sixteen files, or more than `maximumBytes` unpacked: sizes are read from the directory and held by the
 * unpacking itself, so that a small file cannot fill the memory.
 */
export function unzip(archive: Buffer, maximumBytes: number): ZipEntry[] | null {
  const end = findEnd(archive);
  if (end < 0) return null;
  const count = archive.readUInt16LE(end + 10);
  if (count > maximumEntries) return null;
  const entries: ZipEntry[] = [];
  let [at, left] = [archive.readUInt32LE(end + 16), maximumBytes];
  for (let index = 0; index < count; index += 1) {
    const entry = readEntry(archive, at, left);
    if (entry === null) return null;
    entries.push(entry.file);
    left -= entry.file.bytes.length;
    at = entry.next;
  }
  return entries;
}

/** The end record is the last thing; behind it only a comment may stand. */
function findEnd(archive: Buffer): number {
  for (let at = archive.length - 22; at >= Math.max(0, archive.length - 22 - 0xffff); at -= 1) {
    if (archive.readUInt32LE(at) === endOfDirectory) return at;
  }
  return -1;
}

function readEntry(archive: Buffer, at: number, left: number): { file: ZipEntry; next: number } | null {
  if (at + 46 > archive.length || archive.readUInt32LE(at) !== directoryEntry) return null;
  const [method, packed, size] = [at + 10, at + 20, at + 24].map((place, index) =>
    index === 0 ? archive.readUInt16LE(place) : archive.readUInt32LE(place),
  );
  const [nameLength, extraLength, commentLength] = [28, 30, 32].map((place) => archive.readUInt16LE(at + place));
  const local = archive.readUInt32LE(at + 42);
  if (packed === undefined || size === undefined || size > left) return null;
  if (local + 30 > archive.length || archive.readUInt32LE(local) !== localHeader) return null;
  const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
  const bytes = unpack(archive.subarray(start, start + packed), method, size);
  if (bytes === null || bytes.length !== size) return null;
  const nameEnd = at + 46 + (nameLength ?? 0);
  return {
    file: { name: archive.subarray(at + 46, nameEnd), bytes },
    next: nameEnd + (extraLength ?? 0) + (commentLength ?? 0),
  };
}

function unpack(packed: Buffer, method: number | undefined, size: number): Buffer | null {
  if (method === 0) return packed;
  if (method !== 8) return null;
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, size) });
  } catch {
    // Damaged, or longer than its directory says: either way it is not what was meant.
    return null;
  }
}
