import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import axios from "axios";
import { z } from "zod";
import { headSchema, type Head } from "../../sync/protocol/entry.ts";
import { TillError } from "../contract/errors.ts";
import { readKnownEntry } from "../ledger/entries.ts";
import { openLedgerCopy } from "../ledger/read-copy.ts";
import { verifyLedger } from "../ledger/verify/verify.ts";
import { withLedgerFile } from "../tool.ts";
import { tradeDay } from "./day.ts";
import { seededChance } from "./seeded.ts";
import { startDemoShop, type DemoShop } from "./shop.ts";
import { differences, type Book } from "./witness.ts";

/** How a demo day is to be. */
export type DemoOptions = { sales: number; outage: boolean; seed: number; folder: string | undefined };

/** What a demo day came to. `agree` is true when witness, journal and platform say the same and nothing else is wrong. */
export type DemoSummary = {
  sales: number;
  refunds: number;
  totalMinor: number;
  currency: string;
  offline: number;
  confirmed: number;
  tills: { ledger: string; head: Head; platformHead: Head }[];
  agree: boolean;
  seed: number;
  refusedWallets: number;
  unknownCodes: number;
  books: { witness: Book; journal: Book; platform: Book };
  complaints: string[];
};

/** How long the last entries of a day may take to the platform. */
const arrivalPatienceMs = 30_000;

const summarySchema = z.object({
  tills: z.array(
    z.object({
      ledger: z.string(),
      head: headSchema,
      sales: z.int(),
      totalMinor: z.int(),
      walletMinor: z.int(),
      cashMinor: z.int(),
      needsYou: z.int(),
    }),
  ),
});

/**
 * Trades a whole day in a demo shop of its own and holds three books against each other: a witness beside the counter, the
 * till's journal, and the platform. The shop is stopped again; its folder is removed unless one was named.
 * @throws TillError `command.invalid` for a folder in which a till has sold before: its money would be in the sums.
 */
export async function runDemo(options: DemoOptions, onWords: (words: string) => void): Promise<DemoSummary> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), "suanpan-demo-"));
  if (existsSync(join(folder, "ledger.db"))) throw new TillError("command.invalid", { detail: `--data ${folder}` });
  const discard = options.folder === undefined;
  const shop = await startDemoShop({ folder, ports: { till: 0, counter: 0, platform: 0 }, discard, onWords });
  try {
    const day = await tradeDay(shop, { ...options, chance: seededChance(options.seed) });
    const platform = await arrived(shop, folder);
    const journal = await readJournal(folder);
    const witness = day.witness.book();
    const complaints = [
      ...day.witness.complaints,
      ...journal.complaints,
      ...differences(["witness", "journal"], witness, journal.book),
      ...differences(["journal", "platform"], journal.book, platform.book),
      ...(platform.head.hash === journal.head.hash ? [] : ["Till and platform end with different entries"]),
      ...(platform.needsYou === 0 ? [] : [`The platform has doubts about ${platform.needsYou} entries`]),
      ...missing(day.witness.receipts(), journal.receipts),
    ];
    return {
      sales: journal.book.sales,
      refunds: 0,
      totalMinor: journal.book.totalMinor,
      currency: journal.currency,
      offline: day.witness.offlineSales(),
      confirmed: platform.book.sales,
      tills: [{ ledger: journal.ledger, head: journal.head, platformHead: platform.head }],
      agree: complaints.length === 0,
      seed: options.seed,
      refusedWallets: day.refusedWallets,
      unknownCodes: day.unknownCodes,
      books: { witness, journal: journal.book, platform: platform.book },
      complaints,
    };
  } finally {
    await shop.stop();
    if (discard) rmSync(folder, { recursive: true, force: true });
  }
}

type PlatformEnd = { head: Head; book: Book; needsYou: number };

/** Stays until the platform holds the journal's last entry, then reads its book. */
async function arrived(shop: DemoShop, folder: string): Promise<PlatformEnd> {
  const deadline = performance.now() + arrivalPatienceMs;
  for (;;) {
    const end = await readPlatform(shop);
    const head = await withLedgerFile(folder, ({ file }) => headOf(file));
    if (end.head.seq >= head.seq || performance.now() > deadline) return end;
    await pause(100);
  }
}

function headOf(file: string): Head {
  const ledger = openLedgerCopy(file);
  try {
    const last = ledger.last();
    return { seq: last?.seq ?? 0, hash: last?.hash ?? "" };
  } finally {
    ledger.close();
  }
}

async function readPlatform({ platform: { ready: platform } }: DemoShop): Promise<PlatformEnd> {
  const answer = await axios.get(`${platform.url}/v1/operator/summary`, {
    headers: { authorization: `Bearer ${platform.operatorToken}` },
    timeout: 10_000,
    proxy: false,
  });
  const [till] = summarySchema.parse(answer.data).tills;
  if (till === undefined) throw new Error("The platform knows of no till");
  const { sales, totalMinor, cashMinor, walletMinor, head, needsYou } = till;
  return { head, needsYou, book: { sales, totalMinor, cashMinor, walletMinor } };
}

type JournalEnd = {
  ledger: string;
  currency: string;
  head: Head;
  book: Book;
  receipts: ReadonlySet<string>;
  complaints: string[];
};

async function readJournal(folder: string): Promise<JournalEnd> {
  return withLedgerFile(folder, async ({ file }) => {
    const verified = await verifyLedger({ database: file, marks: join(folder, "marks") });
    const complaints = verified.ok
      ? []
      : [`The ledger is broken at ${verified.firstBroken?.seq}: ${verified.firstBroken?.reason}`];
    const ledger = openLedgerCopy(file);
    try {
      const end: JournalEnd = {
        ledger: "",
        currency: "",
        head: verified.head,
        book: emptyBook(),
        receipts: new Set(),
        complaints,
      };
      const receipts = new Set<string>();
      for (const { seq, text } of ledger.everyEntry()) {
        const entry = readKnownEntry(text);
        if (entry === undefined) {
          complaints.push(`Entry ${seq} cannot be read`);
          continue;
        }
        end.ledger = entry.ledger;
        if (entry.type !== "sale.settled") continue;
        if (receipts.has(entry.body.receiptCode))
          complaints.push(`The journal has receipt ${entry.body.receiptCode} twice`);
        receipts.add(entry.body.receiptCode);
        end.currency = entry.body.currency;
        addSale(end.book, entry.body);
      }
      return { ...end, receipts };
    } finally {
      ledger.close();
    }
  });
}

function emptyBook(): Book {
  return { sales: 0, totalMinor: 0, cashMinor: 0, walletMinor: 0 };
}

function addSale(
  book: Book,
  sale: { totalMinor: number; tenders: readonly { kind: string; amountMinor: number }[] },
): void {
  book.sales += 1;
  book.totalMinor += sale.totalMinor;
  for (const tender of sale.tenders) {
    if (tender.kind === "cash") book.cashMinor += tender.amountMinor;
    else book.walletMinor += tender.amountMinor;
  }
}

function missing(witnessed: ReadonlyMap<string, unknown>, stored: ReadonlySet<string>): string[] {
  const lost = [...witnessed.keys()]
    .filter((code) => !stored.has(code))
    .map((code) => `Receipt ${code} is not in the journal`);
  const unseen = [...stored].filter((code) => !witnessed.has(code)).map((code) => `Nobody saw receipt ${code}`);
  return [...lost, ...unseen];
}
