import type { CborLabel, CborMap, CborValue } from "./cbor.ts";
import { ProtocolError } from "./protocol-error.ts";

/** The year 9999: a time beyond it is a mistake or an attack on somebody's arithmetic. */
const latestSeconds = 253_402_300_799;

/** A byte string of exactly this length. @throws ProtocolError `token.malformed` where it is absent or another. */
export function bytesClaim(claims: CborMap, label: CborLabel, length: number): Uint8Array {
  const value = claims.get(label);
  return value instanceof Uint8Array && value.length === length ? value : refuse(label);
}

/** A text of 1 to `maximumLength` UTF-16 units. @throws ProtocolError `token.malformed` where it is absent or another. */
export function textClaim(claims: CborMap, label: CborLabel, maximumLength: number): string {
  const value = claims.get(label);
  return typeof value === "string" && value.length > 0 && value.length <= maximumLength ? value : refuse(label);
}

/** A whole number from 0 to 2^53-1. @throws ProtocolError `token.malformed` where it is absent or another. */
export function wholeNumberClaim(claims: CborMap, label: CborLabel): number {
  const value = claims.get(label);
  return typeof value === "number" && value >= 0 ? value : refuse(label);
}

/** Whole seconds since 1970 (RFC 8392 section 2). @throws ProtocolError `token.malformed` where it is absent or another. */
export function secondsClaim(claims: CborMap, label: CborLabel): number {
  const value = wholeNumberClaim(claims, label);
  return value <= latestSeconds ? value : refuse(label);
}

/** A map. @throws ProtocolError `token.malformed` where it is absent or something else. */
export function mapClaim(claims: CborMap, label: CborLabel): CborMap {
  const value: CborValue | undefined = claims.get(label);
  return value instanceof Map ? value : refuse(label);
}

function refuse(label: CborLabel): never {
  throw new ProtocolError("token.malformed", `Label ${label} is absent or malformed`);
}
