import { scryptSync } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { demoCategories, demoGoods } from "../../platform/demo/goods/demo-goods.ts";
import { demoPeople, demoPin, demoShoppers, demoStore, demoTaxClasses } from "../../platform/demo/goods/demo-shop.ts";
import { readGoods } from "../../platform/demo/goods/read-goods.ts";
import { categorySchema, itemSchema, personSchema, storeSchema, taxClassSchema } from "../../sync/protocol/change.ts";

const picturesFolder = new URL("../../platform/demo/pictures/", import.meta.url);
const pictureFiles = readdirSync(picturesFolder);
const pictureSizeLimitBytes = 3000;

function expectUnique(values: readonly string[]): void {
  expect(values.filter((value, index) => values.indexOf(value) !== index)).toEqual([]);
}

/** GS1 General Specifications 7.9: weights 3 and 1 from the right, the check digit itself weighing 1. */
function hasValidCheckDigit(gtin: string): boolean {
  const sum = [...gtin]
    .toReversed()
    .reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3), 0);
  return sum % 10 === 0;
}

function namesOf(thing: { name: { en: string; "zh-CN": string } }): string[] {
  return [thing.name.en, thing.name["zh-CN"]];
}

test("the shop has enough goods and pictures to look like a shop", () => {
  expect(demoGoods.length).toBeGreaterThanOrEqual(280);
  expect(pictureFiles.length).toBeGreaterThanOrEqual(38);
});

test("every GTIN passes its check digit and is used once, or a scanner in the demo would refuse or mix up goods", () => {
  const gtins = demoGoods.flatMap((good) => good.gtin14 ?? []);
  expect(gtins.filter((gtin) => !/^\d{14}$/.test(gtin) || !hasValidCheckDigit(gtin))).toEqual([]);
  expectUnique(gtins);
  expect(gtins).toContain("06972145300182");
});

test("packed goods carry GTIN-13 from China, some GTIN-8 and one GTIN-12, so that each length is met in the demo", () => {
  const gtins = demoGoods.flatMap((good) => good.gtin14 ?? []);
  const short = gtins.filter((gtin) => gtin.startsWith("000000"));
  const american = gtins.filter((gtin) => /^00[1-9]/.test(gtin));
  const chinese = gtins.filter((gtin) => /^069\d/.test(gtin));
  expect(short.length).toBeGreaterThanOrEqual(3);
  expect(american).toHaveLength(1);
  expect(short.length + american.length + chinese.length).toBe(gtins.length);
});

test("a good has either a GTIN or an own code of four or five digits, and no two share one", () => {
  expect(demoGoods.filter((good) => (good.gtin14 === undefined) === (good.code === undefined))).toEqual([]);
  const codes = demoGoods.flatMap((good) => good.code ?? []);
  expect(codes.filter((code) => !/^\d{4,5}$/.test(code))).toEqual([]);
  expectUnique(codes);
  expectUnique(demoGoods.map((good) => good.id));
});

test("whatever is sold by weight is found by an own code, because no label carries it", () => {
  expect(demoGoods.filter((good) => good.unit === "kilogram" && good.code === undefined)).toEqual([]);
});

test("names stand in both languages without stray spaces, or keys and receipts would be ragged", () => {
  const things = [demoStore, ...demoGoods, ...demoCategories, ...demoTaxClasses, ...demoPeople, ...demoShoppers];
  const names = [...things.flatMap(namesOf), demoStore.address.en, demoStore.address["zh-CN"]];
  expect(names.filter((name) => name === "" || name !== name.trim() || /\s{2}|[\t\n\u00A0\u3000]/.test(name))).toEqual(
    [],
  );
  expect(things.filter((thing) => !/\p{Script=Han}/u.test(thing.name["zh-CN"]))).toEqual([]);
  expect(things.filter((thing) => /[^\x20-\x7E]/.test(thing.name.en))).toEqual([]);
  expectUnique(demoGoods.map((good) => good.name.en));
  expectUnique(demoGoods.map((good) => good.name["zh-CN"]));
});

