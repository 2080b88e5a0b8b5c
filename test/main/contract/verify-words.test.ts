import { expect, test } from "vitest";
import type { Locale } from "../../../main/contract/snapshot.ts";
import { type VerifyCatalogue, verifyReasons } from "../../../main/contract/words/verify-catalogue.ts";
import { severityOf, verifyWords, wordsOfBroken } from "../../../main/contract/words/verify-words.ts";
import { type Broken, brokenReasons } from "../../../main/ledger/verify/reasons.ts";

const languages: readonly Locale[] = ["en", "zh-CN"];

function placeholders(sentence: string): string[] {
  return [...new Set([...sentence.matchAll(/\{(\w+)\}/g)].map((found) => found[1] ?? ""))].sort();
}

/** One finding for each reason, with what the verifier gives for it. */
const findings: readonly Broken[] = [
  ...(["unreadable", "not-canonical", "sequence", "other-ledger", "columns-differ", "previous-hash"] as const).map(
    plain,
  ),
  ...(["stored-hash", "opening", "unknown-key", "signature"] as const).map(plain),
  { seq: 12, reason: "id-repeated", params: { id: "018f0000-0000-7000-8000-000000000000" } },
  { seq: 12, reason: "postings", params: { currency: "CNY", differenceMinor: 5 } },
  { seq: 12, reason: "receipt-number", params: { found: 9, expected: 2 } },
  { seq: 12, reason: "payment-state", params: { number: "12345678", from: "declined", to: "paid" } },
  {
    seq: 12,
    reason: "payment-state",
    params: { number: "12345678", statedMinor: 1, countedMinor: 2, currency: "CNY" },
  },
  { seq: 12, reason: "refund", params: { receipt: "1-3", statedMinor: 1131, countedMinor: 1130, currency: "CNY" } },
  {
    seq: 12,
    reason: "shift-report",
    params: { figure: "salesMinor", statedMinor: 150_000, countedMinor: 1130, currency: "CNY" },
  },
  { seq: 12, reason: "running-total", params: { figure: "zNumber", stated: 3, counted: 2 } },
  { seq: 12, reason: "running-total", params: { figure: "missing", stated: 0, counted: 1 } },
  { seq: 0, reason: "database-damaged", params: { detail: "Tree 4 page 7: btreeInitPage() returns error code 11" } },
  { seq: 12, reason: "behind-mark", params: { receipt: "1-3" } },
  plain("mark-differs"),
  { seq: 1, reason: "follows-differs", params: { ledger: "018f", what: "less", stated: 3, counted: 2 } },
  { seq: 0, reason: "schema-differs", params: { object: "journal_refuses_update" } },
  { seq: 12, reason: "private-value", params: { name: "note" } },
  { seq: 12, reason: "projection-differs", params: { table: "sales" } },
  { seq: 0, reason: "working-state", params: { table: "settings", rows: 1 } },
];

function plain(reason: Broken["reason"]): Broken {
  return { seq: 12, reason, params: {} };
}

test("every reason of the verifier has words in both languages, with the same values, as whole sentences", () => {
  expect([...verifyReasons].sort()).toEqual([...brokenReasons].sort());
  const [en, zhCN] = languages.map(verifyWords) as [VerifyCatalogue, VerifyCatalogue];
  for (const reason of brokenReasons) {
    for (const part of ["happened", "safe", "todo"] as const) {
      expect(en.reasons[reason][part], reason).toMatch(/\.$/);
      expect(zhCN.reasons[reason][part], reason).toMatch(/。$/);
      expect(placeholders(zhCN.reasons[reason][part]), reason).toEqual(placeholders(en.reasons[reason][part]));
    }
  }
  for (const list of ["figures", "states", "differences", "tables", "variants"] as const) {
    expect(Object.keys(zhCN[list]), list).toEqual(Object.keys(en[list]));
  }
});

test.each(languages)("whatever was found, the sentences have no hole and no code in them (%s)", (locale) => {
  expect(new Set(findings.map(({ reason }) => reason)).size).toBe(brokenReasons.length);
  for (const finding of findings) {
    const { happened, safe, todo } = wordsOfBroken(finding, locale);
    for (const sentence of [happened, safe, todo]) {
      expect(sentence).not.toMatch(/[{}–]|undefined|Minor|zNumber/);
      expect(sentence).not.toMatch(/\b(sorry|invalid|failed|please|null|exception)\b|!|抱歉|异常|！/i);
    }
  }
});

test("amounts stand there as people write them, in the scale of their currency", () => {
  const report = (currency: string) =>
    wordsOfBroken(
      {
        seq: 9,
        reason: "shift-report",
        params: { figure: "salesMinor", statedMinor: 150_000, countedMinor: 0, currency },
      },
      "en",
    ).happened;
  expect(report("CNY")).toMatch(/1,500\.00 for sales/);
  expect(report("JPY")).toMatch(/150,000 for sales/);
  expect(report("XXX")).toMatch(/150000 for sales/);
});

// A till that was put back to an older version shows what a newer one had found.
test("a reason of another version has the words of any damage, and stops the selling", () => {
  const found = wordsOfBroken({ seq: 9, reason: "of-tomorrow" }, "en");
  expect(found.happened).toBe("The ledger on this till does not pass its own check.");
  expect(severityOf("of-tomorrow")).toBe("stop");
  expect(severityOf("toString")).toBe("stop");
  expect(["signature", "shift-report", "projection-differs"].map(severityOf)).toEqual(["stop", "ask", "mend"]);
});
