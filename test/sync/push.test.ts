import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { SyncError } from "../../sync/errors.ts";
import { emptyHead, type Head, type SignedEntry } from "../../sync/protocol/entry.ts";
import { pushBatch, type PushStore, type StoredMark } from "../../sync/push.ts";
import { openLedger, type Ledger } from "../../main/ledger/open.ts";
import { pushStore } from "../../main/sync-stores.ts";
import { ledgerOptions } from "../main/ledger/support.ts";

/** More than two batches. */
const entryCount = 230;

let ledger: Ledger;
let entries: SignedEntry[] = [];
let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "suanpan-push-"));
  const options = ledgerOptions(folder);
  ledger = openLedger(options);
  for (let index = 1; index < entryCount; index += 1) {
    ledger.append([{ id: options.ids.uuid(), type: "incident", body: { code: "test", detail: `${index}` } }]);
  }
  entries = ledger
    .entriesAfter(0, { maximumCount: entryCount, maximumBytes: 10_000_000 })
    .map(({ text, signature, keyId }) => ({ text, signature, keyId }));
  return () => {
    ledger.close();
    rmSync(folder, { recursive: true, force: true });
  };
});

function hashOf(entry: SignedEntry | undefined): string {
  return entry === undefined ? emptyHead.hash : createHash("sha256").update(entry.text).digest("hex");
}

/** The same ledger in memory: what the decisions are held against. */
function memoryStore(): PushStore {
  let mark: StoredMark = { ...emptyHead, epoch: 0 };
  return {
    ledger: ledger.identity.ledger,
    head: () => ({ seq: entries.length, hash: hashOf(entries.at(-1)) }),
    mark: () => mark,
    hashAt: (seq) => (seq > entries.length ? null : hashOf(entries[seq - 1])),
    entriesAfter(seq, limits) {
      const taken: SignedEntry[] = [];
      let bytes = 0;
      for (const entry of entries.slice(seq, seq + limits.count)) {
        bytes += Buffer.byteLength(entry.text);
        if (taken.length > 0 && bytes > limits.bytes) break;
        taken.push(entry);
      }
      return taken;
    },
    storeMark: (next) => {
      mark = next;
    },
    noteVainTry: () => {},
  };
}

/** The real one, with its mark where a new till's is. */
function sqlStore(): PushStore {
  const store = pushStore(ledger, { now: () => 0, format: () => "2026-11-20T14:32:09.120+08:00" });
  store.storeMark({ ...emptyHead, epoch: 0 });
  return store;
}

/** What happens on one round of push. */
type Round =
  | { kind: "stored" | "reply-lost" | "request-lost" | "busy" | "stored-nothing" }
  /** The platform goes on from a backup that ends here, with or without saying so by its epoch. */
  | { kind: "restored"; at: number; raisesEpoch: boolean }
  /** Somebody else's entry stands in the place of ours. */
  | { kind: "fork"; at: number };

/** The platform's inbox: it takes what follows on from what it has, and answers with where it stands. */
class Inbox {
  hashes: string[] = [];
  epoch = 1;
  readonly log: string[] = [];

  head(): Head {
    return { seq: this.hashes.length, hash: this.hashes.at(-1) ?? emptyHead.hash };
  }

  take(sent: SignedEntry[], round: Round["kind"]): { epoch: number; mark: Head } {
    const first = (JSON.parse(sent[0]?.text ?? "{}") as { seq: number }).seq;
    this.log.push(`${round} ${first}-${first + sent.length - 1}`);
    if (round === "busy") throw new SyncError("busy", "test");
    if (round === "request-lost") throw new SyncError("platform.no-answer", "test");
    if (round === "stored-nothing")
      return { epoch: this.epoch, mark: { seq: first - 1, hash: hashOf(entries[first - 2]) } };
    if (first > this.hashes.length + 1) throw new SyncError("ledger.gap", "test", { mark: this.head() });
    for (const [index, entry] of sent.entries()) {
      const seq = first + index;
      if (seq === this.hashes.length + 1) this.hashes.push(hashOf(entry));
    }
    if (round === "reply-lost") throw new SyncError("platform.no-answer", "test");
    return { epoch: this.epoch, mark: this.head() };
  }
}

