import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  chatMessageSchema,
  messagesResponseSchema,
  shopThreadsResponseSchema,
  type ChatMessage,
  type ChatReceipt,
  type ShopThread,
} from "../../sync/protocol/chat.ts";
import { operatorThreadsResponseSchema } from "../../sync/protocol/operator-api.ts";
import { parseReceiptCode } from "../../sync/protocol/receipt-code.ts";
import { makePhone, type Asker } from "./support/test-phone.ts";
import type { TestPlatform } from "./support/test-platform.ts";
import { makeRefund, makeSale, type TestSale } from "./support/test-sale.ts";
import { chargeFor, openTill, sellByWallet, settleDown, startTestShop, walletSale } from "./support/test-shop.ts";
import { makeShopper, type TestShopper } from "./support/test-shopper.ts";
import { enrolTill, type TestTill } from "./support/test-till.ts";

let platform: TestPlatform;
let till: TestTill;
let shopper: TestShopper;
let phone: Asker;
let operator: Asker;
beforeAll(async () => {
  ({ platform, till, shopper, operator } = await startTestShop("s-03"));
  phone = await makePhone(platform, "s-03");
});
afterAll(async () => {
  await platform.stop();
});

async function threadsOf(by: Pick<TestTill, "get">): Promise<ShopThread[]> {
  return shopThreadsResponseSchema.parse((await by.get("/v1/chat/threads")).body).threads;
}

/** The till's thread with the shopper of these tests, which the first receipt opens. */
async function threadId(): Promise<string> {
  if (!(await threadsOf(till)).some((thread) => thread.with === "shopper")) {
    await sellByWallet(platform, till, shopper, nextReceipt());
  }
  return (await threadsOf(till)).find((thread) => thread.with === "shopper")?.threadId ?? "";
}

async function messagesOf(id: string, query = "?limit=200"): Promise<ChatMessage[]> {
  const { body } = await till.get(`/v1/chat/threads/${id}/messages${query}`);
  return messagesResponseSchema.parse(body).messages;
}

async function receiptsOf(saleId: string): Promise<ChatReceipt[]> {
  const messages = await messagesOf(await threadId());
  return messages.flatMap((each) => (each.kind === "receipt" && each.receipt.saleId === saleId ? [each.receipt] : []));
}

let receiptNumber = 0;
function nextReceipt(): number {
  receiptNumber += 1;
  return receiptNumber;
}

function text(words: string): { messageId: string; text: string } {
  return { messageId: randomUUID(), text: words };
}

test("nothing has happened, so nobody has a thread but the shop with the operator", async () => {
  const other = await enrolTill(platform);
  expect((await phone.get("/v1/wallet/threads")).body).toEqual({ threads: [] });
  expect(await threadsOf(other)).toMatchObject([{ with: "operator", unread: 0 }]);
});

test("a sale paid by wallet brings its receipt into the chat, with what the paper says and the code for a return", async () => {
  const { sale, seq, hash, charge } = await sellByWallet(platform, till, shopper, nextReceipt());
  const [card, ...others] = await receiptsOf(sale.saleId);
  expect(others).toEqual([]);
  expect(card).toMatchObject({
    kind: "sale",
    receiptCode: sale.receiptCode,
    store: { en: "Lantern Lane Grocery" },
    time: "2026-11-20T14:00:00.000+08:00",
    zone: "Asia/Shanghai",
    totalMinor: 1300,
    taxes: [{ name: { en: "VAT 13 %" }, included: true, taxMinor: 150 }],
    tenders: [{ kind: "wallet", amountMinor: 1300, number: charge.number }],
  });
  expect(card?.lines.map((line) => [line.quantity, line.weightGrams, line.grossMinor])).toEqual([
    [2, undefined, 900],
    [undefined, 500, 400],
  ]);
  expect(parseReceiptCode(card?.returnCode ?? "")).toEqual({ ledger: till.ledger, seq, hashStart: hash.slice(0, 16) });
});

