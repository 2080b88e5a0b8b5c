/** A data object of BER-TLV: its tag in capitals as hexadecimal, and its bytes. */
export type BerObject = { tag: string; value: Uint8Array };

/**
 * Reads data objects one after the other (EMV Book 3, annex B): tags of one or two bytes, lengths below 128 in one byte and
 * up to 65,535 in two or three, in their shortest form only. Null where they do not end with the bytes.
 */
export function readBerObjects(bytes: Uint8Array): BerObject[] | null {
  const objects: BerObject[] = [];
  let offset = 0;
  while (offset < bytes.length) {
    const tagLength = ((bytes[offset] ?? 0) & 0x1f) === 0x1f ? 2 : 1;
    // A third byte of a tag is in no code that is shown to a till.
    if (tagLength === 2 && (bytes[offset + 1] ?? 0x80) >= 0x80) return null;
    const length = lengthAt(bytes, offset + tagLength);
    if (length === null || length.start + length.value > bytes.length) return null;
    const tag = [...bytes.subarray(offset, offset + tagLength)];
    objects.push({
      tag: tag.map((byte) => byte.toString(16).padStart(2, "0").toUpperCase()).join(""),
      value: bytes.subarray(length.start, length.start + length.value),
    });
    offset = length.start + length.value;
  }
  return objects;
}

function lengthAt(bytes: Uint8Array, offset: number): { value: number; start: number } | null {
  const first = bytes[offset];
  if (first === undefined) return null;
  if (first < 0x80) return { value: first, start: offset + 1 };
  const high = bytes[offset + 1];
  if (high === undefined) return null;
  if (first === 0x81) return high < 0x80 ? null : { value: high, start: offset + 2 };
  const low = bytes[offset + 2];
  if (first !== 0x82 || low === undefined || high === 0) return null;
  return { value: high * 256 + low, start: offset + 3 };
}
