import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { verifyLedger } from "../../../../main/ledger/verify/verify.ts";
import { openShop, type Shop } from "./shop.ts";
import { declinedPayment, reversedPayment, sellWithNote } from "./whole-till.ts";

/** What an honest till does in a day. */
const happening = fc.oneof(
  fc.record({ kind: fc.constant("sale" as const), totalMinor: fc.integer({ min: 0, max: 1_000_000 }) }),
  fc.record({ kind: fc.constant("wallet" as const), totalMinor: fc.integer({ min: 8, max: 1_000_000 }) }),
  fc.record({ kind: fc.constant("reversed" as const), isBooked: fc.boolean() }),
  fc.record({ kind: fc.constant("shift" as const), countedMinor: fc.nat(1_000_000) }),
  fc.record({ kind: fc.constant("note" as const), isRemoved: fc.boolean() }),
  fc.record({
    kind: fc.constantFrom("refund" as const, "declined" as const, "enrolment" as const, "restart" as const),
  }),
);

type Happening = typeof happening extends fc.Arbitrary<infer Value> ? Value : never;

interface Day {
  shop: Shop;
  /** Sales that may still be given back. */
  sales: ReturnType<Shop["makeSale"]>[];
  isShiftOpen: boolean;
  notes: { kept: number; removed: number };
}

function happen(day: Day, event: Happening): void {
  const { shop, sales } = day;
  switch (event.kind) {
    case "sale":
      sales.push(shop.sell(event.totalMinor));
      break;
    case "wallet":
      shop.sellByWallet(event.totalMinor);
      break;
    case "refund": {
      const sale = sales.shift();
      if (sale !== undefined) shop.refund(sale);
      break;
    }
    case "declined":
      declinedPayment(shop);
      break;
    case "reversed":
      reversedPayment(shop, event.isBooked);
      break;
    case "shift":
      if (day.isShiftOpen) shop.closeShift(event.countedMinor);
      else shop.openShift(event.countedMinor);
      day.isShiftOpen = true;
      break;
    case "note": {
      const { id } = sellWithNote(shop);
      if (event.isRemoved) shop.ledger.privateValues.forget(id);
      day.notes[event.isRemoved ? "removed" : "kept"] += 1;
      break;
    }
    case "enrolment":
      shop.enrol();
      break;
    case "restart":
      shop.restart();
      break;
    default:
  }
}

test(
  "whatever an honest till does, its ledger verifies clean, with its older days and as an export",
  { timeout: 60_000 },
  async () => {
    let run = 0;
    const property = fc.asyncProperty(fc.array(happening, { maxLength: 25 }), async (happenings) => {
      const folder = mkdtempSync(join(tmpdir(), "suanpan-verify-honest-"));
      const shop = openShop(`honest ${(run += 1)}`, folder);
      try {
        const day: Day = { shop, sales: [], isShiftOpen: false, notes: { kept: 0, removed: 0 } };
        for (const event of happenings) happen(day, event);
        const { seq, hash } = shop.ledger.head();
        const file = join(folder, "export.jsonl");
        writeFileSync(file, [...shop.ledger.exportLines()].join(""));
        shop.ledger.close();
        const whole = { ok: true, entries: seq, head: { seq, hash }, findings: [], findingCount: 0 };
        const { kept, removed: removedCount } = day.notes;
        expect(await verifyLedger({ folder })).toMatchObject({ ...whole, privateValues: { kept, removedCount } });
        expect(await verifyLedger({ export: file })).toMatchObject(whole);
      } finally {
        shop.ledger.close();
        rmSync(folder, { recursive: true, force: true });
      }
    });
    await fc.assert(property, { numRuns: 30, seed: 20_261_121 });
  },
);