test("a receipt stands once, whether its entry comes twice, is judged again or everything is read anew", async () => {
  const { sale, seq } = await sellByWallet(platform, till, shopper, nextReceipt());
  await till.push(till.next("sale.settled", sale));
  await till.post(`/v1/ledgers/${till.ledger}/entries/${seq}/judgement`, undefined);
  await operator.post("/v1/operator/rebuild", {});
  await settleDown(platform);
  expect(await receiptsOf(sale.saleId)).toHaveLength(1);
});

test("a sale that arrives before the platform knows of its payment gets its receipt when it does", async () => {
  const { charge, sale } = walletSale(till, nextReceipt());
  await till.push(till.next("sale.settled", sale));
  await settleDown(platform);
  expect(await receiptsOf(sale.saleId)).toEqual([]);
  await chargeFor(till, charge, shopper);
  await settleDown(platform);
  expect(await receiptsOf(sale.saleId)).toHaveLength(1);
});

test("cash, training and another till's payment bring no receipt to anybody", async () => {
  const before = (await messagesOf(await threadId())).length;
  const { charge, sale } = walletSale(till, nextReceipt());
  await chargeFor(till, charge, shopper);
  const other = await openTill(platform);
  await other.push(other.next("sale.settled", sale));
  await till.push(
    till.next("sale.settled", makeSale(nextReceipt())),
    till.next("sale.settled", { ...sale, receiptCode: "1-99" }, { training: true }),
  );
  await settleDown(platform);
  expect((await messagesOf(await threadId())).length).toBe(before);
});

test("a refund of such a sale brings one card of its own, wherever it was paid out", async () => {
  const { sale } = await sellByWallet(platform, till, shopper, nextReceipt());
  const other = await openTill(platform);
  const refund = { ...makeRefund(sale, 1), receiptCode: `${other.number}-1`, roundingMinor: 0 };
  const entry = other.next("refund.settled", refund);
  await other.push(entry);
  await settleDown(platform);
  await operator.post("/v1/operator/rebuild", {});
  const cards = await receiptsOf(sale.saleId);
  expect(cards.map(({ kind }) => kind)).toEqual(["sale", "refund"]);
  expect(cards[1]).toMatchObject({
    receiptCode: refund.receiptCode,
    originalReceiptCode: sale.receiptCode,
    totalMinor: 1300,
    tenders: [{ kind: "cash", amountMinor: 1300 }],
  });
});

test("a class without a name in the catalogue is named by its rate, and cash rounding stands on the card", async () => {
  const { charge, sale } = walletSale(till, nextReceipt());
  await chargeFor(till, { ...charge, amountMinor: 1000 }, shopper);
  const [tender] = sale.tenders;
  if (tender?.kind !== "wallet") throw new Error("Not the sale it was");
  const mixed: TestSale = {
    ...sale,
    tenders: [
      { ...tender, amountMinor: 1000 },
      { kind: "cash", amountMinor: 300, roundingMinor: -3, tenderedMinor: 300, changeMinor: 3 },
    ],
  };
  await till.push(till.next("sale.settled", JSON.parse(JSON.stringify(mixed).replaceAll("vat13", "gone"))));
  await settleDown(platform);
  const [card] = await receiptsOf(sale.saleId);
  expect(card?.taxes[0]?.name).toEqual({ en: "13 %", "zh-CN": "13%" });
  expect(card?.tenders).toEqual([
    { kind: "wallet", amountMinor: 1000, number: charge.number },
    { kind: "cash", amountMinor: 300, roundingMinor: -3 },
  ]);
});

