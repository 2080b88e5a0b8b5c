import { pino } from "pino";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import type { MethodInput, MethodName, MethodOutput, TillContract } from "../../../main/contract/methods.ts";
import { openRelay, type Relay } from "../../../main/demo/relay.ts";
import { openTill, type Till } from "../../../main/till.ts";
import type { TillOptions } from "../../../main/till-base.ts";
import { startTestPlatform, type TestPlatform } from "../../platform/support/test-platform.ts";
import { makeCode } from "../../platform/support/test-till.ts";
import { codeFrom, tea } from "../checkout/test-shop.ts";
import { temporaryFolder } from "../ledger/support.ts";

let platform: TestPlatform;

beforeAll(async () => {
  platform = await startTestPlatform();
  return () => platform.stop();
});

/** A till without devices, on a cable that can be pulled. */
async function openOfficeTill() {
  const folder = temporaryFolder();
  const relay: Relay = await openRelay(platform.url);
  onTestFinished(() => relay.close());
  const options: TillOptions = {
    folder,
    platformUrl: relay.url,
    devices: {},
    floatMinor: 0,
    log: pino({ level: "silent" }),
  };
  let till: Till | null = await openTill({ ...options, enrolmentCode: (await makeCode(platform)).code });
  async function close(): Promise<void> {
    const closing = till;
    till = null;
    await closing?.close();
  }
  onTestFinished(close);
  const shop = {
    relay,
    options,
    close,
    get till(): Till {
      if (till === null) throw new Error("The till is closed");
      return till;
    },
    async open(code?: string): Promise<void> {
      await close();
      till = await openTill({ ...options, ...(code === undefined ? {} : { enrolmentCode: code }) });
    },
    call: async <M extends MethodName<TillContract>>(
      method: M,
      input: MethodInput<TillContract, M>,
    ): Promise<MethodOutput<TillContract, M>> => {
      const handler = shop.till.service.handlers[method] as (given: unknown, caller: { role: string }) => unknown;
      const output = await handler(input, { role: "manager" });
      const { contract } = shop.till.service;
      return contract.methods[method].output.parse(output ?? {}) as MethodOutput<TillContract, M>;
    },
    /** Sells a bottle of tea for cash; gives the sale's id. */
    async sell(): Promise<string> {
      await shop.call("basket.add", { itemId: tea.itemId });
      const { saleId, cash } = shop.till.service.snapshot().basket;
      await shop.call("tender.cash", { saleId, tenderedMinor: cash.dueMinor });
      await shop.call("sale.next", { saleId });
      return saleId;
    },
    /** Resolves when everything has arrived. */
    async arrived(): Promise<void> {
      for (;;) {
        await shop.call("sync.try-now", {});
        await new Promise((resolve) => setImmediate(resolve));
        const { entries } = await shop.call("sync.overview", {});
        if (entries.arrived === entries.made) return;
      }
    },
  };
  return shop;
}

/** The newest entry of a ledger as the platform has it. */
async function platformTail(ledger: string): Promise<string> {
  const sql = "select convert_from(text, 'UTF8') as text from entries where ledger = $1 order by seq desc limit 1";
  const { rows } = await platform.database.query<{ text: string }>(sql, [ledger]);
  return rows[0]?.text ?? "";
}

