import { hash, verify, createPublicKey } from "node:crypto";
import { expect, test } from "vitest";
import { entryFieldsSchema, entrySigningBytes } from "../../../sync/protocol/entry.ts";
import { codeThrownBy, handClock, openTestLedger, seededIds, startMs, temporaryFolder } from "./support.ts";
import { cashSale } from "./sales.ts";

test("an entry is chained, hashed and signed over the text that is stored, so the platform can check it alone", () => {
  const ledger = openTestLedger(temporaryFolder());
  const [entry] = ledger.append([{ ...cashSale(ledger, seededIds("a")), person: "p1" }]);
  const opened = ledger.entry(1);
  const fields = entryFieldsSchema.parse(JSON.parse(entry?.text ?? ""));
  expect(fields).toMatchObject({
    format: 1,
    ledger: ledger.identity.ledger,
    seq: 2,
    person: "p1",
    time: "2026-11-20T14:32:09.120+08:00",
    businessDay: "2026-11-20",
    training: false,
    previous: opened?.hash,
  });
  expect(entry?.hash).toBe(hash("sha256", entry?.text ?? "", "hex"));
  expect(ledger.head()).toEqual({ seq: 2, hash: entry?.hash });
  const x = Buffer.from(ledger.identity.publicKey, "hex").toString("base64url");
  const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
  const signed = entrySigningBytes(Buffer.from(entry?.hash ?? "", "hex"));
  expect(verify(null, signed, key, Buffer.from(entry?.signature ?? "", "hex"))).toBe(true);
  expect(ledger.entry(2)).toEqual(entry);
});

test("the same sale given twice is stored once, so a retry after a crash charges nobody twice", () => {
  const ledger = openTestLedger(temporaryFolder());
  const sale = cashSale(ledger, seededIds("a"));
  let workRuns = 0;
  const first = ledger.append([sale], () => (workRuns += 1));
  const second = ledger.append([sale], () => (workRuns += 1));
  expect(second).toEqual(first);
  expect(workRuns).toBe(1);
  expect(ledger.head().seq).toBe(2);
  expect(ledger.append([sale, sale])).toEqual([first[0], first[0]]);
});

test("a retry is known whatever order the ids were made in, also after a call that was refused in between", () => {
  const folder = temporaryFolder();
  const ledger = openTestLedger(folder);
  const ids = seededIds("a");
  const [early, late, latest] = [cashSale(ledger, ids), cashSale(ledger, ids), cashSale(ledger, ids)];
  const next = (sale: typeof early) => {
    const receiptNumber = ledger.nextReceiptNumber();
    return { ...sale, body: { ...sale.body, receiptNumber, receiptCode: `1-${receiptNumber}` } };
  };
  const lateSale = next(late);
  const stored = [...ledger.append([lateSale])];
  const earlySale = next(early);
  stored.push(...ledger.append([earlySale]));
  const refuse = () => {
    throw new Error("the printer part failed");
  };
  expect(() => ledger.append([next(latest)], refuse)).toThrow("the printer part failed");
  expect(ledger.append([lateSale, earlySale])).toEqual(stored);
  ledger.close();
  const after = openTestLedger(folder);
  expect(after.append([lateSale, earlySale])).toEqual(stored);
  expect(after.head().seq).toBe(3);
});

test("an id that stands for something else is refused, so no sale can take another's place", () => {
  const ledger = openTestLedger(temporaryFolder());
  const sale = cashSale(ledger, seededIds("a"));
  ledger.append([sale]);
  const other = { ...sale, body: { ...sale.body, catalogCursor: 2 } };
  expect(codeThrownBy(() => ledger.append([other]))).toBe("ledger.id-used");
  const incident = { id: sale.id, type: "incident", body: { code: "x", detail: "" } } as const;
  expect(codeThrownBy(() => ledger.append([incident]))).toBe("ledger.id-used");
  expect(ledger.head().seq).toBe(2);
});

test("postings that do not sum to zero in each currency are refused, so the books always balance", () => {
  const ledger = openTestLedger(temporaryFolder());
  const sale = cashSale(ledger, seededIds("a"));
  const refused = (postings: typeof sale.body.postings) =>
    codeThrownBy(() => ledger.append([{ ...sale, body: { ...sale.body, postings } }]));
  const leg = (account: string, amountMinor: number, currency: "CNY" | "JPY" = "CNY") => {
    return { account, amountMinor, currency };
  };
  expect(refused([leg("cash:1", 100), leg("sales:a", -99)])).toBe("ledger.unbalanced");
  expect(refused([leg("cash:1", 100), leg("sales:a", -100, "JPY")])).toBe("ledger.unbalanced");
  // Doubles would add these up to zero.
  const huge = Number.MAX_SAFE_INTEGER;
  expect(refused([leg("cash:1", huge), leg("cash:1", huge), leg("a", -huge), leg("b", -huge), leg("c", 1)])).toBe(
    "ledger.unbalanced",
  );
  expect(ledger.head().seq).toBe(1);
  expect(ledger.balances()).toEqual([]);
});

