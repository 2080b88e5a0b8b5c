import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { openCatalog } from "../../../main/catalog/catalog.ts";
import { openRequestKey } from "../../../main/ledger/keys.ts";
import { keepEnrolmentFile } from "../../../main/recovery/enrolment-file.ts";
import { demoStore } from "../../../platform/demo/goods/demo-shop.ts";
import { change, makeItem, shopChanges } from "../catalog/goods.ts";
import { cashSale } from "../ledger/sales.ts";
import { openTestLedger, seededIds, temporaryFolder } from "../ledger/support.ts";

/** Nothing listens on the port of `discard`: whoever asks there is refused at once. */
export const noPlatform = "http://127.0.0.1:9";

/** A data folder whose ledger is an older copy of itself, as after a restored disk image. */
export type RolledBackTill = {
  folder: string;
  ledger: string;
  /** The code of the last receipt that the till made. */
  lastReceipt: string;
  /** A whole ledger file, which is what the platform would have. */
  whole: string;
};

/** Enrols a till, sells, takes a copy, sells on, and puts the copy back. The catalogue knows the demo shop and its people. */
export function rolledBackTill({ kept, lost }: { kept: number; lost: number }): RolledBackTill {
  const folder = temporaryFolder();
  const file = join(folder, "ledger.db");
  const [older, whole] = [join(folder, "older.db"), join(folder, "whole.db")];
  const catalog = openCatalog(folder);
  catalog.apply([...shopChanges(), change(90, "item", "tea", makeItem("tea"))], 90, 1);
  catalog.close();
  const first = openTestLedger(folder);
  const requestKeyId = openRequestKey(join(folder, "keys")).keyId;
  const enrolment = {
    tillId: seededIds("till").uuid(),
    tillNumber: 1,
    storeId: demoStore.id,
    platformRoot: "ab".repeat(32),
    requestKeyId,
  };
  const ids = seededIds(`sales of ${folder}`);
  first.append([{ id: ids.uuid(), type: "till.enrolled", body: enrolment }]);
  for (let count = 0; count < kept; count += 1) first.append([cashSale(first, ids)]);
  const { ledger } = first.identity;
  first.close();
  copyFileSync(file, older);
  const second = openTestLedger(folder);
  for (let count = 0; count < lost; count += 1) second.append([cashSale(second, ids)]);
  second.close();
  copyFileSync(file, whole);
  copyFileSync(older, file);
  keepEnrolmentFile(folder, { ...enrolment, ledger, platformUrl: noPlatform });
  return { folder, ledger, lastReceipt: `1-${kept + lost}`, whole };
}
