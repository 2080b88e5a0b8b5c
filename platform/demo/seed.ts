import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { canonicalise } from "../../sync/protocol/canonical.ts";
import type { Item } from "../../sync/protocol/change.ts";
import { putChanges, type ChangeInput } from "../changes/change-log.ts";
import { putPicture } from "../changes/pictures.ts";
import type { Database } from "../database/database.ts";
import { openWallet } from "../wallets/wallets.ts";
import { demoCategories, demoGoods } from "./goods/demo-goods.ts";
import {
  demoCommissionPartsPerMillion,
  demoPeople,
  demoShoppers,
  demoStore,
  demoTaxClasses,
} from "./goods/demo-shop.ts";

const picturesFolder = new URL("pictures/", import.meta.url);
const pictureType = "image/svg+xml";

/**
 * Stocks the demo shop: the store, its goods with their pictures, people, and shoppers with money in their wallets.
 * At every start it puts in what differs from the version before, and nothing where nothing does; balances stay.
 */
export async function seedDemoShop(database: Database, at: Date): Promise<void> {
  const pictures = await putPictures(database);
  await database.query("insert into stores (id) values ($1) on conflict do nothing", [demoStore.id]);
  await database.query(
    `insert into merchant_terms (store_id, valid_from, rate_parts_per_million) values ($1, 'epoch', $2)
     on conflict do nothing`,
    [demoStore.id, demoCommissionPartsPerMillion],
  );
  await putChanges(database, demoChanges(pictures));
  for (const shopper of demoShoppers) {
    const { id, balanceMinor } = shopper;
    await openWallet(
      database,
      { id, name: canonicalise(shopper.name), currency: demoStore.currency, balanceMinor },
      at,
    );
  }
}

/** A good of the demo as the protocol has it; `pictures` gives the hash of each picture's name. */
export function demoItem(good: (typeof demoGoods)[number], pictures: ReadonlyMap<string, string>): Item {
  const { picture, ...rest } = good;
  const item = { ...rest, currency: demoStore.currency };
  if (picture === undefined) return item;
  const hash = pictures.get(picture);
  if (hash === undefined) throw new Error(`The good ${good.id} names the picture ${picture}, which is not there`);
  return { ...item, picture: hash };
}

/** The SHA-256 of each picture by its name without ending. */
export async function demoPictureHashes(): Promise<Map<string, string>> {
  const pictures = await readPictures();
  return new Map([...pictures].map(([name, bytes]) => [name, createHash("sha256").update(bytes).digest("hex")]));
}

function demoChanges(pictures: ReadonlyMap<string, string>): ChangeInput[] {
  return [
    { kind: "store", id: demoStore.id, body: demoStore },
    ...demoTaxClasses.map((body) => ({ kind: "tax-class", id: body.id, body })),
    ...demoCategories.map((body) => ({ kind: "category", id: body.id, body })),
    ...demoGoods.map((good) => ({ kind: "item", id: good.id, body: demoItem(good, pictures) })),
    ...demoPeople.map((body) => ({ kind: "person", id: body.id, body })),
  ];
}

async function putPictures(database: Database): Promise<Map<string, string>> {
  const hashes = new Map<string, string>();
  for (const [name, bytes] of await readPictures()) {
    hashes.set(name, await putPicture(database, { mediaType: pictureType, bytes }));
  }
  return hashes;
}

async function readPictures(): Promise<Map<string, Buffer>> {
  const files = (await readdir(picturesFolder)).filter((file) => file.endsWith(".svg")).sort();
  const pictures = files.map(async (file): Promise<[string, Buffer]> => [
    file.slice(0, -".svg".length),
    await readFile(new URL(file, picturesFolder)),
  ]);
  return new Map(await Promise.all(pictures));
}
