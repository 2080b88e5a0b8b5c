import { randomBytes, randomInt, randomUUID } from "node:crypto";
import { createSpendToken, type TokenCap } from "../../../sync/protocol/token.ts";
import { exportPublicKey, generateSigningKey, signWithWebCrypto } from "../../../sync/protocol/web-crypto.ts";
import type { TestPlatform } from "./test-platform.ts";
import { ask, jsonPost, type TestTill } from "./test-till.ts";

/** A demo shopper's phone. */
export type TestShopper = {
  walletId: string;
  token(changes?: { cap?: TokenCap; cti?: Uint8Array }): Promise<string>;
  balanceMinor(): Promise<number>;
  setBalance(balanceMinor: number): Promise<void>;
};

/** What a till asks for. */
export type TestCharge = {
  paymentId: string;
  saleId: string;
  ledger: string;
  amountMinor: number;
  currency: string;
  number: string;
};

/** Sets up the phone of one of the demo's shoppers. */
export async function makeShopper(platform: TestPlatform, shopperId: string): Promise<TestShopper> {
  const keys = await generateSigningKey("ES256", { extractable: false });
  const publicKey = Buffer.from(await exportPublicKey("ES256", keys.publicKey)).toString("hex");
  const answer = await ask(`${platform.url}/v1/demo/shoppers/${shopperId}/certificates`, jsonPost({ publicKey }));
  const certificate = Buffer.from(String(answer.body["certificate"]), "hex");
  const walletId = String(answer.body["walletId"]);
  let counter = 0;
  return {
    walletId,
    token: async (changes = {}) => {
      counter += 1;
      const issuedAtSeconds = Math.floor(platform.clock.nowMs / 1000);
      return createSpendToken({
        sign: signWithWebCrypto("ES256", keys.privateKey),
        certificate,
        issuedAtSeconds,
        expiresAtSeconds: issuedAtSeconds + 60,
        cti: new Uint8Array(randomBytes(8)),
        counter,
        ...changes,
      });
    },
    balanceMinor: async () => {
      const { body } = await ask(`${platform.url}/v1/demo/shoppers`);
      const shoppers = body["shoppers"] as { id: string; balanceMinor: number }[];
      return shoppers.find(({ id }) => id === shopperId)?.balanceMinor ?? Number.NaN;
    },
    setBalance: async (balanceMinor) => {
      await platform.database.query("update accounts set balance_minor = $2 where id = $1", [
        `wallet:${walletId}`,
        balanceMinor,
      ]);
    },
  };
}

/** A charge with ids of its own. */
export function makeCharge(till: TestTill, amountMinor: number): TestCharge {
  const number = String(randomInt(10 ** 8)).padStart(8, "0");
  return { paymentId: randomUUID(), saleId: randomUUID(), ledger: till.ledger, amountMinor, currency: "CNY", number };
}
