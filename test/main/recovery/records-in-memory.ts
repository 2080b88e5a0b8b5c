import { generateKeyPairSync, hash } from "node:crypto";
import { SyncError } from "../../../sync/errors.ts";
import type { SuccessionRequest } from "../../../sync/protocol/api.ts";
import { emptyHead, type Head, type SignedEntry } from "../../../sync/protocol/entry.ts";
import { signSuccession } from "../../../sync/protocol/succession.ts";
import type { Ledger } from "../../../main/ledger/open.ts";
import type { PlatformRecords } from "../../../main/recovery/platform-records.ts";

/** What a platform holds of one till, without the network between: its answers are the real ones, signed by a root key. */
export type RecordsInMemory = PlatformRecords & {
  rootHash: string;
  /** What the till asked for, in order. */
  asked: SuccessionRequest[];
  /** Takes the entries of a ledger up to a number, all of them when left out. */
  take(ledger: Ledger, upToSeq?: number): void;
  /** While it is cut, nothing answers. */
  isCut: boolean;
};

export function recordsInMemory(): RecordsInMemory {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const raw = Buffer.from(publicKey.export({ format: "jwk" }).x ?? "", "base64url");
  const ledgers = new Map<string, { entries: SignedEntry[]; head: Head; receiptNumber: number }>();
  const asked: SuccessionRequest[] = [];
  const records: RecordsInMemory = {
    rootHash: hash("sha256", raw, "hex"),
    asked,
    isCut: false,
    take(ledger, upToSeq = ledger.head().seq) {
      const entries: SignedEntry[] = [];
      for (let seq = 1; seq <= upToSeq; seq += 1) {
        const stored = ledger.entry(seq);
        if (stored !== undefined) entries.push({ text: stored.text, signature: stored.signature, keyId: stored.keyId });
      }
      const receiptNumber = ledger.recentSales(1, upToSeq + 1)[0]?.receiptNumber ?? 0;
      const head = { seq: upToSeq, hash: ledger.entry(upToSeq)?.hash ?? emptyHead.hash };
      ledgers.set(ledger.identity.ledger, { entries, head, receiptNumber });
    },
    async mark(ledger) {
      cut();
      const known = ledgers.get(ledger);
      return { epoch: 1, mark: known?.head ?? emptyHead, receiptNumber: known?.receiptNumber ?? 0 };
    },
    async entriesAfter(ledger, seq) {
      cut();
      // Small pages, so that restoring has to ask more than once.
      return (ledgers.get(ledger)?.entries ?? []).slice(seq, seq + 3);
    },
    async succeed(old, request) {
      cut();
      asked.push(request);
      const known = ledgers.get(old) ?? { head: emptyHead, receiptNumber: 0 };
      const { successor, journalKey, reason, lastKnown } = request;
      const last = lastKnown.seq >= known.head.seq ? lastKnown : known.head;
      const missing = last.seq > known.head.seq ? { missingFrom: known.head.seq + 1, missingTo: last.seq } : {};
      const receiptNumber = Math.max(request.receiptNumber, known.receiptNumber);
      const statement = await signSuccession({
        privateKey,
        rootKey: raw.toString("hex"),
        claims: {
          old,
          oldSeq: last.seq,
          oldHash: last.hash,
          ...missing,
          successor,
          journalKey,
          receiptNumber,
          reason,
          iat: 1_800_000_000,
        },
      });
      return { statement, platformHead: known.head, receiptNumber: known.receiptNumber };
    },
    close() {},
  };
  function cut(): void {
    if (records.isCut) throw new SyncError("platform.not-reached", "cut");
  }
  return records;
}
