import { decodeBase45, encodeBase45 } from "./base45.ts";
import { fromHex, toHex } from "./bytes.ts";
import { ProtocolError } from "./protocol-error.ts";

const prefix = "PC1:";
const bytesOfCode = 32;

/** What a receipt's code names: an entry by its place, and the first bytes of its hash, so that no other can pass for it. */
export type ReceiptCode = { ledger: string; seq: number; hashStart: string };

/**
 * The code on a receipt, `PC1:` and base45 of 32 bytes: the ledger's UUID (16), the entry's number (8, big endian) and the
 * first 8 bytes of the entry's hash. It names a sale and proves nothing.
 */
export function encodeReceiptCode(entry: { ledger: string; seq: number; hash: string }): string {
  const bytes = new Uint8Array(bytesOfCode);
  bytes.set(fromHex(entry.ledger.replaceAll("-", "")), 0);
  new DataView(bytes.buffer).setBigUint64(16, BigInt(entry.seq));
  bytes.set(fromHex(entry.hash.slice(0, 16)), 24);
  return prefix + encodeBase45(bytes);
}

/** Reads a receipt's code, or gives null for anything else. The length is looked at first. */
export function parseReceiptCode(text: string): ReceiptCode | null {
  if (text.length !== prefix.length + (bytesOfCode / 2) * 3 || !text.startsWith(prefix)) return null;
  const bytes = decoded(text.slice(prefix.length));
  if (bytes === null || bytes.length !== bytesOfCode) return null;
  const seq = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(16);
  if (seq < 1n || seq > BigInt(Number.MAX_SAFE_INTEGER)) return null;
  const uuid = toHex(bytes.slice(0, 16));
  const ledger = [uuid.slice(0, 8), uuid.slice(8, 12), uuid.slice(12, 16), uuid.slice(16, 20), uuid.slice(20)].join(
    "-",
  );
  return { ledger, seq: Number(seq), hashStart: toHex(bytes.slice(24)) };
}

function decoded(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return decodeBase45(text);
  } catch (error) {
    if (error instanceof ProtocolError) return null;
    throw error;
  }
}