test("shopper and shop write to each other, and each sees what the other has not read", async () => {
  const id = await threadId();
  const question = { ...text("Do you have oat milk?"), about: "1-1" };
  const sent = await phone.post(`/v1/wallet/threads/${id}/messages`, question);
  expect(chatMessageSchema.parse(sent.body)).toMatchObject({ kind: "text", from: "shopper", about: "1-1" });
  const [thread] = await threadsOf(till);
  expect(thread).toMatchObject({ threadId: id, unread: 1, last: { from: "shopper", text: question.text } });
  const cursor = Number(sent.body["cursor"]);
  expect((await till.post(`/v1/chat/threads/${id}/read`, { upTo: cursor + 100 })).body).toEqual({ upTo: cursor });
  expect((await till.post(`/v1/chat/threads/${id}/read`, { upTo: 1 })).body).toEqual({ upTo: cursor });
  expect((await threadsOf(till))[0]).toMatchObject({ unread: 0 });
  const onPhone = await phone.get(`/v1/wallet/threads/${id}/messages`);
  expect(messagesResponseSchema.parse(onPhone.body).readUpTo).toBe(cursor);
  await till.post(`/v1/chat/threads/${id}/messages`, text("Yes, beside the soy milk."));
  const { messages } = messagesResponseSchema.parse(
    (await phone.get(`/v1/wallet/threads/${id}/messages?after=${cursor}`)).body,
  );
  expect(messages).toMatchObject([{ from: "shop", text: "Yes, beside the soy milk.", cursor: cursor + 1 }]);
});

test("a message that is sent again stands once, and its id is good for no other text: answers get lost", async () => {
  const path = `/v1/chat/threads/${await threadId()}/messages`;
  const message = text("We are open until nine.");
  const answers = await Promise.all(Array.from({ length: 5 }, () => till.post(path, message)));
  expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  const copies = (await messagesOf(await threadId())).filter(({ messageId }) => messageId === message.messageId);
  expect(copies).toHaveLength(1);
  const other = await till.post(path, { ...message, text: "We are closed." });
  expect(other).toMatchObject({ status: 400, body: { code: "request.invalid" } });
});

test("cursors have no gap and no double while both sides write at once, or a reader would miss a message", async () => {
  const id = await threadId();
  const last = (await messagesOf(id)).at(-1)?.cursor ?? 0;
  platform.clock.nowMs += 60_000;
  await Promise.all(
    Array.from({ length: 8 }, (_, index) => [
      phone.post(`/v1/wallet/threads/${id}/messages`, text(`question ${index}`)),
      till.post(`/v1/chat/threads/${id}/messages`, text(`answer ${index}`)),
    ]).flat(),
  );
  const cursors = (await messagesOf(id, `?after=${last}&limit=200`)).map(({ cursor }) => cursor);
  expect(cursors).toEqual(Array.from({ length: 16 }, (_, index) => last + index + 1));
});

test("a long thread is read in pages, forwards and backwards, without a gap", async () => {
  const id = await threadId();
  const every = (await messagesOf(id)).map(({ cursor }) => cursor);
  const path = `/v1/chat/threads/${id}/messages`;
  const newest = messagesResponseSchema.parse((await till.get(`${path}?limit=5`)).body);
  expect(newest.messages.map(({ cursor }) => cursor)).toEqual(every.slice(-5));
  expect(newest.more).toBe(true);
  const older = messagesResponseSchema.parse((await till.get(`${path}?limit=5&before=${every.at(-5)}`)).body);
  expect(older.messages.map(({ cursor }) => cursor)).toEqual(every.slice(-10, -5));
  const seen: number[] = [];
  for (let after = 0, more = true; more;) {
    const page = messagesResponseSchema.parse((await till.get(`${path}?after=${after}&limit=7`)).body);
    seen.push(...page.messages.map(({ cursor }) => cursor));
    after = seen.at(-1) ?? 0;
    ({ more } = page);
  }
  expect(seen).toEqual(every);
  expect((await till.get(`${path}?after=1&before=9`)).status).toBe(400);
});

