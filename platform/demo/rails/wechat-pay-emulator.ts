import { createHash } from "node:crypto";
import type { z } from "zod";
import type { WechatPayConfiguration } from "../../rails/configuration.ts";
import { chinaDay } from "../../rails/china-time.ts";
import type { RailFault, RailStep } from "./behaviour.ts";
import { serveEmulator, type EmulatorAnswer, type EmulatorRequest } from "./emulator-server.ts";
import { makeRsaKeys, phoneOf, Script, type KeyTexts, type RailEmulator } from "./emulator.ts";
import { OrderBook, type BookKeeper, type BookedRefund, type Order, type Refusal } from "./order-book.ts";
import { writeWechatPayBill } from "./wechat-pay-bill.ts";
import { codepaySchema, refundSchema, reverseSchema } from "./wechat-pay-requests.ts";
import { AuthorizationCheck, signedHeaders } from "./wechat-pay-signatures.ts";

/** What an emulator is started with. `nowMs` is the clock of codes and orders; without a keeper the book ends with it. */
export type EmulatorOptions = {
  balances: ReadonlyMap<string, number>;
  nowMs: () => number;
  keeper: BookKeeper | null;
};

const merchantId = "1900000109";
const appId = "wx0123456789abcdef";
const merchantSerial = "5157F09EFDC096DE15EBE81A47057A7232F1B8E1";
const platformKeyId = "PUB_KEY_ID_0119000001092026110100000001";
const dayMs = 24 * 3_600_000;

type Reply = { status: number; body: object | null };

const refused: Readonly<Record<Refusal, { status: number; code: string }>> = {
  insufficient: { status: 403, code: "NOT_ENOUGH" },
  "above-limit": { status: 403, code: "RULE_LIMIT" },
  "code-expired": { status: 400, code: "AUTH_CODE_EXPIRED" },
  "code-used": { status: 400, code: "AUTH_CODE_INVALID" },
  "code-invalid": { status: 400, code: "AUTH_CODE_INVALID" },
  declined: { status: 403, code: "TRADE_ERROR" },
};

/** Starts WeChat Pay's third version in small: code payment, query, reverse, refunds, the bill. */
export async function startWechatPayEmulator(
  options: EmulatorOptions,
): Promise<{ emulator: RailEmulator; configuration: WechatPayConfiguration }> {
  const [merchantKeys, platformKeys, strangerKeys] = await Promise.all([makeRsaKeys(), makeRsaKeys(), makeRsaKeys()]);
  const book = new OrderBook(
    {
      makeCode: (serial) => `13${String(serial).padStart(16, "0")}`,
      makeTransactionId: (serial, atMs) =>
        `4200${chinaDay(new Date(atMs)).replaceAll("-", "")}${String(serial).padStart(16, "0")}`,
      codeLifeMs: 60_000,
      closesAfterMs: null,
      reversibleUntilMs: (createdAtMs) => createdAtMs + 7 * dayMs,
    },
    options,
  );
  const script = new Script();
  const wire = new WechatPayWire(book, script, options.nowMs, { merchantKeys, platformKeys, strangerKeys });
  const server = await serveEmulator((request) => wire.handle(request));
  return {
    emulator: { url: server.url, ...phoneOf(book, script), close: () => server.close() },
    configuration: {
      merchantId,
      appId,
      serial: merchantSerial,
      privateKey: merchantKeys.privateKey,
      platformKeys: { [platformKeyId]: platformKeys.publicKey },
      baseUrl: server.url,
      deviceIp: "127.0.0.1",
    },
  };
}

class WechatPayWire {
  readonly #book: OrderBook;
  readonly #script: Script;
  readonly #nowMs: () => number;
  readonly #check: AuthorizationCheck;
  readonly #keys: { platformKeys: KeyTexts; strangerKeys: KeyTexts };
  readonly #bills = new Map<string, string>();

