import { z } from "zod";
import { followsSchema, type Follows } from "../../sync/protocol/entry-types.ts";
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
  /** The ledger that this one goes on from; absent in a till's first. */
  follows?: Follows;
}

/** What every version reads of a ledger's first entry, whatever else a newer one has written there. */
const openingSchema = z.object({
  keyId: keyIdSchema,
  publicKey: publicKeySchema,
  epoch: z.int().min(1),
  follows: followsSchema.optional(),
});

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
  const { follows, ...own } = opening.data;
  return { ledger: fields.ledger, ...own, ...(follows === undefined ? {} : { follows }) };
}
