/**
 * The checks of the codes once more, by their definitions and with nothing of the till's: what the campaign holds the
 * recogniser against must not share its mistakes.
 */

const alphabet45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/** Whether digits end in their check digit: the sum with weights 3 and 1 from the left of 18 places ends in 0. */
export function endsInCheckDigit(digits: string): boolean {
  if (!/^\d+$/.test(digits)) return false;
  const sum = [...digits.padStart(18, "0")].reduce((total, digit, at) => total + Number(digit) * (at % 2 ? 1 : 3), 0);
  return sum % 10 === 0;
}

/** The digits with the one digit behind them that fits. */
export function withCheckDigit(digits: string): string {
  for (let digit = 0; digit < 10; digit += 1) if (endsInCheckDigit(`${digits}${digit}`)) return `${digits}${digit}`;
  throw new Error("One of ten digits always fits");
}

/** The checksum of EMVCo's codes bit by bit, as a division of polynomials. */
export function crcOf(bytes: Uint8Array): number {
  let register = 0xffff;
  for (const byte of bytes) {
    for (let bit = 7; bit >= 0; bit -= 1) {
      const isOut = ((register >> 15) & 1) !== ((byte >> bit) & 1);
      register = ((register << 1) & 0xffff) ^ (isOut ? 0x1021 : 0);
    }
  }
  return register;
}

/** The checksum as its four characters. */
export function crcText(bytes: Uint8Array): string {
  return crcOf(bytes).toString(16).toUpperCase().padStart(4, "0");
}

/** Bytes as base45 text. */
export function toBase45(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 2) {
    const isPair = at + 1 < bytes.length;
    let value = isPair ? (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0) : (bytes[at] ?? 0);
    for (let place = 0; place < (isPair ? 3 : 2); place += 1) {
      text += alphabet45[value % 45];
      value = Math.floor(value / 45);
    }
  }
  return text;
}

/** The bytes of a base45 text; null where encoding them does not give that very text again. */
export function fromBase45(text: string): Uint8Array | null {
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at += 3) {
    const group = text.slice(at, at + 3);
    let value = 0;
    for (let place = group.length - 1; place >= 0; place -= 1)
      value = value * 45 + alphabet45.indexOf(group.charAt(place));
    if (group.length === 3) bytes.push((value >> 8) & 255);
    bytes.push(value & 255);
  }
  const all = Uint8Array.from(bytes);
  return toBase45(all) === text ? all : null;
}

/** Whether an account number or a creditor's reference has its check digits, as one large number. */
export function isMod97(text: string): boolean {
  if (!/^[A-Z0-9]{5,40}$/i.test(text)) return false;
  const moved = text.slice(4) + text.slice(0, 4);
  const number = [...moved].map((character) => String(Number.parseInt(character, 36))).join("");
  return BigInt(number) % 97n === 1n;
}

/** A text of the form `CC00BBAN` with the two check digits that fit. */
export function withMod97(country: string, rest: string): string {
  for (let check = 2; check < 99; check += 1) {
    const text = `${country}${String(check).padStart(2, "0")}${rest}`;
    if (isMod97(text)) return text;
  }
  throw new Error("One of ninety-seven always fits");
}

/** The table of the recursive check digit, each row the one above turned by one. */
const rows = Array.from({ length: 10 }, (_, turn) =>
  [..."0946827135"].map((_, at, all) => Number(all[(at + turn) % 10])),
);

/** 26 digits with the check digit of a Swiss reference. */
export function withRecursiveDigit(digits: string): string {
  const carry = [...digits].reduce((row, digit) => rows[row]?.[Number(digit)] ?? 0, 0);
  return digits + String((10 - carry) % 10);
}

/** One value of CBOR as far as the campaign looks at it: its kind, its bytes and its parts. */
export type Piece = { major: number; count: number; bytes: Uint8Array; parts: Piece[]; end: number };

/** Reads one value, definite and in shortest form; null for anything else. */
export function readPiece(bytes: Uint8Array, start = 0, depth = 0): Piece | null {
  const head = bytes[start];
  if (head === undefined || depth > 8) return null;
  const major = head >> 5;
  const short = head & 31;
  let count = short;
  let at = start + 1;
  if (short >= 24) {
    const width = { 24: 1, 25: 2, 26: 4, 27: 8 }[short];
    if (width === undefined || at + width > bytes.length) return null;
    count = bytes.subarray(at, at + width).reduce((value, byte) => value * 256 + byte, 0);
    at += width;
    const least = { 1: 24, 2: 256, 4: 65_536, 8: 4_294_967_296 }[width] ?? 0;
    if (major !== 7 && count < least) return null;
  }
  if (major === 2 || major === 3) {
    const end = at + count;
    return end > bytes.length ? null : { major, count, bytes: bytes.subarray(at, end), parts: [], end };
  }
  const parts: Piece[] = [];
  const items = major === 4 ? count : major === 5 ? count * 2 : 0;
  for (let item = 0; item < items; item += 1) {
    const part = readPiece(bytes, at, depth + 1);
    if (part === null) return null;
    parts.push(part);
    at = part.end;
  }
  return { major, count, bytes: new Uint8Array(), parts, end: at };
}
