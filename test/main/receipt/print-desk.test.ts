import { expect, test } from "vitest";
import type { ReceiptDocument } from "../../../devices/printer/document.ts";
import type { PrintResult } from "../../../devices/printer/print-result.ts";
import { printerProfile } from "../../../devices/printer/profiles.ts";
import type { NewEntry } from "../../../main/ledger/entries.ts";
import { PrintDesk } from "../../../main/receipt/print-desk.ts";
import { openTestLedger, temporaryFolder } from "../ledger/support.ts";

const saleId = "0192f3c0-0000-7000-8000-000000000001";
const short: ReceiptDocument = [{ kind: "text", text: "Tea" }, { kind: "cut" }];

/** A desk over a real ledger whose printer ends each job as the test says. */
function makeDesk(document: ReceiptDocument = short) {
  const ledger = openTestLedger(temporaryFolder());
  const profile = printerProfile("gb18030-80mm");
  if (profile === undefined) throw new Error("There is no such profile");
  const sent: string[] = [];
  const ends: ((result: PrintResult) => void)[] = [];
  const failures: unknown[] = [];
  let ids = 0;
  const newId = () => `0192f3c0-0000-7000-8000-${String((ids += 1)).padStart(12, "0")}`;
  const options = {
    printer: {
      profile,
      print(job: { id: string }) {
        sent.push(job.id);
        return new Promise<PrintResult>((resolve) => ends.push(resolve));
      },
      openDrawer: () => Promise.resolve(result("printed")),
    },
    jobs: ledger.printJobs,
    append: (entries: readonly NewEntry[], work?: () => void) => void ledger.append(entries, work),
    document: () => document,
    receiptCode: () => "1-1",
    printed: () => undefined,
    newId,
    now: () => "2026-11-20T14:32:09.120+08:00",
    changed: () => {},
    failed: (error: unknown) => void failures.push(error),
  };
  return { ledger, options, desk: new PrintDesk(options), sent, ends, failures };
}

function result(state: PrintResult["state"]): PrintResult {
  return { state, evidence: { kind: "process-id", detail: "" } } as PrintResult;
}

function types(ledger: ReturnType<typeof openTestLedger>): string[] {
  return ledger.entriesAfter(1, { maximumCount: 100, maximumBytes: 1_000_000 }).map(({ type }) => type);
}

// The receipt is made in the transaction that settles the sale. Where it cannot be made, the sale must stand all the same.
/** Before every job of these tests. */
const longAgo = "2000-01-01T00:00:00.000+08:00";

test("a receipt too long for the printer keeps no sale from being paid: it is told as not printed", () => {
  const endless = Array.from({ length: 3000 }, () => ({ kind: "text" as const, text: "x".repeat(40) }));
  const { desk, ledger, sent } = makeDesk(endless);
  let jobId = "";
  ledger.write(() => {
    jobId = desk.prepare(saleId);
  });
  desk.finishSale(saleId, jobId, false);
  expect(desk.stand(saleId)).toMatchObject({ print: "failed", fault: { code: "printer.document-refused" } });
  expect(sent).toEqual([]);
  expect(types(ledger)).toEqual(["receipt.failed"]);
});

test("a job of which no byte had left is printed by the next run; one that was under way is left to a person", async () => {
  const { desk, ledger, options, sent, ends } = makeDesk();
  const waiting = desk.prepare(saleId);
  const sending = desk.prepare("0192f3c0-0000-7000-8000-000000000002");
  ledger.printJobs.setState(sending, "sending", options.now());
  const next = new PrintDesk(options);
  next.resume(longAgo);
  expect(sent).toEqual([waiting]);
  expect(ledger.printJobs.job(sending)?.state).toBe("unknown");
  ends[0]?.(result("printed"));
  await new Promise((resolve) => setImmediate(resolve));
  expect(ledger.printJobs.job(waiting)?.state).toBe("printed");
  new PrintDesk(options).resume(longAgo);
  expect(sent).toEqual([waiting]);
  // Both are forgotten after their time, with the note in their bytes; that one was in doubt still stands in the journal.
  new PrintDesk(options).resume("2026-12-01T00:00:00.000+08:00");
  expect(ledger.printJobs.job(waiting)).toBeUndefined();
  expect(ledger.printJobs.job(sending)).toBeUndefined();
  expect(types(ledger)).toEqual(["receipt.printed", "receipt.printed"]);
});

// Two slips of one shift with two signatures are one too many.
test("a report is printed once for each press, and what stopped in between is told as it is and becomes a copy", async () => {
  const { desk, ledger, options, sent, ends } = makeDesk();
  const shift = "0192f3c0-0000-7000-8000-00000000000a";
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  const copies: number[] = [];
  const document = (copy: number) => {
    copies.push(copy);
    return short;
  };
  const press = (at: PrintDesk) => at.printReport(shift, document, at.stand(shift));
  press(desk);
  // A second press while the first is on its way.
  press(desk);
  expect(sent).toHaveLength(1);
  ends[0]?.(result("failed"));
  await settle();
  expect(desk.stand(shift)).toMatchObject({ print: "failed", copies: 1 });
  press(desk);
  expect(ledger.printJobs.job(sent[1] ?? "")).toMatchObject({ saleId: shift, state: "sending", kind: "receipt" });
  // The till stops here: nobody knows whether it came out.
  const next = new PrintDesk(options);
  next.resume(longAgo);
  expect(next.stand(shift)).toMatchObject({ print: "unknown" });
  press(next);
  ends[2]?.(result("printed"));
  await settle();
  expect(next.stand(shift)).toMatchObject({ print: "printed", copies: 2 });
  expect(copies).toEqual([1, 1, 2]);
  expect(types(ledger)).toEqual(["receipt.failed", "receipt.printed", "receipt.reprinted", "receipt.printed"]);
});

test("what the desk remembers of old sales is bound, however long the day", () => {
  const { desk } = makeDesk();
  for (let sale = 0; sale < 200; sale += 1) {
    const id = `0192f3c0-0000-7000-9000-${String(sale).padStart(12, "0")}`;
    desk.finishSale(id, desk.prepare(id), false);
  }
  expect(desk.stand("0192f3c0-0000-7000-9000-000000000000")).toBeUndefined();
  expect(desk.stand("0192f3c0-0000-7000-9000-000000000199")).toMatchObject({ print: "sending" });
});

// "Printer ready" over a printer that swallows receipts leaves a cashier to find out from the shopper.
test("a printer that says nothing about a receipt is not called ready until one has come out", async () => {
  const { desk, ends } = makeDesk();
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  expect(desk.printerIsSilent).toBe(false);
  desk.finishSale(saleId, desk.prepare(saleId), false);
  ends[0]?.({ ...result("unknown"), reason: { code: "printer.no-answer", params: {} } });
  await settle();
  expect(desk.printerIsSilent).toBe(true);
  desk.finishSale(saleId, desk.prepare(saleId), false);
  ends[1]?.(result("printed"));
  await settle();
  expect(desk.printerIsSilent).toBe(false);
});
