import { concatBytes, fromHex, toHex } from "./bytes.ts";

/** The field prime and the coefficients of P-256 (SEC 2, section 2.4.2; FIPS 186-5 names the curve). */
const prime = 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n;
const coefficientA = prime - 3n;
const coefficientB = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;

const coordinateBytes = 32;

/**
 * The uncompressed form (65 bytes, 04 x y) of a P-256 point in either form of SEC 1 section 2.3.4, or null where the
 * bytes are no point of the curve. Browsers import the uncompressed form only.
 */
export function uncompressPoint(point: Uint8Array): Uint8Array<ArrayBuffer> | null {
  const form = point[0];
  const x = toInteger(point.subarray(1, 1 + coordinateBytes));
  if (x >= prime) return null;
  const square = (x * x * x + coefficientA * x + coefficientB) % prime;
  if (point.length === 1 + 2 * coordinateBytes && form === 4) {
    const y = toInteger(point.subarray(1 + coordinateBytes));
    return y < prime && (y * y) % prime === square ? new Uint8Array(point) : null;
  }
  if (point.length !== 1 + coordinateBytes || (form !== 2 && form !== 3)) return null;
  // The prime is 3 modulo 4, so that a square's root is its power to (p + 1) / 4.
  const root = power(square, (prime + 1n) / 4n);
  if ((root * root) % prime !== square) return null;
  const y = (root & 1n) === BigInt(form & 1) ? root : prime - root;
  return concatBytes(Uint8Array.of(4), point.subarray(1), toCoordinate(y));
}

/**
 * The compressed form (33 bytes) of an uncompressed point (65 bytes, 04 x y), which the caller knows to be on the curve.
 * @throws RangeError on another length or form.
 */
export function compressPoint(point: Uint8Array): Uint8Array<ArrayBuffer> {
  if (point.length !== 1 + 2 * coordinateBytes || point[0] !== 4) throw new RangeError("Not an uncompressed point");
  const odd = (point[2 * coordinateBytes] ?? 0) & 1;
  return concatBytes(Uint8Array.of(2 + odd), point.subarray(1, 1 + coordinateBytes));
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = base % prime;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = (result * square) % prime;
    square = (square * square) % prime;
  }
  return result;
}

function toInteger(bytes: Uint8Array): bigint {
  return BigInt(`0x0${toHex(bytes)}`);
}

function toCoordinate(value: bigint): Uint8Array<ArrayBuffer> {
  return fromHex(value.toString(16).padStart(2 * coordinateBytes, "0"));
}
