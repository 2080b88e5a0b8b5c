import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { openCatalog, type Catalog } from "../../../main/catalog/catalog.ts";
import { zoneOf } from "../../../main/catalog/zone.ts";
import { changeStore } from "../../../main/sync-stores.ts";
import { demoStore } from "../../../platform/demo/goods/demo-shop.ts";
import { temporaryFolder } from "../ledger/support.ts";
import { change, makeItem, shopChanges } from "./goods.ts";

function open(folder: string): Catalog {
  const catalog = openCatalog(folder);
  onTestFinished(() => catalog.close());
  return catalog;
}

/** Changes the file behind the catalogue's back, as a failing disk does. */
function damage(folder: string, sql: string): void {
  const database = new Database(join(folder, "catalog.db"));
  database.exec(sql);
  database.close();
}

test("what the platform sent is found by id, code, category and words, in both languages", () => {
  const catalog = open(temporaryFolder());
  const tea = makeItem("tea", {
    gtin14: "04006381333931",
    name: { en: "Green Tea", "zh-CN": "绿茶" },
    initials: "lc",
    popular: 1,
  });
  const apples = makeItem("apples", { code: "4011", unit: "kilogram", category: "fruit" });
  catalog.apply([...shopChanges(), change(20, "item", "tea", tea), change(21, "item", "apples", apples)], 21, 3);
  expect(catalog.status()).toEqual({ cursor: 21, epoch: 3, items: 2, damaged: false });
  expect(catalog.itemByGtin("04006381333931")).toEqual(tea);
  expect(catalog.itemByCode("4011")).toEqual(apples);
  expect(catalog.itemById("tea")).toEqual(tea);
  expect(catalog.itemsIn("fruit")).toEqual([apples]);
  expect(catalog.itemsIn("popular")).toEqual([tea]);
  // The full-width digits are what a Chinese input method types.
  for (const query of ["green", "TEA gre", "greentea", "绿茶", "lc", "3931", "３９３１"])
    expect(catalog.search(query), query).toEqual([tea]);
  for (const query of ["", "  ", "coffee", "green coffee", "%", "_"]) expect(catalog.search(query), query).toEqual([]);
  expect(catalog.store()?.name.en).toBe("Lantern Lane Grocery");
  expect(catalog.taxClasses().map(({ id }) => id)).toEqual(["vat0", "vat13", "vat9"]);
});

// A look-up that matches a part of a code sells the wrong good.
test("a code is matched whole, and never as a pattern or a number", () => {
  const catalog = open(temporaryFolder());
  catalog.apply([change(1, "item", "a", makeItem("a", { gtin14: "04006381333931", code: "40" }))], 1, 1);
  for (const code of ["4", "0", "040", "400", "4_", "%", "40 ", "' OR 1=1 --"])
    expect(catalog.itemByCode(code)).toBeNull();
  expect(catalog.itemByGtin("4006381333931")).toBeNull();
});

test("the newest state of a good counts, and one that is gone is gone from everywhere", () => {
  const catalog = open(temporaryFolder());
  catalog.apply([change(1, "item", "a", makeItem("a", { code: "1", priceMinor: 100 }))], 1, 1);
  catalog.apply([change(2, "item", "a", makeItem("a", { code: "2", priceMinor: 90 }))], 2, 1);
  expect(catalog.itemByCode("1")).toBeNull();
  expect(catalog.itemByCode("2")?.priceMinor).toBe(90);
  catalog.apply([change(3, "item", "a")], 3, 1);
  expect([catalog.itemById("a"), catalog.itemByCode("2"), catalog.search("good")[0] ?? null]).toEqual([
    null,
    null,
    null,
  ]);
  expect(catalog.status()).toMatchObject({ cursor: 3, items: 0 });
});

