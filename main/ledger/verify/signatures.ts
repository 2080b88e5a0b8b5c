import { createPublicKey, type KeyObject, verify } from "node:crypto";
import type { WalkedEntry } from "./walk.ts";

/** Checks signatures while the walk goes on. */
export interface SignatureChecks {
  /** Queues one check. Gives a promise where so many are under way that the next one has to wait for it. */
  add(entry: Pick<WalkedEntry, "seq" | "previousHash" | "hash" | "signature">): Promise<void> | undefined;
  /** Waits for all of them; gives the lowest entry whose signature is not by the key, and the hash before it. */
  finish(): Promise<{ seq: number; previousHash: string } | undefined>;
}

const domain = Buffer.from("suanpan journal entry 1\0", "latin1");

/**
 * Whose the threads are that check signatures: `shared` with a till that sells in the same process, whose flushes and
 * look-ups wait in the same line, or the process's `own`.
 */
export type Threads = "shared" | "own";

/**
 * How many checks may stand in line. A short line lets a till's own work through within milliseconds; a long one keeps the
 * threads at work while the one that reads waits for its turn on a busy machine.
 */
const longestLine: Readonly<Record<Threads, number>> = { shared: 512, own: 4096 };

/**
 * Checks Ed25519 signatures (RFC 8032) by a raw public key in hexadecimal, on the threads that Node keeps for it. Gives
 * `undefined` where that is no key.
 */
export function createSignatureChecks(publicKey: string, threads: Threads): SignatureChecks | undefined {
  const limit = longestLine[threads];
  const key = readKey(publicKey);
  if (key === undefined) return undefined;
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
    add({ seq, previousHash, hash, signature }) {
      underWay += 1;
      const signed = Buffer.allocUnsafe(domain.length + 32);
      domain.copy(signed);
      signed.write(hash, domain.length, "hex");
      verify(null, signed, key, signature, (error, good) => {
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

function readKey(publicKey: string): KeyObject | undefined {
  const x = Buffer.from(publicKey, "hex").toString("base64url");
  try {
    return createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
  } catch {
    // Whatever OpenSSL has against it: nothing can be signed by it.
    return undefined;
  }
}