test("initials have one letter for each character before the size, or the cashier's search would miss the good", () => {
  const wrong = demoGoods.filter((good) => {
    const named = good.name["zh-CN"].split(" ")[0] ?? "";
    return !/^[a-z]+$/.test(good.initials) || good.initials.length !== [...named].length;
  });
  expect(wrong).toEqual([]);
  expect(demoGoods.find((good) => good.name["zh-CN"] === "红富士苹果")?.initials).toBe("hfspg");
});

test("prices are whole fen above nothing, and every good stands in a known category and tax class", () => {
  const priced = demoGoods.filter((good) => good.openPrice !== true);
  expect(priced.filter((good) => !Number.isSafeInteger(good.priceMinor) || good.priceMinor <= 0)).toEqual([]);
  const shelves = new Set<string>(demoCategories.map((category) => category.id).filter((id) => id !== "popular"));
  expect(new Set(demoGoods.map((good) => good.category))).toEqual(shelves);
  expect(new Set(demoGoods.map((good) => good.taxClass))).toEqual(new Set(demoTaxClasses.map(({ id }) => id)));
  expect(demoCategories.map((category) => category.order)).toEqual(demoCategories.keys().toArray());
});

test("goods without a price of their own stand in two tax classes, each with a code, or nothing unlisted could be sold", () => {
  const open = demoGoods.filter((good) => good.openPrice === true);
  expect(open.map((good) => [good.priceMinor, good.taxClass, good.code === undefined, good.unit])).toEqual([
    [0, "vat9", false, "each"],
    [0, "vat13", false, "each"],
  ]);
});

test("returnable bottles carry a deposit and a picture, so that the line of it on the screen can be told from the rest", () => {
  const bottles = demoGoods.filter((good) => good.depositMinor !== undefined);
  expect(bottles.length).toBeGreaterThanOrEqual(3);
  expect(bottles.filter((good) => good.picture === undefined || (good.depositMinor ?? 0) <= 0)).toEqual([]);
});

test("everybody can sign in with the demo's PIN, each under a salt of their own", () => {
  for (const { id, pin } of demoPeople) {
    const salt = Buffer.from(pin?.saltHex ?? "", "hex");
    expect(scryptSync(demoPin, salt, 32, { N: pin?.cost ?? 0, r: 8, p: 1 }).toString("hex"), id).toBe(pin?.hashHex);
  }
  expectUnique(demoPeople.map(({ pin }) => pin?.saltHex ?? ""));
});

test("everything that has alcohol asks for eighteen years, or a kiosk would sell it to a child", () => {
  const alcohol = demoGoods.filter((good) => /[酒啤]/.test(good.name["zh-CN"]) && good.category === "drinks");
  const whisky = demoGoods.filter((good) => good.name["zh-CN"].startsWith("威士忌"));
  expect(alcohol.length).toBeGreaterThanOrEqual(8);
  expect([...alcohol, ...whisky].filter((good) => good.ageMinimum !== 18)).toEqual([]);
});

test("the first twelve tiles are the ones the screens were drawn with", () => {
  const ranked = demoGoods.filter((good) => good.popular !== undefined);
  ranked.sort((one, other) => (one.popular ?? 0) - (other.popular ?? 0));
  expect(ranked.map((good) => good.popular)).toEqual(ranked.map((_, index) => index + 1));
  expect(ranked.slice(0, 12).map((good) => [good.name.en, good.name["zh-CN"], good.priceMinor, good.unit])).toEqual([
    ["Bananas", "香蕉", 690, "kilogram"],
    ["Fuji apples", "红富士苹果", 1180, "kilogram"],
    ["Mandarins", "蜜橘", 860, "kilogram"],
    ["Tomatoes", "番茄", 760, "kilogram"],
    ["Pak choi", "上海青", 680, "kilogram"],
    ["Potatoes", "土豆", 420, "kilogram"],
    ["Steamed bun", "鲜肉包", 250, "each"],
    ["Tea egg", "茶叶蛋", 200, "each"],
    ["Sweet corn", "甜玉米", 500, "each"],
    ["Soy milk", "现磨豆浆", 350, "each"],
    ["Coffee", "咖啡", 1200, "each"],
    ["Carrier bag", "购物袋", 50, "each"],
  ]);
  expect(ranked.slice(0, 12).filter((good) => good.picture === undefined)).toEqual([]);
});