// One bad record that a chain's office typed must neither stop the feed nor take a good off the shelf.
test.each([
  ["a price below zero", { priceMinor: -1 }],
  ["a price with a fraction", { priceMinor: 1.5 }],
  ["a price that is minus zero", { priceMinor: -0 }],
  ["no name in one language", { name: { en: "A" } }],
  ["a currency that nobody knows", { currency: "XXX" }],
  ["another good's id", { id: "b" }],
  ["half a character in its name", { name: { en: "bad \ud800", "zh-CN": "坏" } }],
])("a change with %s is refused by itself: the old row stays, and what follows is taken in", (_name, wrong) => {
  const catalog = open(temporaryFolder());
  catalog.apply([change(1, "item", "a", makeItem("a")), change(2, "item", "b", makeItem("b"))], 2, 1);
  const refused = catalog.apply(
    [change(3, "item", "a", { ...makeItem("a", { priceMinor: 1 }), ...wrong }), change(4, "item", "c", makeItem("c"))],
    4,
    1,
  );
  expect(refused).toMatchObject([{ cursor: 3, kind: "item", id: "a" }]);
  expect(catalog.itemById("a")).toEqual(makeItem("a"));
  expect(catalog.itemById("b")).toEqual(makeItem("b"));
  expect(catalog.itemById("c")).toEqual(makeItem("c"));
  expect(catalog.status().cursor).toBe(4);
});

test("kinds and fields of a newer platform are passed over: last year's till goes on selling", () => {
  const catalog = open(temporaryFolder());
  const body = { ...makeItem("a"), allergens: ["nuts"], deposits: { can: 25 } };
  expect(catalog.apply([change(1, "drone", "x", { any: "thing" }), change(2, "item", "a", body)], 2, 1)).toEqual([]);
  expect(catalog.itemById("a")).toEqual(makeItem("a"));
  expect(catalog.apply([change(3, "constructor", "x", {}), change(4, "__proto__", "y", {})], 4, 1)).toEqual([]);
});

test("a price that fell over on the disk is not sold by: the row is left out and the catalogue says so", () => {
  const folder = temporaryFolder();
  const catalog = open(folder);
  catalog.apply([change(1, "item", "a", makeItem("a", { code: "1" })), change(2, "item", "b", makeItem("b"))], 2, 1);
  damage(folder, `UPDATE records SET body = replace(body, '450', '45') WHERE id = 'a'`);
  expect(catalog.status().damaged).toBe(false);
  expect(catalog.itemByCode("1")).toBeNull();
  expect(catalog.status().damaged).toBe(true);
  expect(catalog.itemById("b")).toEqual(makeItem("b"));
  catalog.reset();
  expect(catalog.status()).toEqual({ cursor: 0, epoch: 0, items: 0, damaged: false });
});

/** A catalogue of two goods that are found by everything, with the file's tables changed behind its back. */
function damagedGoods(sql: string): Catalog {
  const folder = temporaryFolder();
  const catalog = open(folder);
  const tea = makeItem("tea", { gtin14: "04006381333931", priceMinor: 100 });
  const wine = makeItem("wine", { gtin14: "04006381333948", code: "77", priceMinor: 9900 });
  catalog.apply([...shopChanges(), change(20, "item", "tea", tea), change(21, "item", "wine", wine)], 21, 1);
  catalog.checkOn(1000);
  expect(catalog.status()).toEqual({ cursor: 21, epoch: 1, items: 2, damaged: false });
  damage(folder, sql);
  return catalog;
}

test.each([
  [
    "the code of another",
    "UPDATE items SET gtin14 = '04006381333931' WHERE id = 'wine'; DELETE FROM items WHERE id = 'tea'",
  ],
  ["the place of another", "DELETE FROM items WHERE id = 'wine'; UPDATE items SET id = 'wine' WHERE id = 'tea'"],
  ["no record any more", "UPDATE records SET id = 'tee' WHERE id = 'tea'"],
])("a good that is found under %s is not sold for it", (_name, sql) => {
  const catalog = damagedGoods(sql);
  expect(catalog.itemByGtin("04006381333931")).toBeNull();
  expect(catalog.status().damaged).toBe(true);
});

