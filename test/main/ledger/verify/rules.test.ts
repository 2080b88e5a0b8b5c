import { generateKeyPairSync } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { verifyLedger } from "../../../../main/ledger/verify/verify.ts";
import { temporaryFolder } from "../support.ts";
import { forgedExport, type Forged, loot, type Loot } from "./forge.ts";
import { nth, openShop } from "./shop.ts";

/**
 * A closed till with a day in it: 1 ledger.opened, 2 shift.opened, 3 sale, 4 to 7 a wallet payment and its sale, 8 the refund
 * of the first, 9 and 10 the end of the shift and the next one, 11 sale, 12 and 13 the end of that one and the next.
 */
function makeDay(): Loot {
  const shop = openShop("rules", join(temporaryFolder(), "till"));
  shop.openShift(500);
  const sale = shop.sell(1130);
  shop.sellByWallet(2260);
  shop.refund(sale);
  shop.closeShift(400);
  shop.sell(330);
  shop.closeShift(730);
  shop.ledger.close();
  return loot(shop.folder);
}

let made: Loot | undefined;

/** The day is the same for every test, and made once. */
function day(): Loot {
  return (made ??= makeDay());
}

/** What is found in a day whose entries were changed, chained and signed anew with the till's own key. */
async function foundIn(change: (entries: Forged[]) => Forged[] | void) {
  return (await verifyLedger({ export: forgedExport(day(), change) })).findings;
}

function set(entry: Forged, changes: Record<string, unknown>): void {
  Object.assign(entry.body, changes);
}

/** Puts the totals of all time into the day's two reports, as newer tills write them. */
function withTotals(
  entries: Forged[],
  first: Record<string, unknown> = {},
  second: Record<string, unknown> = {},
): void {
  const totals = { refunds: 1, refundsMinor: 1130 };
  set(nth(entries, "shift.closed"), {
    perpetual: { zNumber: 1, sales: 2, salesMinor: 3390, ...totals, ...first },
  });
  set(nth(entries, "shift.closed", 1), {
    perpetual: { zNumber: 2, sales: 3, salesMinor: 3720, ...totals, ...second },
  });
}

test("a day that is chained and signed anew without a change is found whole, with and without totals of all time", async () => {
  expect(await foundIn(() => {})).toEqual([]);
  expect(await foundIn((entries) => withTotals(entries))).toEqual([]);
});

test("a shop whose books do not balance in one entry is told which, and by how much", async () => {
  const found = await foundIn((entries) => {
    (nth(entries, "sale.settled").body["postings"] as { amountMinor: number }[])[0]!.amountMinor += 5;
  });
  const params = { currency: "CNY", differenceMinor: 5 };
  expect(found).toEqual([{ seq: 3, reason: "postings", params }]);
});

test("a receipt number that was left out, or used twice, is named at its entry", async () => {
  const left = await foundIn((entries) => set(nth(entries, "sale.settled", 1), { receiptNumber: 9 }));
  expect(left[0]).toEqual({ seq: 7, reason: "receipt-number", params: { found: 9, expected: 2 } });
  const twice = await foundIn((entries) => set(nth(entries, "refund.settled"), { receiptNumber: 2 }));
  expect(twice[0]).toEqual({ seq: 8, reason: "receipt-number", params: { found: 2, expected: 3 } });
});

test("an entry, or a sale, that stands there twice is named where it comes again", async () => {
  const entry = await foundIn((entries) => {
    nth(entries, "refund.settled").id = nth(entries, "sale.settled").id;
  });
  expect(entry[0]).toMatchObject({ seq: 8, reason: "id-repeated" });
  const sale = await foundIn((entries) => {
    set(nth(entries, "sale.settled", 2), { saleId: nth(entries, "sale.settled").body["saleId"] });
  });
  expect(sale).toMatchObject([{ seq: 11, reason: "id-repeated" }]);
});

const money = { statedMinor: 2261, countedMinor: 2260, currency: "CNY" };

