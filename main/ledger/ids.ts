/** Makes the ids of entries, sales, payments and print jobs. */
export interface IdSource {
  /** A new lower-case UUID, different from every one before it. */
  uuid(): string;
}

/** How far the twelve bits behind the millisecond count before the millisecond itself is moved on. */
const counterLimit = 0x1000;

/**
 * A source of UUIDv7 (RFC 9562 section 5.7), rising within one process even when the clock stands still or goes back:
 * the twelve bits after the version count (section 6.2, method 1), so that ids keep the order in which they were made
 * and the index over them grows at its end.
 * @param parts `now` gives Unix milliseconds, `random` that many unpredictable bytes.
 */
export function createIdSource(parts: { now(): number; random(byteCount: number): Uint8Array }): IdSource {
  let lastMs = -1;
  let counter = 0;
  return {
    uuid() {
      const random = Buffer.from(parts.random(10));
      const nowMs = Math.floor(parts.now());
      if (nowMs > lastMs) {
        lastMs = nowMs;
        // Half the range is left for counting, the rest is random, so that two tills rarely agree on it.
        counter = random.readUInt16BE(0) & 0x7ff;
      } else {
        counter += 1;
        if (counter >= counterLimit) {
          counter = 0;
          lastMs += 1;
        }
      }
      return formatUuidV7(lastMs, counter, random.subarray(2));
    },
  };
}

function formatUuidV7(timeMs: number, counter: number, random: Buffer): string {
  const time = timeMs.toString(16).padStart(12, "0");
  const middle = `7${counter.toString(16).padStart(3, "0")}`;
  const variant = ((random[0] ?? 0) & 0x3f) | 0x80;
  const tail = variant.toString(16) + random.toString("hex", 1, 8);
  return `${time.slice(0, 8)}-${time.slice(8)}-${middle}-${tail.slice(0, 4)}-${tail.slice(4)}`;
}
