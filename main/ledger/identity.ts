import type { Follows } from "../../sync/protocol/entry-types.ts";
import { TillError } from "../contract/errors.ts";
import { readKnownEntry, type StoredEntry } from "./entries.ts";

/** What the first entry of a ledger says of it. */
export interface Identity {
  /** The ledger's id, a UUID. */
  ledger: string;
  /** The journal key: its id and the raw public key in hexadecimal. */
  keyId: string;
  publicKey: string;
  /** Rises when the same ledger goes on after its end was lost and agreed on. */
  epoch: number;
  /** The ledger that this one goes on from; absent in a till's first. */
  follows?: Follows;
}

/**
 * The identity of the ledger that begins with this entry.
 * @throws TillError `ledger.damaged` when it is not a `ledger.opened`.
 */
export function readIdentity(firstEntry: StoredEntry): Identity {
  const entry = readKnownEntry(firstEntry.text);
  if (entry?.type !== "ledger.opened") throw new TillError("ledger.damaged", { seq: 1, detail: "opening" });
  const { keyId, publicKey, epoch, follows } = entry.body;
  return { ledger: entry.ledger, keyId, publicKey, epoch, ...(follows === undefined ? {} : { follows }) };
}
