import { createPublicKey, verify } from "node:crypto";

/** Checks signatures while the walk goes on. */
export interface SignatureChecks {
  /** Queues one check; waits when enough are under way. `hash` is the SHA-256 of the text. */
  add(seq: number, previousHash: string, hash: Buffer, signature: Buffer): Promise<void> | undefined;
  /** Waits for all of them; gives the lowest entry whose signature is not by the key, and the hash before it. */
  finish(): Promise<{ seq: number; previousHash: string } | undefined>;
}

const domain = Buffer.from("suanpan journal entry 1\0", "latin1");

/** Enough to keep every thread of the pool at work, few enough to stay small. */
const limit = 512;

/** Checks Ed25519 signatures (RFC 8032) by a raw public key in hexadecimal, on the threads that Node keeps for it. */
export function createSignatureChecks(publicKey: string): SignatureChecks {
  const x = Buffer.from(publicKey, "hex").toString("base64url");
  const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
  let underWay = 0;
  let worst: { seq: number; previousHash: string } | undefined;
  let failure: Error | undefined;
  let wake: (() => void) | undefined;

  function until(count: number): Promise<void> | undefined {
    if (underWay <= count) return undefined;
    return new Promise((resolve) => {
      wake = () => {
        if (underWay > count) return;
        wake = undefined;
        resolve();
      };
    });
  }

  return {
    add(seq, previousHash, hash, signature) {
      underWay += 1;
      verify(null, Buffer.concat([domain, hash]), key, signature, (error, good) => {
        underWay -= 1;
        if (error !== null) failure ??= error;
        else if (!good && (worst === undefined || seq < worst.seq)) worst = { seq, previousHash };
        wake?.();
      });
      return underWay >= limit ? until(limit / 2) : undefined;
    },
    async finish() {
      await until(0);
      if (failure !== undefined) throw failure;
      return worst;
    },
  };
}