test.each<[string, number, object, (entries: Forged[]) => Forged[] | void]>([
  ["paid without having been sent", 5, { from: "created", to: "paid" }, (entries) => entries.toSpliced(4, 1)],
  [
    "sent after it was declined",
    6,
    { from: "declined", to: "paid" },
    (entries) => {
      nth(entries, "payment.sent").type = "payment.declined";
      set(nth(entries, "payment.declined"), { code: "card.empty" });
    },
  ],
  ["never begun", 4, { from: "none", to: "sent", number: "" }, (entries) => entries.toSpliced(3, 1)],
  [
    "paid twice",
    9,
    { from: "paid", to: "paid" },
    (entries) => {
      const { paymentId, saleId } = nth(entries, "payment.sent").body;
      const reversing = { ...nth(entries, "payment.sent"), id: again(1), type: "payment.reversing" };
      const paid = { ...nth(entries, "payment.paid"), id: again(2) };
      return entries.toSpliced(7, 0, { ...reversing, body: { paymentId, saleId, reason: "late" } }, paid);
    },
  ],
  ["paid with another amount", 6, money, (entries) => set(nth(entries, "payment.paid"), { amountMinor: 2261 })],
  [
    "counted with another amount in its sale",
    7,
    { to: "sale", ...money },
    (entries) => {
      tenderOf(nth(entries, "sale.settled", 1)).amountMinor = 2261;
    },
  ],
  [
    "used for a sale although it was not paid",
    6,
    { from: "sent", to: "sale", number: "12345678" },
    (entries) => entries.toSpliced(5, 1),
  ],
  [
    "used for two sales",
    11,
    { from: "used", to: "sale" },
    (entries) => {
      set(nth(entries, "sale.settled", 2), { tenders: nth(entries, "sale.settled", 1).body["tenders"] });
    },
  ],
])("a payment that was %s is named at that entry, with its number", async (_, seq, params, change) => {
  const found = await foundIn(change);
  expect(found.filter(({ reason }) => reason === "payment-state")[0]).toMatchObject({ seq, params });
});

function again(count: number): string {
  return `018f0000-0000-7000-8000-00000000000${count}`;
}

function tenderOf(sale: Forged): { amountMinor: number } {
  return (sale.body["tenders"] as { amountMinor: number }[])[0] ?? { amountMinor: 0 };
}

test("a sale that was given back for more than it came to, or twice, is named at the refund", async () => {
  const more = await foundIn((entries) =>
    set(nth(entries, "refund.settled"), { totalMinor: 1131, paidOutMinor: 1131 }),
  );
  const params = { receipt: "1-3", statedMinor: 1131, countedMinor: 1130, currency: "CNY" };
  expect(more[0]).toEqual({ seq: 8, reason: "refund", params });
  const twice = await foundIn((entries) => {
    const refund = structuredClone(nth(entries, "refund.settled"));
    set(refund, { refundId: again(1), receiptNumber: 4, receiptCode: "1-4" });
    set(nth(entries, "sale.settled", 2), { receiptNumber: 5 });
    return entries.toSpliced(8, 0, { ...refund, id: again(2) });
  });
  expect(twice[0]).toMatchObject({ seq: 9, reason: "refund", params: { receipt: "1-4", countedMinor: 0 } });
});

test("a sale of nothing can be given back once", async () => {
  const shop = openShop("nothing", join(temporaryFolder(), "till"));
  shop.refund(shop.sell(0));
  shop.ledger.close();
  expect((await verifyLedger({ folder: shop.folder })).findings).toEqual([]);
});

test.each([
  ["sales", 1, 2],
  ["salesMinor", 1130, 3390],
  ["refunds", 0, 1],
  ["refundsMinor", 1, 1130],
  ["cashMinor", 1, 0],
  ["walletMinor", 1, 2260],
  ["commissionMinor", 1, 7],
  ["expectedCashMinor", 501, 500],
  ["differenceMinor", 1, -100],
  ["fromSeq", 3, 2],
])(
  "a Z report that says something else for %s than its shift is named, with both figures",
  async (figure, stated, counted) => {
    const found = await foundIn((entries) => set(nth(entries, "shift.closed"), { [figure]: stated }));
    const params = figure.endsWith("Minor")
      ? { figure, statedMinor: stated, countedMinor: counted, currency: "CNY" }
      : { figure, stated, counted };
    expect(found).toEqual([{ seq: 9, reason: "shift-report", params }]);
  },
);

test("a Z report that books the drawer otherwise than it counts it, or closes a shift that is not open, is named", async () => {
  const booked = await foundIn((entries) => {
    const legs = nth(entries, "shift.closed").body["postings"] as { account: string; amountMinor: number }[];
    legs.forEach((leg) => (leg.amountMinor += leg.account === "float" ? 1 : leg.account === "over-short" ? -1 : 0));
  });
  expect(booked).toMatchObject([{ seq: 9, reason: "shift-report", params: { figure: "postingsMinor" } }]);
  const twice = await foundIn((entries) => {
    set(nth(entries, "shift.closed", 1), { shift: nth(entries, "shift.closed").body["shift"] });
  });
  expect(twice).toMatchObject([{ seq: 12, reason: "shift-report", params: { figure: "shift" } }]);
});

