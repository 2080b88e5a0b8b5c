import { rmSync } from "node:fs";
import { ed25519PublicKey } from "../../../platform/keys.ts";
import { checkEntry, followsHead, type LedgerIdentity } from "../../../platform/ingest/check-entry.ts";
import { encodeReceiptCode } from "../../../sync/protocol/receipt-code.ts";
import { emptyHead, type Head, type SignedEntry } from "../../../sync/protocol/entry.ts";
import { pushBatch } from "../../../sync/push.ts";
import { SyncError } from "../../../sync/errors.ts";
import { openLedger, type Ledger } from "../../../main/ledger/open.ts";
import { pushStore } from "../../../main/sync-stores.ts";
import { fillTill } from "../../main/ledger/full-till.ts";
import { handClock, ledgerOptions, seededIds } from "../../main/ledger/support.ts";
import { makeFolder, readFolder, type FolderFiles } from "./till-files.ts";

/**
 * A platform that keeps one ledger's entries in memory and judges them as the reference platform does: by its own check of
 * each entry, and by what stands at the entry's place already.
 */
export class MemoryPlatform {
  readonly identity: LedgerIdentity;
  readonly hashes: string[];

  constructor(identity: LedgerIdentity, hashes: readonly string[] = []) {
    this.identity = identity;
    this.hashes = [...hashes];
  }

  /** The same platform as it is now, for one more course of things. */
  copy(): MemoryPlatform {
    return new MemoryPlatform(this.identity, this.hashes);
  }

  head(): Head {
    return { seq: this.hashes.length, hash: this.hashes.at(-1) ?? emptyHead.hash };
  }

  /** Takes a push. @throws SyncError with the codes of the protocol. */
  take(entries: readonly SignedEntry[]): { epoch: number; mark: Head } {
    for (const entry of entries) {
      const checked = checkEntry(entry, this.identity);
      if ("code" in checked) throw new SyncError(checked.code, checked.detail);
      const hash = checked.hash.toString("hex");
      const { seq } = checked.fields;
      const known = this.hashes[seq - 1];
      if (known === hash) continue;
      if (known !== undefined) throw new SyncError("ledger.fork", `Entry ${seq} is stored with another content`);
      const refusal = followsHead(checked, this.head());
      if (refusal !== null) throw new SyncError(refusal.code, refusal.detail, { mark: this.head() });
      this.hashes.push(hash);
    }
    return { epoch: 1, mark: this.head() };
  }
}

/** Sends what the till has not confirmed yet, batch by batch, until nothing is left. @throws SyncError */
export async function pushAll(ledger: Ledger, platform: MemoryPlatform): Promise<void> {
  const store = pushStore(ledger, { now: () => 0, format: () => "2026-12-01T08:00:00.000+08:00" });
  // A till that never comes to an end would send the same entries for ever.
  for (let batch = 0; batch < 100; batch += 1) {
    const send = (_ledger: string, entries: SignedEntry[]) => Promise.resolve().then(() => platform.take(entries));
    if ((await pushBatch(store, send, { again: false })) === "nothing-to-send") return;
  }
  throw new Error("The push does not come to an end");
}

/** What a till went through, as it can be seen from outside. */
export type History = {
  /** The folder on the first evening, and on the second. */
  firstEvening: FolderFiles;
  secondEvening: FolderFiles;
  /** The folder of the till at the next counter. */
  otherTill: FolderFiles;
  /** What the platform holds: everything. */
  platform: MemoryPlatform;
  /** The codes on the receipts that shoppers took home. */
  receipts: readonly string[];
  headSeq: number;
};

/** Two days of one till, pushed to the last entry each evening, and one of another. */
export async function makeHistory(seed: number): Promise<History> {
  const till = await makeDays(seed, 2);
  const other = await makeDays(seed + 1_000_003, 1);
  const [firstEvening, secondEvening] = till.evenings;
  const [otherTill] = other.evenings;
  if (firstEvening === undefined || secondEvening === undefined || otherTill === undefined)
    throw new Error("A day is missing");
  const { platform, receipts, headSeq } = till;
  return { firstEvening, secondEvening, otherTill, platform, receipts, headSeq };
}

async function makeDays(seed: number, days: number) {
  const folder = makeFolder();
  const evenings: FolderFiles[] = [];
  const clock = handClock();
  const ids = seededIds(`history ${seed}`, clock);
  let platform: MemoryPlatform | undefined;
  let receipts: string[] = [];
  let headSeq = 0;
  try {
    for (let day = 0; day < days; day += 1) {
      const ledger = openLedger(ledgerOptions(folder, { clock, ids }));
      await fillTill({ ledger, ids, clock, seed: seed + day });
      platform ??= new MemoryPlatform(identityOf(ledger));
      await pushAll(ledger, platform);
      receipts = ledger.salesAfter(0, 1000).map(({ seq }) => receiptOf(ledger, seq));
      headSeq = ledger.head().seq;
      ledger.close();
      evenings.push(readFolder(folder));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  if (platform === undefined) throw new RangeError("There has to be a day");
  return { evenings, platform, receipts, headSeq };
}

function identityOf({ identity: { ledger, keyId, publicKey } }: Ledger): LedgerIdentity {
  return { ledger, keyId, key: ed25519PublicKey(Buffer.from(publicKey, "hex")), publicKeyHex: publicKey };
}

function receiptOf(ledger: Ledger, seq: number): string {
  return encodeReceiptCode({ ledger: ledger.identity.ledger, seq, hash: ledger.entry(seq)?.hash ?? "" });
}
