import { ProtocolError } from "./protocol-error.ts";

/** The 45 characters of a QR code's alphanumeric mode in the order of their values (RFC 9285, table 1). */
const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

const valueOfCharacter = new Map([...alphabet].map((character, value) => [character, value]));

/** Base45 of bytes (RFC 9285 section 4): three characters for two bytes, two for a last single one. */
export function encodeBase45(bytes: Uint8Array): string {
  let text = "";
  for (let index = 0; index < bytes.length; index += 2) {
    const high = bytes[index] ?? 0;
    const low = bytes[index + 1];
    const value = low === undefined ? high : high * 256 + low;
    text += characterOf(value % 45) + characterOf(Math.floor(value / 45) % 45);
    if (low !== undefined) text += characterOf(Math.floor(value / 2025));
  }
  return text;
}

/**
 * The bytes of a base45 text, one text for each byte string and no other (RFC 9285 section 6).
 * @throws ProtocolError `base45.length` on a length that is 1 modulo 3, `base45.character` on another character,
 * `base45.overflow` on three characters above 65535 or two above 255.
 */
export function decodeBase45(text: string): Uint8Array<ArrayBuffer> {
  if (text.length % 3 === 1) throw new ProtocolError("base45.length", `No byte string has ${text.length} characters`);
  const bytes = new Uint8Array(Math.floor(text.length / 3) * 2 + (text.length % 3 === 2 ? 1 : 0));
  for (let index = 0, offset = 0; index < text.length; index += 3, offset += 2) {
    const low = valueAt(text, index) + valueAt(text, index + 1) * 45;
    const single = index + 2 === text.length;
    const value = single ? low : low + valueAt(text, index + 2) * 2025;
    if (value > (single ? 255 : 65_535)) throw new ProtocolError("base45.overflow", `At character ${index}`);
    if (single) {
      bytes[offset] = value;
    } else {
      bytes[offset] = value >> 8;
      bytes[offset + 1] = value & 255;
    }
  }
  return bytes;
}

function characterOf(value: number): string {
  return alphabet.charAt(value);
}

function valueAt(text: string, index: number): number {
  const value = valueOfCharacter.get(text.charAt(index));
  if (value === undefined) throw new ProtocolError("base45.character", `At character ${index}`);
  return value;
}