test("one side cannot flood the other: beyond twenty messages a minute it is told when to come back", async () => {
  platform.clock.nowMs += 60_000;
  const path = `/v1/wallet/threads/${await threadId()}/messages`;
  for (let count = 0; count < 20; count += 1) expect((await phone.post(path, text(`${count}`))).status).toBe(200);
  const refused = await phone.post(path, text("one more"));
  expect(refused).toMatchObject({ status: 503, body: { code: "busy" } });
  expect(refused.headers.get("retry-after")).toBe("60");
  expect((await till.post(path.replace("wallet", "chat"), text("I am here."))).status).toBe(200);
  platform.clock.nowMs += 60_000;
  expect((await phone.post(path, text("one more"))).status).toBe(200);
});

test("a message has words, and not more than fit", async () => {
  const path = `/v1/wallet/threads/${await threadId()}/messages`;
  for (const words of ["", "   ", "x".repeat(1001)]) {
    expect(await phone.post(path, text(words))).toMatchObject({ status: 400, body: { code: "request.invalid" } });
  }
});

test("another shop, another shopper and the operator see nothing of a thread that is not theirs", async () => {
  const id = await threadId();
  const stranger = await enrolTill(platform, "elsewhere");
  const otherPhone = await makePhone(platform, "s-02");
  expect(await threadsOf(stranger)).toMatchObject([{ with: "operator" }]);
  const attempts = [
    await stranger.get(`/v1/chat/threads/${id}/messages`),
    await stranger.post(`/v1/chat/threads/${id}/messages`, text("hello")),
    await stranger.post(`/v1/chat/threads/${id}/read`, { upTo: 1 }),
    await otherPhone.get(`/v1/wallet/threads/${id}/messages`),
    await otherPhone.post(`/v1/wallet/threads/${id}/messages`, text("hello")),
    await operator.get(`/v1/operator/chat/threads/${id}/messages`),
  ];
  for (const attempt of attempts) expect(attempt).toMatchObject({ status: 404, body: { code: "not-found" } });
});

test("the shop tells its shoppers apart by five digits that stay, and that say nothing about the wallet", async () => {
  const second = await makeShopper(platform, "s-02");
  await sellByWallet(platform, till, second, nextReceipt());
  const numbers = (await threadsOf(till)).flatMap((thread) => thread.shopperNumber ?? []);
  expect(numbers).toHaveLength(2);
  expect(new Set(numbers).size).toBe(2);
  for (const number of numbers) expect(number).toMatch(/^\d{5}$/);
  await sellByWallet(platform, till, second, nextReceipt());
  expect((await threadsOf(till)).flatMap((thread) => thread.shopperNumber ?? []).toSorted()).toEqual(
    numbers.toSorted(),
  );
  expect(JSON.stringify(await threadsOf(till))).not.toContain(second.walletId);
});

test("shop and operator write to each other about what is wrong with an entry", async () => {
  const threads = operatorThreadsResponseSchema.parse((await operator.get("/v1/operator/chat/threads")).body).threads;
  const own = threads.find(({ storeId }) => storeId === "lantern-lane");
  const path = `chat/threads/${own?.threadId}`;
  await till.post(`/v1/${path}/messages`, { ...text("Why is this sale held?"), about: `${till.ledger}/2` });
  const [first] = operatorThreadsResponseSchema.parse((await operator.get("/v1/operator/chat/threads")).body).threads;
  expect(first).toMatchObject({
    storeId: "lantern-lane",
    store: { en: "Lantern Lane Grocery" },
    unread: 1,
    last: { from: "shop", text: "Why is this sale held?" },
  });
  await operator.post(`/v1/operator/${path}/messages`, text("Its tax class was gone. It is settled now."));
  await operator.post(`/v1/operator/${path}/read`, { upTo: 1 });
  const { messages, readUpTo } = messagesResponseSchema.parse((await till.get(`/v1/${path}/messages`)).body);
  expect(messages.map(({ from }) => from)).toEqual(["shop", "operator"]);
  expect(readUpTo).toBe(1);
  const seen = (await threadsOf(till)).find((thread) => thread.with === "operator");
  expect(seen).toMatchObject({ unread: 1, last: { from: "operator" } });
});