// Nobody comes across what cannot be found: the cashier only hears that the code is unknown.
test.each([
  ["is no longer found by its code", "UPDATE items SET gtin14 = '04006381333930' WHERE id = 'tea'"],
  ["is no longer in its category", "UPDATE items SET category = 'drinkt' WHERE id = 'tea'"],
  ["is not found at all", "DELETE FROM items WHERE id = 'tea'"],
  ["has lost its record's key", "UPDATE records SET kind = 'iten' WHERE id = 'tea'"],
])("a good that %s is missed by reading through, so that the goods are pulled anew", (_name, sql) => {
  const catalog = damagedGoods(sql);
  expect(catalog.status().damaged).toBe(false);
  for (let round = 0; round < 10; round += 1) catalog.checkOn(2);
  expect(catalog.status().damaged).toBe(true);
  catalog.reset();
  for (let round = 0; round < 10; round += 1) catalog.checkOn(2);
  expect(catalog.status().damaged).toBe(false);
});

test("a cursor that the disk has moved on is not gone on from: changes of prices would never come", () => {
  const catalog = damagedGoods("UPDATE meta SET value = 85 WHERE key = 'cursor'");
  expect(catalog.status().damaged).toBe(true);
  expect(changeStore(catalog, () => {}).position()).toEqual({ cursor: 0, epoch: 0 });
});

test("a file whose pages break while the till runs gives no goods and no fault, and is made anew by the next pull", () => {
  const folder = temporaryFolder();
  const first = openCatalog(folder);
  const goods = Array.from({ length: 400 }, (_, index) =>
    change(index + 20, "item", `g${index}`, makeItem(`g${index}`)),
  );
  first.apply([...shopChanges(), ...goods], 500, 1);
  first.close();
  const file = join(folder, "catalog.db");
  const bytes = readFileSync(file);
  // All but the first page, which says what tables there are.
  writeFileSync(file, Buffer.concat([bytes.subarray(0, 4096), Buffer.alloc(bytes.length - 4096, 7)]));
  const catalog = open(folder);
  expect([catalog.itemById("g7"), catalog.search("good"), catalog.people(), catalog.picture("x")]).toEqual([
    null,
    [],
    [],
    null,
  ]);
  expect(catalog.status().damaged).toBe(true);
  const store = changeStore(catalog, () => {});
  expect(store.position()).toEqual({ cursor: 0, epoch: 0 });
  store.apply(goods, 500, 2);
  expect(catalog.itemById("g7")).toEqual(makeItem("g7"));
  expect(catalog.status()).toEqual({ cursor: 500, epoch: 2, items: 400, damaged: false });
});

test("two rows that changed places are both noticed, because a checksum holds for its own row only", () => {
  const folder = temporaryFolder();
  const catalog = open(folder);
  catalog.apply([change(1, "item", "a", makeItem("a")), change(2, "item", "b", makeItem("b"))], 2, 1);
  damage(folder, `UPDATE records SET id = 'x' WHERE id = 'a'; UPDATE records SET id = 'a' WHERE id = 'b'`);
  expect(catalog.itemById("a")).toBeNull();
});

test.each([
  ["rubbish", (file: string) => writeFileSync(file, "this is no database, ".repeat(500))],
  ["half a file", (file: string) => truncateSync(file, Math.floor(statSync(file).size / 2))],
  [
    "a newer version's tables",
    (file: string) => {
      const database = new Database(file);
      database.exec("DROP TABLE items; CREATE TABLE items (other TEXT); PRAGMA user_version = 99");
      database.close();
    },
  ],
])("a file that cannot be used (%s) is made anew, because all of it can be had from the platform", (_name, spoil) => {
  const folder = temporaryFolder();
  const first = openCatalog(folder);
  first.apply([...shopChanges(), change(20, "item", "a", makeItem("a"))], 20, 1);
  first.close();
  for (const name of readdirSync(folder).filter((file) => file !== "catalog.db")) truncateSync(join(folder, name));
  spoil(join(folder, "catalog.db"));
  const catalog = open(folder);
  expect(catalog.status()).toEqual({ cursor: 0, epoch: 0, items: 0, damaged: false });
  catalog.apply([change(1, "item", "a", makeItem("a"))], 1, 1);
  expect(catalog.itemById("a")).toEqual(makeItem("a"));
});

