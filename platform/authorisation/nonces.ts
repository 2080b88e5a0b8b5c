import { createHmac, timingSafeEqual } from "node:crypto";

/** Nonces that need no storage: each says when it was made and proves that a platform with our key made it. */
export type Nonces = {
  /** One to use within the next minutes. */
  current(): string;
  /** Whether one was made by us and is still good. */
  isFresh(nonce: string): boolean;
};

const lifeSeconds = 300;
/** Platforms of one database may differ by this much in time. */
const aheadSeconds = 5;
const proofBytes = 16;

/**
 * Nonces of the form `<seconds since 1970 in base 36>.<HMAC-SHA-256 of that, 16 bytes, base64url>`, good for five
 * minutes. One may be used more than once in that time: what it must prevent is an old request, and a request that is
 * sent again within minutes is harmless because every request of the protocol is idempotent.
 */
export function createNonces(key: Uint8Array, nowMs: () => number): Nonces {
  function proof(time: string): Buffer {
    return createHmac("sha256", key).update(`suanpan nonce 1 ${time}`).digest().subarray(0, proofBytes);
  }
  return {
    current: () => {
      const time = Math.floor(nowMs() / 1000).toString(36);
      return `${time}.${proof(time).toString("base64url")}`;
    },
    isFresh: (nonce) => {
      const [time, given, ...rest] = nonce.split(".");
      if (time === undefined || given === undefined || rest.length > 0 || !/^[0-9a-z]{1,10}$/.test(time)) return false;
      const bytes = Buffer.from(given, "base64url");
      const ours = proof(time);
      if (bytes.length !== ours.length || !timingSafeEqual(bytes, ours)) return false;
      const ageSeconds = nowMs() / 1000 - Number.parseInt(time, 36);
      return ageSeconds >= -aheadSeconds && ageSeconds <= lifeSeconds;
    },
  };
}
