import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import type { Item } from "../../../sync/protocol/change.ts";
import { openCatalog } from "../../../main/catalog/catalog.ts";
import { openRequestKey } from "../../../main/ledger/keys.ts";
import { openLedger } from "../../../main/ledger/open.ts";
import { change, makeItem, shopChanges } from "../../main/catalog/goods.ts";
import { fillTill } from "../../main/ledger/full-till.ts";
import { handClock, ledgerOptions, seededIds } from "../../main/ledger/support.ts";

/** The files of a data folder by their place in it. */
export type FolderFiles = ReadonlyMap<string, Buffer>;

/** Where a file that is only ever damaged need not reach a disk: every opening flushes some ten times. */
const memory = "/dev/shm";

/** A folder of its own, in memory where the system has such a place. */
export function makeFolder(): string {
  return mkdtempSync(join(existsSync(memory) ? memory : tmpdir(), "suanpan-damage-"));
}

/** Every file of a folder. */
export function readFolder(folder: string): FolderFiles {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = names.map(({ parentPath, name }) => relative(folder, join(parentPath, name)));
  return new Map(paths.toSorted().map((path) => [path, readFileSync(join(folder, path))]));
}

/** Makes a folder hold exactly these files. */
export function writeFolder(folder: string, files: FolderFiles): void {
  for (const path of readFolder(folder).keys()) if (!files.has(path)) rmSync(join(folder, path));
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes, { mode: 0o600 });
  }
}

/**
 * The files of a till that has everything in it. With `walDays` the days after the first stand in the write-ahead log
 * beside the database, as a kill leaves them; without, everything is in the database itself.
 */
export async function makeTillFiles(seed: number, walDays: number): Promise<FolderFiles> {
  const folder = makeFolder();
  try {
    const clock = handClock();
    const ids = seededIds(`damage ${seed}`, clock);
    const open = () => openLedger(ledgerOptions(folder, { clock, ids }));
    const first = open();
    const { keyId: requestKeyId } = openRequestKey(join(folder, "keys"));
    await fillTill({ ledger: first, ids, clock, seed, requestKeyId });
    first.close();
    const second = open();
    for (let day = 0; day < walDays; day += 1) await fillTill({ ledger: second, ids, clock, seed: seed + day });
    // Read while the ledger is open: SQLite's last close would tidy the log away.
    const inUse = readFolder(folder);
    second.close();
    return walDays > 0 ? inUse : readFolder(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const pictures = [1, 2, 3].map((number) => Buffer.from(`The bytes of picture ${number}. `.repeat(40)));
const hashOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
/** One more than there are pictures: the catalogue names it and does not have it yet. */
const pictureNames = [...pictures, Buffer.from("never stored")].map(hashOf);

/** The goods of the catalogue, found by codes of both kinds, with and without pictures. */
export const goodsOfCampaign: readonly Item[] = Array.from({ length: 40 }, (_, index) => {
  const picture = pictureNames[index % 6];
  const gtin14 = String(6_900_000_000_000 + index).padStart(14, "0");
  return makeItem(`g-${String(index).padStart(4, "0")}`, {
    priceMinor: 100 + index * 7,
    category: index % 3 === 0 ? "fruit" : "drinks",
    ...(index % 4 === 0 ? { code: String(4000 + index) } : { gtin14 }),
    ...(index % 6 === 0 ? { popular: index } : {}),
    ...(picture === undefined ? {} : { picture }),
  });
});

/** The file of a catalogue. */
export function makeCatalogFiles(): FolderFiles {
  const folder = makeFolder();
  try {
    const catalog = openCatalog(folder);
    const shop = shopChanges();
    const items = goodsOfCampaign.map((item, index) => change(shop.length + index + 1, "item", item.id, item));
    catalog.apply([...shop, ...items], shop.length + items.length, 1);
    for (const bytes of pictures) catalog.storePicture(hashOf(bytes), { type: "image/png", bytes });
    catalog.close();
    return readFolder(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