async function pushRound(store: PushStore, inbox: Inbox, round: Round): Promise<void> {
  if (round.kind === "restored") {
    inbox.hashes = inbox.hashes.slice(0, round.at);
    if (round.raisesEpoch) inbox.epoch += 1;
  }
  if (round.kind === "fork" && round.at < inbox.hashes.length) inbox.hashes[round.at] = "f".repeat(64);
  const again = store.mark().epoch > 0 && store.mark().epoch !== inbox.epoch;
  try {
    const step = await pushBatch(store, async (_ledger, sent) => inbox.take(sent, round.kind), { again });
    inbox.log.push(step);
  } catch (error) {
    if (!(error instanceof SyncError)) throw error;
    inbox.log.push(error.code);
  }
  const mark = store.mark();
  inbox.log.push(`mark ${mark.seq} ${mark.hash.slice(0, 6)} ${mark.epoch}`);
}

const seq = fc.integer({ min: 0, max: entryCount - 1 });
const honestRound: fc.Arbitrary<Round> = fc.oneof(
  { arbitrary: fc.constant<Round>({ kind: "stored" }), weight: 4 },
  fc.constantFrom<Round>(
    { kind: "reply-lost" },
    { kind: "request-lost" },
    { kind: "busy" },
    { kind: "stored-nothing" },
  ),
  fc.record({ kind: fc.constant("restored" as const), at: seq, raisesEpoch: fc.boolean() }),
);

test("push decides over SQLite as it does over memory, whatever becomes of its requests", async () => {
  const anyRound = fc.oneof(
    { arbitrary: honestRound, weight: 8 },
    fc.record({ kind: fc.constant("fork" as const), at: seq }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(anyRound, { minLength: 1, maxLength: 14 }), async (rounds) => {
      const logs: string[][] = [];
      for (const store of [memoryStore(), sqlStore()]) {
        const inbox = new Inbox();
        for (const round of rounds) await pushRound(store, inbox, round);
        logs.push(inbox.log);
      }
      expect(logs[1]).toEqual(logs[0]);
    }),
    { numRuns: 60 },
  );
});

// A sale that the platform never gets is money the shop never sees; one that it gets twice is a wrong bill.
test("after lost replies, doubles and restored backups the platform has every entry once, and `confirmed` was never said too early", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(honestRound, { minLength: 1, maxLength: 14 }), async (rounds) => {
      const store = memoryStore();
      const inbox = new Inbox();
      for (const round of rounds) {
        await pushRound(store, inbox, round);
        const mark = store.mark();
        expect(mark.hash).toBe(hashOf(entries[mark.seq - 1]));
        if (round.kind !== "restored" && rounds.every(({ kind }) => kind !== "restored")) {
          expect(mark.seq).toBeLessThanOrEqual(inbox.hashes.length);
        }
      }
      // What a new round of the engine sees: the platform's epoch, or the refusal of the next entry.
      inbox.epoch += 1;
      for (let turn = 0; turn < 8; turn += 1) await pushRound(store, inbox, { kind: "stored" });
      expect(inbox.hashes).toEqual(entries.map(hashOf));
      expect(store.mark()).toEqual({ ...inbox.head(), epoch: inbox.epoch });
    }),
    { numRuns: 60 },
  );
});

test("another entry in the place of ours stops push with an alarm, and nothing of it is called confirmed", async () => {
  const store = memoryStore();
  const inbox = new Inbox();
  await pushRound(store, inbox, { kind: "stored" });
  inbox.hashes = inbox.hashes.slice(0, 50).concat("f".repeat(64));
  inbox.epoch += 1;
  await expect(pushBatch(store, async (_ledger, sent) => inbox.take(sent, "stored"), { again: true })).rejects.toThrow(
    "ledger.fork",
  );
  expect(store.mark().seq).toBe(100);
});

test("a platform that is ahead of the till holds sales that the till has lost: an alarm, not a confirmation", async () => {
  const store = memoryStore();
  const ahead = async () => ({ epoch: 1, mark: { seq: entryCount + 5, hash: "a".repeat(64) } });
  await expect(pushBatch(store, ahead, { again: false })).rejects.toThrow("ledger.fork");
  expect(store.mark().seq).toBe(0);
});

test("a platform that takes entries and keeps none is not sent the same ones without end", async () => {
  const store = memoryStore();
  const deaf = async () => ({ epoch: 1, mark: emptyHead });
  await expect(pushBatch(store, deaf, { again: false })).rejects.toThrow("platform.bad-answer");
});

test("a gap that stays where the till stands already is said instead of being asked for without end", async () => {
  const store = memoryStore();
  const stuck = async () => {
    throw new SyncError("ledger.gap", "test", { mark: emptyHead });
  };
  await expect(pushBatch(store, stuck, { again: false })).rejects.toThrow("ledger.gap");
});