test("a picture is known by its content: a damaged one is dropped, and asked for again", () => {
  const folder = temporaryFolder();
  const catalog = open(folder);
  const bytes = new TextEncoder().encode("<svg/>");
  const hash = createHash("sha256").update(bytes).digest("hex");
  catalog.apply([change(1, "item", "a", makeItem("a", { picture: hash }))], 1, 1);
  expect(catalog.missingPictures()).toEqual([hash]);
  catalog.storePicture(hash, { type: "image/svg+xml", bytes });
  expect(catalog.missingPictures()).toEqual([]);
  expect(catalog.picture(hash)).toMatchObject({ type: "image/svg+xml" });
  damage(folder, "UPDATE pictures SET bytes = x'00'");
  expect(catalog.picture(hash)).toBeNull();
  expect(catalog.missingPictures()).toEqual([hash]);
});

test("however the feed is cut into pages, the catalogue is the newest state of each thing", () => {
  const feed = fc.array(
    fc.record({
      id: fc.constantFrom("a", "b", "c"),
      price: fc.option(fc.nat(500), { nil: undefined }),
      cut: fc.boolean(),
    }),
    { maxLength: 25 },
  );
  const folder = temporaryFolder();
  const catalog = open(folder);
  fc.assert(
    fc.property(feed, (lines) => {
      catalog.reset();
      const newest = new Map<string, number>();
      let page: ReturnType<typeof change>[] = [];
      for (const [index, { id, price, cut }] of lines.entries()) {
        page.push(change(index + 1, "item", id, price === undefined ? undefined : makeItem(id, { priceMinor: price })));
        if (price === undefined) newest.delete(id);
        else newest.set(id, price);
        if (cut || index === lines.length - 1) {
          catalog.apply(page, index + 1, 1);
          page = [];
        }
      }
      expect(catalog.status()).toMatchObject({ cursor: lines.length, items: newest.size });
      for (const id of ["a", "b", "c"]) expect(catalog.itemById(id)?.priceMinor).toBe(newest.get(id));
    }),
    { numRuns: 60 },
  );
});

test("a shop's zone that this machine does not know keeps no till from opening", () => {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  expect(zoneOf(null)).toBe(own);
  expect(zoneOf(demoStore)).toBe("Asia/Shanghai");
  expect(zoneOf({ ...demoStore, zone: "Moon/Tranquility" })).toBe(own);
});

// Found by flipping every byte of a catalogue: each of these ended in a stack for the cashier, or in prices that never change.
test.each([
  [
    "whose checksum is gone",
    "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'checksum BLOB NOT NULL', 'checksum BLOB') WHERE name = 'records'",
    "UPDATE records SET checksum = NULL WHERE kind = 'item'",
  ],
  ["whose place in the feed has lost its name", "UPDATE meta SET key = 'curtor' WHERE key = 'cursor'"],
])("a catalogue %s is told, sold by only where it is whole, and pulled anew", (_name, ...steps) => {
  const folder = temporaryFolder();
  const first = openCatalog(folder);
  first.apply([...shopChanges(), change(20, "item", "tea", makeItem("tea", { gtin14: "04006381333931" }))], 20, 1);
  first.close();
  const database = new Database(join(folder, "catalog.db"));
  database.unsafeMode(true);
  for (const sql of steps) {
    database.exec(sql);
    database.pragma("writable_schema = RESET");
  }
  database.close();
  const catalog = open(folder);
  catalog.itemByGtin("04006381333931");
  expect(catalog.status().damaged).toBe(true);
  catalog.reset();
  expect(catalog.status()).toMatchObject({ cursor: 0, epoch: 0, items: 0, damaged: false });
});

test("a catalogue whose table has lost a column's name says that it is damaged, and is made anew", () => {
  const catalog = damagedGoods("ALTER TABLE records RENAME COLUMN checksum TO checksun");
  expect(catalog.itemByGtin("04006381333931")).toBeNull();
  expect(catalog.status().damaged).toBe(true);
  catalog.reset();
  catalog.apply([...shopChanges(), change(20, "item", "tea", makeItem("tea"))], 20, 1);
  expect(catalog.status()).toMatchObject({ cursor: 20, items: 1, damaged: false });
});
