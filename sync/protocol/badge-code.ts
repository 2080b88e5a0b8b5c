import { decodeBase45, encodeBase45 } from "./base45.ts";
import { fromHex, toHex } from "./bytes.ts";
import { crc16 } from "./crc16.ts";
import { ProtocolError } from "./protocol-error.ts";

const prefix = "PW1:";
const idBytes = 16;
const bytesOfCode = idBytes + 2;

/**
 * The code on a staff badge, `PW1:` and base45 of 18 bytes: the badge's id (16 bytes, random) and their CRC-16, so that a
 * worn badge is not read as a colleague's. It names a badge; whose it is and what it opens, the shop's list of people says.
 * @throws RangeError where the id is not 32 hexadecimal digits.
 */
export function encodeBadgeCode(badgeId: string): string {
  const id = fromHex(badgeId);
  if (id.length !== idBytes) throw new RangeError("A badge's id has 16 bytes");
  const bytes = new Uint8Array(bytesOfCode);
  bytes.set(id);
  new DataView(bytes.buffer).setUint16(idBytes, crc16(id));
  return prefix + encodeBase45(bytes);
}

/** Reads a badge's code and gives its id in lower-case hexadecimal, or null for anything else. The length is looked at first. */
export function parseBadgeCode(text: string): string | null {
  if (text.length !== prefix.length + (bytesOfCode / 2) * 3 || !text.startsWith(prefix)) return null;
  try {
    const bytes = decodeBase45(text.slice(prefix.length));
    const id = bytes.subarray(0, idBytes);
    return new DataView(bytes.buffer).getUint16(idBytes) === crc16(id) ? toHex(id) : null;
  } catch (error) {
    if (error instanceof ProtocolError) return null;
    throw error;
  }
}
