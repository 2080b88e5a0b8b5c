import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { encodeBase45 } from "../../../../sync/protocol/base45.ts";
import { describeWithVectors, readVector, vectorFiles } from "../../../support/vectors.ts";
import { found } from "./known.ts";

/** What a shop's reader may come across, as readers send it, and what it is. */
const examples: readonly (readonly [symbology: string, text: string, kind: string])[] = [
  ["]E0", "4006381333931", "gtin"],
  ["]E0", "0036000291452", "gtin"],
  ["]E4", "96385074", "gtin"],
  ["]E3", "977147396801200", "gtin"],
  ["]E3", "978044101498951299", "gtin"],
  ["]C0", "168901", "unknown"],
  ["]C0", "Code 128", "unknown"],
  ["]Q1", "MECARD:N:Somebody;TEL:+100;;", "unknown"],
  ["]Q1", "WIFI:T:WPA;S:shop;P:secret;;", "unknown"],
  ["]d1", "0123456789", "unknown"],
  ["]e0", "0198898765432106310300175010 12A".replace(" ", ""), "gs1"],
  ["]e0", "(01)90012345678908(3922)795", "unknown"],
  ["]Q1", "(01)90012345678908(3922)795", "gs1"],
];

test.each(examples)("%s %s is %s", (symbology, text, kind) => {
  expect(found({ text, symbology }).kind).toBe(kind);
});

const kindOfSet: Readonly<Record<string, { symbology?: string; kinds: readonly string[] }>> = {
  "code128-1": { symbology: "]C0", kinds: ["unknown"] },
  "datamatrix-1": { symbology: "]d1", kinds: ["unknown"] },
  "ean13-1": { symbology: "]E0", kinds: ["gtin"] },
  "ean13-4": { symbology: "]E0", kinds: ["gtin"] },
  "ean8-1": { symbology: "]E4", kinds: ["gtin"] },
  "qrcode-1": { symbology: "]Q1", kinds: ["unknown"] },
  "qrcode-3": { symbology: "]Q1", kinds: ["unknown"] },
  "qrcode-5": { symbology: "]Q1", kinds: ["unknown"] },
  "rssexpanded-1": { kinds: ["gs1"] },
  "upca-1": { symbology: "]E0", kinds: ["gtin"] },
  "upca-3": { symbology: "]E0", kinds: ["gtin"] },
  "upce-1": { kinds: ["gtin"] },
};

describeWithVectors("what is in photographs of real codes", "photos", (folder) => {
  test.each(Object.keys(kindOfSet))("of %s is what it is, and above all nobody's payment", (set) => {
    const { symbology, kinds } = kindOfSet[set] ?? { kinds: [] };
    const files = vectorFiles(join(folder, set), ".txt");
    expect(files.length).toBeGreaterThan(2);
    for (const file of files) {
      const text = readFileSync(join(folder, set, file), "utf8");
      // Countries have three digits each, and this one label has thirteen of them.
      if (text.endsWith("(423)0123456789012")) continue;
      // For a shop that takes no wallets: one of the photographs shows 18 digits that could be a payment code as well.
      const code = found({ text, symbology }, { wallets: new Set() });
      expect(kinds, `${file}: ${text.slice(0, 60)} is ${code.kind} ${code.reason}`).toContain(code.kind);
    }
  });
});

/** The text of a health certificate looks like a code of ours: base45 of a signed message, behind another prefix. */
test("a signed message behind a prefix of somebody else is none of ours", () => {
  const text = `HC1:${encodeBase45(new Uint8Array(300).fill(7))}`;
  expect(found(text)).toMatchObject({ kind: "unknown", reason: "not-known" });
});

describeWithVectors("health certificates of many countries", "dgc", (folder) => {
  test("are none of our codes, whatever prefix of ours is put in front of them", () => {
    const texts = vectorFiles(folder, ".json")
      .map((file) => (readVector(folder, file) as { PREFIX?: unknown }).PREFIX)
      .filter((text) => typeof text === "string");
    expect(texts.length).toBeGreaterThan(50);
    for (const text of texts) {
      expect(found(text).kind).toBe("unknown");
      for (const prefix of ["PT1:", "PC1:", "PW1:", "PX1:"]) expect(found(prefix + text.slice(4)).kind).toBe("unknown");
    }
  });
});
