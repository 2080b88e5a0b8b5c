import { z } from "zod";
import { keyIdSchema, publicKeySchema } from "../../sync/protocol/entry.ts";
import { TillError } from "../contract/errors.ts";
import { readEntry, type StoredEntry } from "./entries.ts";

/** What the first entry of a ledger says of it. */
export interface Identity {
  /** The ledger's id, a UUID. */
  ledger: string;
  /** The journal key: its id and the raw public key in hexadecimal. */
  keyId: string;
  publicKey: string;
  /** Rises when the same ledger goes on after its end was lost and agreed on. */
  epoch: number;
}

/** What every version reads of a ledger's first entry, whatever else a newer one has written there. */
const openingSchema = z.object({ keyId: keyIdSchema, publicKey: publicKeySchema, epoch: z.int().min(1) });

/**
 * The identity of the ledger that begins with this entry.
 * @throws TillError `ledger.damaged` when it is not a `ledger.opened`.
 */
export function readIdentity(firstEntry: StoredEntry): Identity {
  const reading = readEntry(firstEntry.text);
  const fields = reading.state === "known" ? reading.entry : reading.fields;
  const opening = fields?.type === "ledger.opened" ? openingSchema.safeParse(fields.body) : undefined;
  if (fields === undefined || opening?.success !== true) {
    throw new TillError("ledger.damaged", { seq: 1, detail: "opening" });
  }
  return { ledger: fields.ledger, ...opening.data };
}