test("a sale is followed from the till to the platform, and sent again when the line is back", async () => {
  const shop = await openOfficeTill();
  await shop.sell();
  await shop.arrived();
  const { rows } = await shop.call("sync.log", {});
  expect(rows).toMatchObject([{ kind: "sale", totalMinor: tea.priceMinor, paidBy: "cash", tries: 1 }]);
  expect(["confirmed", "settled"]).toContain(rows[0]?.state);
  expect(rows[0]?.arrivedAt).toBeDefined();
  const overview = await shop.call("sync.overview", {});
  expect(overview).toMatchObject({ sales: 1, arrived: 1, notArrived: { count: 0 }, clockOffsetMs: expect.any(Number) });
  expect(overview.lastAnswerAt).toBeDefined();
  await shop.relay.set("cut");
  await shop.sell();
  const [waiting] = (await shop.call("sync.log", {})).rows;
  const seq = waiting?.seq ?? 0;
  expect(await shop.call("sync.send-again", { seq })).toEqual({ state: "safe" });
  const [tried] = (await shop.call("sync.log", { state: "safe" })).rows;
  expect(tried).toMatchObject({ seq, answer: { by: "line" } });
  expect(tried?.tries).toBeGreaterThan(0);
  expect(tried?.nextTryAt).toBeDefined();
  expect((await shop.call("sync.overview", {})).outages).toMatchObject([{ kept: 1 }]);
  await shop.relay.set("up");
  expect(["confirmed", "settled"]).toContain((await shop.call("sync.send-again", { seq })).state);
  expect((await shop.call("sync.overview", {})).outages).toMatchObject([
    { kept: 1, to: expect.any(String), arrivedBy: expect.any(String) },
  ]);
}, 60_000);

/** Has the platform hold an entry for a person, as a rule of the merchant's would. */
async function hold(ledger: string, seq: number): Promise<void> {
  const { rows } = await platform.database.query<{ till_id: string; last_answer: number }>(
    `update tills set last_answer = last_answer + 1 from ledgers
     where ledgers.id = $1 and tills.id = ledgers.till_id returning tills.id as till_id, last_answer`,
    [ledger],
  );
  await platform.database.query(
    `insert into answers (till_id, cursor, ledger, seq, state, code, at)
     values ($1, $2, $3, $4, 'needs-you', 'sale.arithmetic', now())`,
    [rows[0]?.till_id, rows[0]?.last_answer, ledger, seq],
  );
}

// The manager must be shown what the platform holds now, and nothing may count twice on the way there.
test("a sale that the platform holds is looked at once more, and its new state is what the answers say", async () => {
  const shop = await openOfficeTill();
  await shop.sell();
  const settled = async () => (await shop.call("sync.log", { state: "settled" })).rows;
  while ((await settled()).length === 0) await shop.arrived();
  const [row] = await settled();
  const seq = row?.seq ?? 0;
  await hold(shop.till.service.snapshot().till.ledger, seq);
  const state = async () => (await shop.call("sync.entry", { seq })).row.state;
  while ((await state()) !== "needs-you") await shop.arrived();
  expect(await shop.call("sync.overview", {})).toMatchObject({ sales: 1, arrived: 0, counts: { "needs-you": 1 } });
  await shop.relay.set("cut");
  expect(await codeFrom(shop.call("sync.send-again", { seq }))).toMatch(/^platform\./);
  expect(await state()).toBe("needs-you");
  await shop.relay.set("up");
  expect(await shop.call("sync.send-again", { seq })).toEqual({ state: "settled" });
  expect((await shop.call("sync.entry", { seq })).answers).toMatchObject([{ state: "settled" }]);
}, 60_000);

test("the manager writes to the operator, sends the same message twice, and it stands once", async () => {
  const shop = await openOfficeTill();
  const { threads } = await shop.call("chat.threads", {});
  const threadId = threads.find((thread) => thread.with === "operator")?.threadId ?? "";
  const message = { messageId: crypto.randomUUID(), text: "The card terminal is out of paper." };
  await shop.call("chat.send", { threadId, message });
  await shop.call("chat.send", { threadId, message });
  const { messages } = await shop.call("chat.messages", { threadId });
  expect(messages).toMatchObject([{ kind: "text", from: "shop", ...message }]);
  const after = messages[0]?.cursor ?? 0;
  expect((await shop.call("chat.messages", { threadId, after })).messages).toEqual([]);
  await shop.call("chat.read", { threadId, upTo: after });
}, 60_000);