test("totals of all time that skip, shrink, vanish or start over are named at the report", async () => {
  const changed = async (first: object, second: object) => {
    const found = await foundIn((entries) => withTotals(entries, { ...first }, { ...second }));
    expect(found.map(({ reason }) => reason)).toEqual(["running-total"]);
    return found[0];
  };
  const stated = { statedMinor: 3719, countedMinor: 3720, currency: "CNY" };
  expect(await changed({}, { salesMinor: 3719 })).toMatchObject({
    seq: 12,
    params: { figure: "salesMinor", ...stated },
  });
  expect(await changed({}, { sales: 1 })).toMatchObject({
    seq: 12,
    params: { figure: "sales", stated: 1, counted: 3 },
  });
  expect(await changed({}, { refunds: 0 })).toMatchObject({ seq: 12, params: { figure: "refunds" } });
  expect(await changed({}, { zNumber: 3 })).toMatchObject({ seq: 12, params: { figure: "zNumber", counted: 2 } });
  const gone = await foundIn((entries) => {
    withTotals(entries);
    delete nth(entries, "shift.closed", 1).body["perpetual"];
  });
  expect(gone).toMatchObject([{ seq: 12, reason: "running-total", params: { figure: "missing" } }]);
});

test("totals of all time begin after reports of an older version, and behind those of the ledger before", async () => {
  const late = await foundIn((entries) => {
    withTotals(entries);
    delete nth(entries, "shift.closed").body["perpetual"];
  });
  expect(late).toEqual([]);
  const perpetual = { zNumber: 40, sales: 100, salesMinor: 100_000, refunds: 3, refundsMinor: 300 };
  const follow = (entries: Forged[], changes: Record<string, unknown>) => {
    const follows = {
      ledger: again(9),
      seq: 77,
      hash: "a".repeat(64),
      reason: "key-missing",
      receiptNumber: 0,
      perpetual,
    };
    set(nth(entries, "ledger.opened"), { follows: { ...follows, ...changes } });
  };
  const behind = await foundIn((entries) => {
    follow(entries, {});
    const totals = { refunds: 4, refundsMinor: 1430 };
    withTotals(
      entries,
      { zNumber: 41, sales: 102, salesMinor: 103_390, ...totals },
      { zNumber: 42, sales: 103, salesMinor: 103_720, ...totals },
    );
  });
  expect(behind).toEqual([]);
  const anew = await foundIn((entries) => {
    follow(entries, {});
    withTotals(entries);
  });
  expect(anew[0]).toMatchObject({ seq: 9, reason: "running-total", params: { figure: "zNumber", counted: 41 } });
  const notKnown = await foundIn((entries) => {
    follow(entries, { perpetual });
    delete (nth(entries, "ledger.opened").body["follows"] as Record<string, unknown>)["perpetual"];
    withTotals(entries, { zNumber: 12, salesMinor: 5000 }, { zNumber: 13, salesMinor: 5330 });
  });
  expect(notKnown).toEqual([]);
});

test("receipts behind an older ledger go on after its last one, and a number that was used there is named", async () => {
  const behind = (receiptNumber: number) =>
    foundIn((entries) => {
      const follows = { ledger: again(9), seq: 77, hash: "a".repeat(64), reason: "damaged", receiptNumber };
      set(nth(entries, "ledger.opened"), { follows });
      for (const { type, body } of entries) {
        if (type.endsWith(".settled")) body["receiptNumber"] = Number(body["receiptNumber"]) + 500;
      }
    });
  expect(await behind(500)).toEqual([]);
  expect(await behind(480)).toEqual([]);
  expect((await behind(501))[0]).toMatchObject({ seq: 3, reason: "receipt-number", params: { found: 501 } });
});

test("entries that an honest newer version wrote are no errors, nor is a report that could not read them", async () => {
  const newer = (type: string, body: Record<string, unknown>) => (entries: Forged[]) => {
    set(nth(entries, "shift.closed", 1), { fromSeq: 11 });
    return entries.toSpliced(7, 0, { ...nth(entries, "sale.settled"), id: again(3), type, body });
  };
  const postings = [
    { account: "voucher", amountMinor: 100, currency: "CNY" },
    { account: "cash:1", amountMinor: -100, currency: "CNY" },
  ];
  // The refund that follows is found in its place all the same.
  const shifted = (entries: Forged[]) => {
    for (const { type, body } of entries) if (type === "refund.settled") body["receiptNumber"] = 4;
    nth(entries, "sale.settled", 2).body["receiptNumber"] = 5;
  };
  expect(await foundIn(newer("cash.moved", { amountMinor: 100, postings }))).toEqual([]);
  expect(await foundIn(newer("payment.accepted-offline", { paymentId: again(4), saleId: again(5) }))).toEqual([]);
  const exchanged = await foundIn((entries) => {
    shifted(entries);
    return newer("sale.exchanged", { receiptNumber: 3, postings })(entries);
  });
  expect(exchanged).toEqual([]);
  const format = await foundIn((entries) => {
    nth(entries, "sale.settled", 1)["format"] = 2;
    nth(entries, "sale.settled", 1).body["tenders"] = { by: "nobody knows" };
  });
  expect(format).toEqual([]);
  const unread = await foundIn((entries) => {
    set(nth(entries, "sale.settled", 1), { loyalty: { points: 3 } });
    set(nth(entries, "shift.closed"), { unread: 1, sales: 1, salesMinor: 1130, walletMinor: 0 });
  });
  expect(unread).toEqual([]);
});