test("amounts up to 2^53-1 come back to the cent, and larger sums are refused instead of rounded", () => {
  const ledger = openTestLedger(temporaryFolder());
  const ids = seededIds("a");
  const half = (Number.MAX_SAFE_INTEGER - 1) / 2;
  const shift = (amountMinor: number) => {
    const body = { shift: ids.uuid(), drawer: "1", floatMinor: amountMinor, currency: "CNY" as const };
    const postings = [
      { account: "cash:1", amountMinor, currency: "CNY" as const },
      { account: "float", amountMinor: -amountMinor, currency: "CNY" as const },
    ];
    return { id: ids.uuid(), type: "shift.opened" as const, body: { ...body, postings } };
  };
  ledger.append([shift(half)]);
  expect(ledger.balances()).toContainEqual({ account: "cash:1", currency: "CNY", amountMinor: half });
  expect(ledger.openShift()?.floatMinor).toBe(half);
  ledger.append([shift(half), shift(half)]);
  expect(codeThrownBy(() => ledger.balances())).toBe("ledger.damaged");
});

test("a body that its type does not allow is never stored", () => {
  const ledger = openTestLedger(temporaryFolder());
  const sale = cashSale(ledger, seededIds("a"));
  expect(() => ledger.append([{ ...sale, body: { ...sale.body, totalMinor: 19.99 } }])).toThrow();
  expect(() => ledger.append([{ ...sale, id: "not-an-id" }])).toThrow();
  expect(() =>
    ledger.append([{ ...sale, body: { ...sale.body, receiptNumber: 1 } }, cashSale(ledger, seededIds("b"))]),
  ).toThrow();
  expect(ledger.head().seq).toBe(1);
  expect(ledger.nextReceiptNumber()).toBe(1);
});

test("entries, balances and working state are kept together or not at all", () => {
  const ledger = openTestLedger(temporaryFolder());
  const ids = seededIds("a");
  ledger.openBasket.save("goods");
  const fail = () => {
    ledger.openBasket.clear();
    throw new Error("the printer part failed");
  };
  expect(() => ledger.append([cashSale(ledger, ids)], fail)).toThrow("the printer part failed");
  expect(ledger.openBasket.read()).toBe("goods");
  expect(ledger.head().seq).toBe(1);
  expect(ledger.balances()).toEqual([]);
  ledger.append([cashSale(ledger, ids)], () => ledger.openBasket.clear());
  expect(ledger.openBasket.read()).toBeUndefined();
  expect(ledger.head().seq).toBe(2);
  expect(() => ledger.append([cashSale(ledger, ids)], () => void ledger.append([cashSale(ledger, ids)]))).toThrow();
});

test("a business day begins at its first stored entry, also when the first that was tried was refused", () => {
  const clock = handClock();
  const ledger = openTestLedger(temporaryFolder(), { clock });
  const ids = seededIds("a");
  ledger.append([cashSale(ledger, ids)]);
  clock.nowMs += 24 * 3_600_000;
  const refuse = () => {
    throw new Error("the printer part failed");
  };
  expect(() => ledger.append([cashSale(ledger, ids)], refuse)).toThrow();
  expect(ledger.firstSeqOf("2026-11-21")).toBeUndefined();
  ledger.append([cashSale(ledger, ids)]);
  ledger.append([cashSale(ledger, ids)]);
  expect([ledger.firstSeqOf("2026-11-20"), ledger.firstSeqOf("2026-11-21")]).toEqual([1, 3]);
});

test("a clock that goes back is told in an entry and never stops a sale", () => {
  const clock = handClock();
  const ledger = openTestLedger(temporaryFolder(), { clock });
  const ids = seededIds("a");
  clock.nowMs = startMs - 900;
  ledger.append([cashSale(ledger, ids)]);
  expect(ledger.entry(2)?.type).toBe("sale.settled");
  clock.nowMs = startMs - 3_600_000;
  const [sale] = ledger.append([cashSale(ledger, ids)]);
  expect(sale?.seq).toBe(4);
  expect(JSON.parse(ledger.entry(3)?.text ?? "")).toMatchObject({
    type: "clock.jumped",
    body: { from: "2026-11-20T14:32:09.120+08:00", to: "2026-11-20T13:32:09.120+08:00", backMs: 3_600_000 },
  });
  ledger.append([cashSale(ledger, ids)]);
  expect(ledger.entry(5)?.type).toBe("sale.settled");
});

test("a zero that a subtraction made negative is a zero, so a sale without tax is not refused", () => {
  const ledger = openTestLedger(temporaryFolder());
  const sale = cashSale(ledger, seededIds("a"), 0);
  const [entry] = ledger.append([sale]);
  expect(sale.body.postings.some(({ amountMinor }) => Object.is(amountMinor, -0))).toBe(true);
  expect(entry?.seq).toBe(2);
  expect(ledger.append([sale])).toEqual([entry]);
});
