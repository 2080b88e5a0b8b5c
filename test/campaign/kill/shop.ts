import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { DemoPhones } from "../../../main/demo/shopper.ts";
import { openDatabase, type Database } from "../../../platform/database/database.ts";
import { startEmbeddedPostgres } from "../../../platform/database/embedded.ts";
import { startRailEmulators } from "../../../platform/demo/rails/emulators.ts";
import { orderNumberOf } from "../../../platform/rails/order-number.ts";
import { startPlatform } from "../../../platform/platform.ts";
import type { Item } from "../../../sync/protocol/change.ts";

/** What all the tills of a campaign share: the real platform with its goods, and shoppers with phones. */
export type Shop = {
  url: string;
  /** Past the platform's back, to look. */
  database: Database;
  /** Goods that can be sold with a touch, without anybody's age or price being asked. */
  goods: Item[];
  /** A fresh code for one till. */
  enrolmentCode(): Promise<string>;
  /** A code on the phone of somebody with money, or with none. */
  payCode(hasMoney: boolean): Promise<string>;
  /** A code of the same person's wallet of another company; `asksPassword` says how its next payment goes. */
  railCode(asksPassword: boolean): string;
  /** Whoever is asked for a password types it. */
  confirmPasswords(): void;
  /** Whether that company holds money for a payment. */
  isPaidAtRail(paymentId: string): boolean;
  close(): Promise<void>;
};

/** Nobody runs out of this in a campaign: ¥100 million. */
const plentyMinor = 10_000_000_000;

const richShopper = "s-01";
const poorShopper = "s-06";

/**
 * Starts the platform over an embedded PostgreSQL. It is not the one that is killed, so that its commits need not wait for
 * the disk.
 */
export async function openShop(): Promise<Shop> {
  const folder = await mkdtemp(join(tmpdir(), "suanpan-kill-platform-"));
  const server = await startEmbeddedPostgres(folder);
  const databaseUrl = `${server.url}?options=${encodeURIComponent("-c synchronous_commit=off")}`;
  const balances = new Map([[richShopper, plentyMinor]]);
  const rails = await startRailEmulators({ balances, nowMs: Date.now, folder: null });
  const alipay = rails.emulators.get("alipay");
  if (alipay === undefined) throw new Error("Alipay is not played");
  const options = {
    folder,
    host: "127.0.0.1",
    port: 0,
    demo: true,
    restored: false,
    discard: true,
    logLevel: "silent",
    rails: rails.configuration,
    railsEveryMs: 1000,
  };
  const platform = await startPlatform({ ...options, databaseUrl }, pino({ level: "silent" }), Date.now);
  const database = openDatabase(databaseUrl, () => undefined);
  await setBalance(database, richShopper, plentyMinor);
  await setBalance(database, poorShopper, 0);
  const phones = new DemoPhones(platform.url, Date.now);
  const { goods } = await phones.shelf();
  return {
    url: platform.url,
    database,
    goods: goods.filter((item) => item.ageMinimum === undefined && item.openPrice === undefined),
    enrolmentCode: () => makeCode(platform),
    payCode: async (hasMoney) => (await phones.payCode(hasMoney ? richShopper : poorShopper)).text,
    railCode(asksPassword) {
      alipay.choose(asksPassword ? "password" : "at-once");
      return alipay.issueCode(richShopper).code;
    },
    confirmPasswords() {
      for (const { number } of alipay.waiting()) alipay.answer(number, true);
    },
    isPaidAtRail: (paymentId) => alipay.order(orderNumberOf(paymentId))?.state === "paid",
    async close() {
      await platform.close();
      await rails.close();
      await database.close();
      await server.stop();
      await server.discard();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function makeCode({ url, operatorToken }: { url: string; operatorToken: string }): Promise<string> {
  const headers = { authorization: `Bearer ${operatorToken}` };
  const answer = await fetch(`${url}/v1/operator/enrolment-codes`, { method: "POST", headers });
  return ((await answer.json()) as { code: string }).code;
}

async function setBalance(database: Database, shopperId: string, balanceMinor: number): Promise<void> {
  await database.query(
    "update accounts set balance_minor = $2 where id = (select account_id from wallets where shopper_id = $1)",
    [shopperId, balanceMinor],
  );
}
