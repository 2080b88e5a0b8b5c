import { parseReceiptCode } from "../../../sync/protocol/receipt-code.ts";
import { SyncError } from "../../../sync/errors.ts";
import { Receipts } from "../../../main/checkout/receipts.ts";
import { TillError } from "../../../main/contract/errors.ts";
import { openLedger, type Ledger } from "../../../main/ledger/open.ts";
import { verifyLedger } from "../../../main/ledger/verify/verify.ts";
import { cashSale } from "../../main/ledger/sales.ts";
import { handClock, ledgerOptions, seededIds } from "../../main/ledger/support.ts";
import { pushAll, type History, type MemoryPlatform } from "./history.ts";

/**
 * What everybody says who can look at a till: the verifier, the till itself when it opens and in its journal, the shoppers
 * who come back with their receipts, and the platform when the till has sold once more. Each as words that begin with who
 * says it; with `legal` where nothing is wrong: the platform took everything and agrees, personal values were removed.
 */
export async function askWitnesses(folder: string, { receipts, platform }: History): Promise<string[]> {
  const said = [...(await askVerifier(folder))];
  const clock = handClock(Date.UTC(2026, 11, 1));
  const ids = seededIds("witnesses", clock);
  let ledger: Ledger;
  try {
    ledger = openLedger(ledgerOptions(folder, { clock, ids, report: () => {} }));
  } catch (error) {
    return [...said, wordsOf("opening", error)];
  }
  try {
    while (!ledger.verifyOn(1000));
    for (const _ of ledger.checkRows());
    ledger.append([]);
    const told = ledger.incidents(1000).filter(({ code }) => code !== "test");
    said.push(...told.map(({ code, detail }) => `told ${code} ${detail}`));
    said.push(...askShoppers(ledger, receipts));
    ledger.append([cashSale(ledger, ids)]);
    said.push(await askPlatform(ledger, platform));
  } catch (error) {
    said.push(wordsOf("till", error));
  } finally {
    ledger.close();
  }
  return said;
}

/** @throws Whatever is no error in words: that is a defect and shows nothing. */
function wordsOf(who: string, error: unknown): string {
  if (error instanceof TillError) return [who, error.code, error.params["detail"] ?? ""].join(" ").trim();
  if (error instanceof SyncError) return `${who} ${error.code}`;
  throw error;
}

async function askVerifier(folder: string): Promise<string[]> {
  try {
    const { findings, privateValues } = await verifyLedger({ folder });
    const removed = privateValues?.removedCount ?? 0;
    return [
      ...new Set(findings.map(({ reason }) => `verify ${reason}`)),
      ...(removed > 0 ? [`legal: verify counts ${removed} personal values that were removed`] : []),
    ];
  } catch (error) {
    return [wordsOf("verify", error)];
  }
}

/** The till says of each receipt that it reads whether it is one of its own. */
function askShoppers(ledger: Ledger, codes: readonly string[]): string[] {
  const unused = (): never => {
    throw new Error("Nothing of the shop is needed to look for a receipt");
  };
  const receipts = new Receipts({
    ledger,
    rules: unused,
    words: { item: unused, personName: unused },
    stand: () => undefined,
  });
  const said = codes.flatMap((text) => {
    const code = parseReceiptCode(text);
    if (code === null) throw new Error("A receipt has no code");
    try {
      receipts.scanned(code);
      return [];
    } catch (error) {
      return [wordsOf("receipt", error)];
    }
  });
  return [...new Set(said)];
}

async function askPlatform(ledger: Ledger, platform: MemoryPlatform): Promise<string> {
  try {
    await pushAll(ledger, platform);
  } catch (error) {
    return wordsOf("platform", error);
  }
  return platform.head().hash === ledger.head().hash ? "legal: the platform has all" : "platform differs";
}