  constructor(
    book: OrderBook,
    script: Script,
    nowMs: () => number,
    keys: { merchantKeys: KeyTexts; platformKeys: KeyTexts; strangerKeys: KeyTexts },
  ) {
    this.#book = book;
    this.#script = script;
    this.#nowMs = nowMs;
    this.#keys = keys;
    this.#check = new AuthorizationCheck({
      merchantId,
      serial: merchantSerial,
      publicKey: keys.merchantKeys.publicKey,
    });
  }

  handle(request: EmulatorRequest): EmulatorAnswer {
    const problem = this.#check.problemOf(request);
    if (problem !== null) {
      // Who has not proved to be the merchant gets no signature either.
      const body = JSON.stringify({ code: "SIGN_ERROR", message: problem });
      return { status: 401, headers: { "content-type": "application/json" }, body };
    }
    const { method, url } = request;
    const bill = url.pathname === "/v3/billdownload/file" ? this.#bills.get(url.search) : undefined;
    if (bill !== undefined) return { status: 200, headers: { "content-type": "text/plain" }, body: bill };
    const order = /^\/v3\/pay\/transactions\/out-trade-no\/([^/]+)(\/reverse)?$/.exec(url.pathname);
    const refund = /^\/v3\/refund\/domestic\/refunds\/([^/]+)$/.exec(url.pathname);
    if (method === "POST" && url.pathname === "/v3/pay/transactions/codepay") return this.#pay(request);
    if (method === "GET" && order?.[1] !== undefined && order[2] === undefined) {
      const number = order[1];
      return this.#play("query", () => this.#query(number, url));
    }
    if (method === "POST" && order?.[1] !== undefined && order[2] !== undefined) {
      const number = order[1];
      return this.#play("reverse", () => this.#reverse(number, request.body));
    }
    if (method === "POST" && url.pathname === "/v3/refund/domestic/refunds") {
      return this.#play("refund", () => this.#refund(request.body));
    }
    if (method === "GET" && refund?.[1] !== undefined) {
      const number = refund[1];
      return this.#play("query-refund", () => this.#queryRefund(number));
    }
    if (method === "GET" && url.pathname === "/v3/bill/tradebill") return this.#play("bill", () => this.#bill(url));
    return this.#send(refusal(404, "RESOURCE_NOT_EXISTS"), null);
  }

  #pay(request: EmulatorRequest): EmulatorAnswer {
    const behaviour = this.#script.takeBehaviour();
    return this.#play(
      "pay",
      () => {
        const read = readJson(request.body, codepaySchema);
        if (read === null || read.mchid !== merchantId || read.appid !== appId) return refusal(400, "PARAM_ERROR");
        const known = this.#book.find(read.out_trade_no);
        if (known !== null) return refusal(400, known.state === "paid" ? "ORDERPAID" : "OUT_TRADE_NO_USED");
        const result = this.#book.pay(
          {
            number: read.out_trade_no,
            code: read.payer.auth_code,
            amountMinor: read.amount.total,
            content: request.body,
          },
          behaviour,
        );
        if (result.kind === "refused") return refusal(refused[result.refusal].status, refused[result.refusal].code);
        if (result.order.state === "typing") return refusal(202, "USERPAYING");
        return { status: 200, body: transaction(result.order) };
      },
      this.#script.takeFault("pay", behaviour),
    );
  }

  #query(number: string, url: URL): Reply {
    if (url.searchParams.get("mchid") !== merchantId) return refusal(400, "PARAM_ERROR");
    const order = this.#book.ask(number);
    return order === null ? refusal(404, "ORDER_NOT_EXIST") : { status: 200, body: transaction(order) };
  }

  #reverse(number: string, body: string): Reply {
    const read = readJson(body, reverseSchema);
    if (read === null || read.mchid !== merchantId || read.appid !== appId) return refusal(400, "PARAM_ERROR");
    const result = this.#book.reverse(number);
    if (result.kind === "not-found") return refusal(404, "ORDER_NOT_EXIST");
    if (result.kind === "too-late") return refusal(403, "REVERSE_EXPIRE");
    return { status: 200, body: { appid: appId, mchid: merchantId, out_trade_no: number } };
  }

  #refund(body: string): Reply {
    const read = readJson(body, refundSchema);
    if (read === null || read.amount.refund > read.amount.total) return refusal(400, "PARAM_ERROR");
    const result = this.#book.refund({
      orderNumber: read.out_trade_no,
      number: read.out_refund_no,
      amountMinor: read.amount.refund,
      totalMinor: read.amount.total,
    });
    if (result.kind === "refund") return { status: 200, body: refundBody(result.refund, result.order, "PROCESSING") };
    if (result.kind === "not-found") return refusal(404, "RESOURCE_NOT_EXISTS");
    return refusal(400, "INVALID_REQUEST");
  }

  #queryRefund(number: string): Reply {
    const found = this.#book.findRefund(number);
    if (found === null) return refusal(404, "RESOURCE_NOT_EXISTS");
    return { status: 200, body: refundBody(found.refund, found.order, "SUCCESS") };
  }

  #bill(url: URL): Reply {
    const day = url.searchParams.get("bill_date") ?? "";
    if (!/^\d{4}-\d\d-\d\d$/.test(day)) return refusal(400, "PARAM_ERROR");
    if (day >= chinaDay(new Date(this.#nowMs()))) return refusal(400, "STATEMENT_CREATING");
    const text = writeWechatPayBill(this.#book.paidOrders(), day, { appId, merchantId });
    if (text === null) return refusal(400, "NO_STATEMENT_EXIST");
    const hash = createHash("sha1").update(text).digest("hex");
    const search = `?token=${hash}`;
    this.#bills.set(search, text);
    if (this.#bills.size > 32) this.#bills.delete(this.#bills.keys().next().value ?? "");
    const download = `https://api.mch.weixin.qq.com/v3/billdownload/file${search}`;
    return { status: 200, body: { hash_type: "SHA1", hash_value: hash, download_url: download } };
  }

  #play(step: RailStep, act: () => Reply, fault = this.#script.takeFault(step, "at-once")): EmulatorAnswer {
    const reply = fault === null || fault.effect ? act() : { status: 500, body: null };
    return this.#send(fault?.kind === "system-error" ? refusal(500, "SYSTEM_ERROR") : reply, fault?.kind ?? null);
  }

  #send(reply: Reply, fault: RailFault["kind"] | null): EmulatorAnswer {
    const body = reply.body === null ? "" : JSON.stringify(reply.body);
    const { privateKey } = fault === "bad-signature" ? this.#keys.strangerKeys : this.#keys.platformKeys;
    const signature = fault === "unsigned" ? {} : signedHeaders(body, platformKeyId, privateKey);
    const answer = { status: reply.status, headers: { "content-type": "application/json", ...signature }, body };
    return fault === null ? answer : { ...answer, fault };
  }
}

const states = { typing: "USERPAYING", paid: "SUCCESS", lapsed: "NOTPAY", closed: "CLOSED", reversed: "REVOKED" };

function transaction(order: Order): object {
  const { number, transactionId, amountMinor, paidAtMs } = order;
  const refundedState = order.state === "paid" && order.refunds.length > 0 ? "REFUND" : states[order.state];
  return {
    appid: appId,
    mchid: merchantId,
    out_trade_no: number,
    transaction_id: transactionId,
    trade_type: "MICROPAY",
    trade_state: refundedState,
    trade_state_desc: refundedState,
    ...(paidAtMs === null ? {} : { success_time: new Date(paidAtMs).toISOString().replace(/\.\d+Z$/, "+00:00") }),
    payer: { openid: `o-${order.shopperId}` },
    amount: { total: amountMinor, payer_total: amountMinor, currency: "CNY", payer_currency: "CNY" },
  };
}

function refundBody(refund: BookedRefund, order: Order, status: "PROCESSING" | "SUCCESS"): object {
  return {
    refund_id: refund.transactionId,
    out_refund_no: refund.number,
    transaction_id: order.transactionId,
    out_trade_no: order.number,
    channel: "ORIGINAL",
    status,
    amount: { total: order.amountMinor, refund: refund.amountMinor, payer_refund: refund.amountMinor, currency: "CNY" },
  };
}

function refusal(status: number, code: string): Reply {
  return { status, body: { code, message: code } };
}

function readJson<T extends z.ZodType>(text: string, schema: T): z.infer<T> | null {
  try {
    const read = schema.safeParse(JSON.parse(text));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}