test("every picture that a good names exists, and every picture is used", () => {
  const named = new Set(demoGoods.flatMap((good) => (good.picture === undefined ? [] : `${good.picture}.svg`)));
  expect([...named].filter((file) => !pictureFiles.includes(file))).toEqual([]);
  expect(pictureFiles.filter((file) => !named.has(file))).toEqual([]);
});

test("pictures are plain drawings: small, without script, text, gradients or anything fetched from elsewhere", () => {
  const allowedElements = new Set(["svg", "g", "path", "rect", "circle", "ellipse", "clipPath"]);
  for (const file of pictureFiles) {
    const text = readFileSync(new URL(file, picturesFolder), "utf8");
    expect(Buffer.byteLength(text), file).toBeLessThan(pictureSizeLimitBytes);
    expect(text.startsWith('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96">\n'), file).toBe(true);
    expect(text.endsWith("</svg>\n"), file).toBe(true);
    const elements = [...text.matchAll(/<([^\s/>]+)/g)].map((match) => match[1] ?? "");
    expect(
      elements.filter((element) => !allowedElements.has(element)),
      file,
    ).toEqual([]);
    expect(text, file).not.toMatch(/\son\w+\s*=|href|style|javascript:|<!|<\?|&|data:/i);
    const references = [...text.matchAll(/url\(([^)]*)\)/g)].map((match) => match[1] ?? "");
    expect(
      references.filter((reference) => !text.includes(`<clipPath id="${reference.slice(1)}">`)),
      file,
    ).toEqual([]);
    // Names carry the file's own, so that two pictures set into one page cannot clip each other.
    const ids = [...text.matchAll(/\sid="([^"]*)"/g)].map((match) => match[1] ?? "");
    expect(
      ids.filter((id) => !id.startsWith(`${file.replace(".svg", "")}-`)),
      file,
    ).toEqual([]);
  }
});

test("the platform's change log takes the whole shop, or tills of the demo would open with holes in the catalogue", () => {
  storeSchema.parse(demoStore);
  for (const taxClass of demoTaxClasses) taxClassSchema.parse(taxClass);
  for (const category of demoCategories) categorySchema.parse(category);
  for (const person of demoPeople) personSchema.parse(person);
  for (const { picture: _, ...good } of demoGoods) itemSchema.parse({ ...good, currency: demoStore.currency });
});

test("one shopper cannot pay for much, so that a refusal can be shown, and the others can", () => {
  const balances = demoShoppers.map((shopper) => shopper.balanceMinor);
  expect(balances.filter((balance) => balance <= 300)).toHaveLength(1);
  expect(balances.filter((balance) => balance >= 5000).length).toBeGreaterThanOrEqual(4);
  expectUnique(demoShoppers.map((shopper) => shopper.id));
  expectUnique(demoPeople.map((person) => person.id));
});

test.each([
  ["too few columns", "g-1 | 1234 | a | 100 | each | vat13 | One"],
  ["too many columns", "g-1 | 1234 | a | 100 | each | vat13 | One | 一 | 18+ | more"],
  ["a price with a point", "g-1 | 1234 | a | 1.00 | each | vat13 | One | 一"],
  ["an unknown unit", "g-1 | 1234 | a | 100 | dozen | vat13 | One | 一"],
  ["an unknown tax class", "g-1 | 1234 | a | 100 | each | vat6 | One | 一"],
  ["an unknown mark", "g-1 | 1234 | a | 100 | each | vat13 | One | 一 | new"],
  ["a price of nothing that is not open", "g-1 | 1234 | a | 0 | each | vat13 | One | 一"],
  ["an open price with an amount", "g-1 | 1234 | a | 100 | each | vat13 | One | 一 | open"],
  ["a mark without its value", "g-1 | 1234 | a | 100 | each | vat13 | One | 一 | deposit"],
])("a price list with %s is refused with the line, so that a slip is found where it was made", (_, line) => {
  expect(() => readGoods("snacks", `\n${line}\n`)).toThrow(line);
});