test("without the network the chat says so at once, and nothing is sent later by itself", async () => {
  const shop = await openOfficeTill();
  await shop.relay.set("cut");
  const threadId = crypto.randomUUID();
  const message = { messageId: crypto.randomUUID(), text: "Is anybody there?" };
  expect(await codeFrom(shop.call("chat.threads", {}))).toMatch(/^platform\./);
  expect(await codeFrom(shop.call("chat.send", { threadId, message }))).toMatch(/^platform\./);
  expect(await codeFrom(shop.call("chat.read", { threadId, upTo: 1 }))).toMatch(/^platform\./);
}, 60_000);

test("the check of the ledger is in the snapshot of the shop's own people, and its result is there after a restart", async () => {
  const shop = await openOfficeTill();
  const seen = Promise.withResolvers<void>();
  shop.till.service.watch(({ staff }) => {
    if (staff?.ledgerCheck?.state === "complete") seen.resolve();
  });
  await shop.call("ledger.check", {});
  expect(shop.till.service.snapshot().staff?.ledgerCheck?.state).toBe("running");
  await seen.promise;
  await shop.open();
  expect(shop.till.service.snapshot().staff?.ledgerCheck?.state).toBe("complete");
}, 60_000);

// Of other tills it is told that signing out threw sales away that had not been sent.
test("a till with goods in its basket, or with sales that are only here, is neither signed out nor reset", async () => {
  const shop = await openOfficeTill();
  const entriesBefore = (await shop.call("sync.overview", {})).entries.made;
  await shop.call("basket.add", { itemId: tea.itemId });
  for (const method of ["till.sign-out", "till.reset"] as const) {
    expect(await codeFrom(shop.call(method, {}))).toBe("till.busy");
  }
  const { saleId } = shop.till.service.snapshot().basket;
  await shop.call("sale.park", { saleId });
  expect(await codeFrom(shop.call("till.sign-out", {}))).toBe("till.busy");
  await shop.call("sale.resume", { saleId });
  await shop.relay.set("cut");
  await shop.call("tender.cash", { saleId, tenderedMinor: tea.priceMinor });
  await shop.call("sale.next", { saleId });
  await shop.sell();
  for (const method of ["till.sign-out", "till.reset"] as const) {
    const refused = shop.call(method, {});
    await expect(refused).rejects.toMatchObject({ code: "till.unsent", params: { count: 2, sum: "CNY 9.00" } });
  }
  await shop.sell();
  await shop.relay.set("up");
  await shop.arrived();
  await shop.relay.set("cut");
  // Nothing is unsent, but a reset till without the platform would have nothing to sell.
  expect(await codeFrom(shop.call("till.reset", {}))).toBe("till.needs-platform");
  expect((await shop.call("sync.overview", {})).entries.made).toBeGreaterThan(entriesBefore);
}, 60_000);

test("a till that is signed out has told the platform, sells nothing more, and opens again only with a code", async () => {
  const shop = await openOfficeTill();
  await shop.sell();
  const { till } = shop;
  await shop.call("till.sign-out", {});
  const { entries } = await shop.call("sync.overview", {});
  expect(entries.arrived).toBe(entries.made);
  expect(await platformTail(shop.till.service.snapshot().till.ledger)).toContain('"type":"till.signed-out"');
  expect(await codeFrom(shop.sell())).toBe("till.signed-out");
  expect(await till.ended).toBe("signed-out");
  expect(await codeFrom(shop.open())).toBe("till.signed-out");
}, 60_000);

test("a till that is reset fetches its shop anew, keeps its ledger, and forgets what people have set", async () => {
  const shop = await openOfficeTill();
  await shop.call("settings.set-locale", { locale: "zh-CN" });
  await shop.sell();
  const { till } = shop;
  const { number } = till.service.snapshot().till;
  const before = await shop.call("sync.overview", {});
  await shop.call("till.reset", {});
  expect(await till.ended).toBe("reset");
  await shop.open();
  expect(shop.till.service.snapshot()).toMatchObject({
    locale: "en",
    till: { number },
  });
  expect((await shop.call("sync.overview", {})).entries.made).toBeGreaterThanOrEqual(before.entries.made);
  expect((await shop.call("sync.log", {})).rows).toHaveLength(1);
  await shop.sell();
}, 60_000);
