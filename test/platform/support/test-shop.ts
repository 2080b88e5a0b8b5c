import { answersResponseSchema } from "../../../sync/protocol/api.ts";
import { makeOperator, type Asker } from "./test-phone.ts";
import { startTestPlatform, type TestPlatform } from "./test-platform.ts";
import { makeSale, paidByWallet, type TestSale } from "./test-sale.ts";
import { makeCharge, makeShopper, type TestCharge, type TestShopper } from "./test-shopper.ts";
import { enrolTill, type Answer, type TestTill } from "./test-till.ts";

/** A shop of one till on a platform of its own, a shopper, and the operator. */
export type TestShop = { platform: TestPlatform; till: TestTill; shopper: TestShopper; operator: Asker };

/** Starts a platform with one till and one of the demo's shoppers. */
export async function startTestShop(shopperId: string): Promise<TestShop> {
  const platform = await startTestPlatform();
  const till = await openTill(platform);
  return { platform, till, shopper: await makeShopper(platform, shopperId), operator: makeOperator(platform) };
}

/** A till with its ledger opened. */
export async function openTill(platform: TestPlatform): Promise<TestTill> {
  const till = await enrolTill(platform);
  await till.push(till.open());
  return till;
}

/** Waits until everything that is stored has been read; the summary does so before it answers. */
export async function settleDown(platform: TestPlatform): Promise<void> {
  await makeOperator(platform).get("/v1/operator/summary");
}

/** What was said about this till's entries, in order: number and code. */
export async function codesOf(platform: TestPlatform, till: TestTill): Promise<[number, string][]> {
  await settleDown(platform);
  const { body } = await till.get("/v1/answers?after=0&limit=1000");
  return answersResponseSchema.parse(body).answers.map(({ seq, code }) => [seq, code]);
}

/** A sale that a shopper pays by wallet: the charge as it is asked for, and the sale that it will be. */
export function walletSale(till: TestTill, receiptNumber: number): { charge: TestCharge; sale: TestSale } {
  const charge = makeCharge(till, 1300);
  const sale = { ...makeSale(receiptNumber), receiptCode: `${till.number}-${receiptNumber}`, saleId: charge.saleId };
  return { charge, sale: paidByWallet(sale, charge.paymentId, charge.number) };
}

/** Charges the shopper. */
export async function chargeFor(till: TestTill, charge: TestCharge, shopper: TestShopper): Promise<Answer> {
  return till.post("/v1/charges", { ...charge, token: await shopper.token() });
}

/** Sells to a shopper who pays by wallet, from the charge to the platform's reading of the sale. */
export async function sellByWallet(
  platform: TestPlatform,
  till: TestTill,
  shopper: TestShopper,
  receiptNumber: number,
): Promise<{ charge: TestCharge; sale: TestSale; seq: number; hash: string }> {
  const { charge, sale } = walletSale(till, receiptNumber);
  await chargeFor(till, charge, shopper);
  await till.push(till.next("sale.settled", sale));
  await settleDown(platform);
  return { charge, sale, ...till.head() };
}