test("training is in no report", async () => {
  const found = await foundIn((entries) => {
    nth(entries, "sale.settled", 2).training = true;
    const body = { sales: 0, salesMinor: 0, cashMinor: 0, expectedCashMinor: 400, differenceMinor: 330 };
    set(nth(entries, "shift.closed", 1), body);
    const legs = nth(entries, "shift.closed", 1).body["postings"] as { account: string; amountMinor: number }[];
    legs.forEach((leg) => (leg.amountMinor = leg.account === "float" ? 730 : -400));
    legs.push({ account: "over-short", amountMinor: -330, currency: "CNY" } as (typeof legs)[number]);
    withTotals(entries, {}, { sales: 2, salesMinor: 3390 });
  });
  expect(found).toEqual([]);
});

test("a body that lacks what its type has always had, a first entry without a key and a foreign key are named", async () => {
  const lacking = await foundIn((entries) => void delete nth(entries, "sale.settled").body["totalMinor"]);
  expect(lacking[0]).toEqual({ seq: 3, reason: "unreadable", params: {} });
  const first = await foundIn((entries) => entries.slice(1));
  expect(first).toEqual([{ seq: 1, reason: "opening", params: {} }]);
  const file = forgedExport(day(), (entries) => {
    set(nth(entries, "ledger.opened"), { publicKey: "f".repeat(64) });
  });
  expect((await verifyLedger({ export: file })).firstBroken).toMatchObject({ seq: 1, reason: "opening" });
});

test("one wrong entry does not hide a later one, and what stands behind a wrong signature is not told as the till's", async () => {
  const wrongReports = (entries: Forged[]) => {
    set(nth(entries, "shift.closed"), { sales: 7 });
    set(nth(entries, "shift.closed", 1), { sales: 7 });
  };
  const both = await foundIn(wrongReports);
  expect(both.map(({ seq, reason }) => `${seq} ${reason}`)).toEqual(["9 shift-report", "12 shift-report"]);
  const file = forgedExport(day(), wrongReports);
  const lines = readFileSync(file, "utf8").split("\n");
  const signature = /"signature":"[0-9a-f]{128}"/;
  const [ofFirst = ""] = signature.exec(lines[0] ?? "") ?? [];
  writeFileSync(file, lines.with(9, (lines[9] ?? "").replace(signature, ofFirst)).join("\n"));
  const result = await verifyLedger({ export: file });
  expect(result.findings.map(({ seq, reason }) => `${seq} ${reason}`)).toEqual(["9 shift-report", "10 signature"]);
  expect(result).toMatchObject({ ok: false, entries: 9, head: { seq: 9 } });
});

// Somebody has a copy of the ledger but not its key, or brings a key of their own.
test("a tail that is chained anew and signed with another key is named where it begins, whatever key it claims", async () => {
  const other = generateKeyPairSync("ed25519").privateKey;
  const { key } = day();
  const raised = (entries: Forged[]) => set(nth(entries, "sale.settled", 1), { totalMinor: 1 });
  const file = forgedExport({ ...day(), key: { ...key, privateKey: other } }, raised);
  const honest = readFileSync(
    forgedExport(day(), () => {}),
    "utf8",
  ).split("\n");
  const forged = readFileSync(file, "utf8").split("\n");
  writeFileSync(file, [...honest.slice(0, 6), ...forged.slice(6)].join("\n"));
  expect(await verifyLedger({ export: file })).toMatchObject({
    entries: 6,
    firstBroken: { seq: 7, reason: "signature" },
  });
  const renamed = forged.map((line) => line.replace(key.keyId, "0123456789abcdef"));
  writeFileSync(file, [...honest.slice(0, 6), ...renamed.slice(6)].join("\n"));
  expect((await verifyLedger({ export: file })).firstBroken).toMatchObject({ seq: 7, reason: "unknown-key" });
});
