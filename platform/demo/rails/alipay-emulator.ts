import { createVerify } from "node:crypto";
import type { z } from "zod";
import { chinaDay, chinaTime, readChinaTime } from "../../rails/china-time.ts";
import type { AlipayConfiguration } from "../../rails/configuration.ts";
import { reversibleUntilMs } from "../../rails/timings.ts";
import { readYuan, yuanText } from "../../rails/yuan.ts";
import { writeAlipayBill } from "./alipay-bill.ts";
import { billSchema, orderSchema, paySchema, refundQuerySchema, refundSchema } from "./alipay-requests.ts";
import type { RailFault, RailStep } from "./behaviour.ts";
import { serveEmulator, type EmulatorAnswer, type EmulatorRequest } from "./emulator-server.ts";
import { makeRsaKeys, phoneOf, Script, signText, type KeyTexts, type RailEmulator } from "./emulator.ts";
import { OrderBook, refundedOf, type Order, type Refusal } from "./order-book.ts";
import type { EmulatorOptions } from "./wechat-pay-emulator.ts";

const appId = "2021000122671080";
const closesAfterMs = 3 * 60_000;
const clockSkewMs = 15 * 60_000;

type Fields = Record<string, string>;

const refused: Readonly<Record<Refusal, string>> = {
  insufficient: "ACQ.BUYER_BALANCE_NOT_ENOUGH",
  "above-limit": "ACQ.BEYOND_PAY_RESTRICTION",
  "code-expired": "ACQ.PAYMENT_AUTH_CODE_INVALID",
  "code-used": "ACQ.PAYMENT_AUTH_CODE_INVALID",
  "code-invalid": "ACQ.PAYMENT_AUTH_CODE_INVALID",
  declined: "ACQ.PAYMENT_REQUEST_HAS_RISK",
};

/** Starts Alipay's gateway in small: bar code payment, query, cancel, refund, the bill. */
export async function startAlipayEmulator(
  options: EmulatorOptions,
): Promise<{ emulator: RailEmulator; configuration: AlipayConfiguration }> {
  const [applicationKeys, alipayKeys, strangerKeys] = await Promise.all([makeRsaKeys(), makeRsaKeys(), makeRsaKeys()]);
  const book = new OrderBook(
    {
      makeCode: (serial) => `28${String(serial).padStart(16, "0")}`,
      makeTransactionId: (serial, atMs) =>
        `${chinaDay(new Date(atMs)).replaceAll("-", "")}2200${String(serial).padStart(16, "0")}`,
      codeLifeMs: 60_000,
      closesAfterMs,
      reversibleUntilMs: (createdAtMs) => reversibleUntilMs("alipay", createdAtMs),
    },
    options,
  );
  const script = new Script();
  const wire = new AlipayWire(book, script, options.nowMs, { applicationKeys, alipayKeys, strangerKeys });
  const server = await serveEmulator((request) => wire.handle(request));
  wire.ownUrl = server.url;
  return {
    emulator: { url: server.url, ...phoneOf(book, script), close: () => server.close() },
    configuration: {
      appId,
      privateKey: applicationKeys.privateKey,
      alipayPublicKey: alipayKeys.publicKey,
      gateway: new URL("gateway.do", server.url).href,
    },
  };
}

class AlipayWire {
  /** Where bills are fetched from. */
  ownUrl = "";
  readonly #book: OrderBook;
  readonly #script: Script;
  readonly #nowMs: () => number;
  readonly #keys: { applicationKeys: KeyTexts; alipayKeys: KeyTexts; strangerKeys: KeyTexts };
  readonly #bills = new Map<string, Buffer>();

  constructor(
    book: OrderBook,
    script: Script,
    nowMs: () => number,
    keys: { applicationKeys: KeyTexts; alipayKeys: KeyTexts; strangerKeys: KeyTexts },
  ) {
    this.#book = book;
    this.#script = script;
    this.#nowMs = nowMs;
    this.#keys = keys;
  }

  handle(request: EmulatorRequest): EmulatorAnswer {
    const bill = this.#bills.get(request.url.pathname);
    if (request.method === "GET" && bill !== undefined) {
      return { status: 200, headers: { "content-type": "application/octet-stream" }, body: bill };
    }
    const isGateway = request.method === "POST" && request.url.pathname === "/gateway.do";
    if (!isGateway) return { status: 404, headers: {}, body: "" };
    const parameters = new Map([...request.url.searchParams, ...new URLSearchParams(request.body)]);
    const method = parameters.get("method") ?? "";
    const problem = this.#problemOf(parameters);
    if (problem !== null) return this.#send(method, gatewayError(problem), null);
    return this.#dispatch(method, parameters.get("biz_content") ?? "");
  }

  /** Everything of a request that is not the method's own business, in the gateway's words. */
  #problemOf(parameters: ReadonlyMap<string, string>): string | null {
    const needed = ["app_id", "method", "charset", "sign_type", "sign", "timestamp", "version", "biz_content"];
    const missing = needed.find((name) => (parameters.get(name) ?? "") === "");
    if (missing !== undefined) return `isv.missing-${missing.replaceAll("_", "-")}`;
    if (parameters.get("app_id") !== appId) return "isv.invalid-app-id";
    if (parameters.get("charset") !== "utf-8") return "isv.invalid-charset";
    if (parameters.get("sign_type") !== "RSA2") return "isv.invalid-signature-type";
    if (parameters.get("version") !== "1.0") return "isv.invalid-version";
    if ((parameters.get("format") ?? "JSON") !== "JSON") return "isv.invalid-format";
    const at = readChinaTime(parameters.get("timestamp") ?? "");
    if (at === null || Math.abs(at.getTime() - Date.now()) > clockSkewMs) return "isv.invalid-timestamp";
    const signed = [...parameters]
      .filter(([name, value]) => name !== "sign" && value !== "")
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([name, value]) => `${name}=${value}`)
      .join("&");
    const verifier = createVerify("RSA-SHA256").update(signed, "utf8");
    const holds = verifier.verify(this.#keys.applicationKeys.publicKey, parameters.get("sign") ?? "", "base64");
    return holds ? null : "isv.invalid-signature";
  }

  #dispatch(method: string, content: string): EmulatorAnswer {
    switch (method) {
      case "alipay.trade.pay": {
        const behaviour = this.#script.takeBehaviour();
        const fault = this.#script.takeFault("pay", behaviour);
        return this.#play(
          method,
          "pay",
          () => withContent(content, paySchema, (read) => this.#pay(read, content, behaviour)),
          fault,
        );
      }
      case "alipay.trade.query":
        return this.#play(method, "query", () => withContent(content, orderSchema, (read) => this.#query(read)));
      case "alipay.trade.cancel":
        return this.#play(method, "reverse", () => withContent(content, orderSchema, (read) => this.#cancel(read)));
      case "alipay.trade.refund":
        return this.#play(method, "refund", () => withContent(content, refundSchema, (read) => this.#refund(read)));
      case "alipay.trade.fastpay.refund.query":
        return this.#play(method, "query-refund", () =>
          withContent(content, refundQuerySchema, (read) => this.#queryRefund(read)),
        );
      case "alipay.data.dataservice.bill.downloadurl.query":
        return this.#play(method, "bill", () => withContent(content, billSchema, (read) => this.#bill(read)));
      default:
        return this.#send(method, gatewayError("isv.invalid-method"), null);
    }
  }

  #pay(read: z.infer<typeof paySchema>, content: string, behaviour: Parameters<OrderBook["pay"]>[1]): Fields {
    const amountMinor = readYuan(read.total_amount) ?? 0;
    const known = this.#book.find(read.out_trade_no);
    if (known !== null) {
      if (known.content !== content) return businessError("ACQ.CONTEXT_INCONSISTENT");
      return businessError(known.state === "paid" ? "ACQ.TRADE_HAS_SUCCESS" : "ACQ.TRADE_HAS_CLOSE");
    }
    const result = this.#book.pay({ number: read.out_trade_no, code: read.auth_code, amountMinor, content }, behaviour);
    if (result.kind === "refused") return businessError(refused[result.refusal]);
    const { order } = result;
    if (order.state === "typing") {
      return { code: "10003", msg: "order success pay inprocess", out_trade_no: order.number };
    }
    return {
      ...success,
      out_trade_no: order.number,
      trade_no: order.transactionId,
      total_amount: yuanText(order.amountMinor),
      gmt_payment: chinaTime(new Date(order.paidAtMs ?? 0)),
    };
  }

  #query({ out_trade_no: number }: z.infer<typeof orderSchema>): Fields {
    const order = this.#book.ask(number);
    if (order === null) return businessError("ACQ.TRADE_NOT_EXIST");
    return {
      ...success,
      out_trade_no: order.number,
      trade_no: order.transactionId,
      trade_status: tradeStatus(order),
      total_amount: yuanText(order.amountMinor),
      ...(order.paidAtMs === null ? {} : { send_pay_date: chinaTime(new Date(order.paidAtMs)) }),
    };
  }

  #cancel({ out_trade_no: number }: z.infer<typeof orderSchema>): Fields {
    const result = this.#book.reverse(number);
    if (result.kind === "too-late") return businessError("ACQ.TRADE_CANCEL_TIME_OUT");
    // An order that never was is cancelled with success as well, only without an action.
    if (result.kind === "not-found") return { ...success, out_trade_no: number, retry_flag: "N" };
    const action = result.gaveBack ? "refund" : "close";
    return { ...success, out_trade_no: number, trade_no: result.order.transactionId, retry_flag: "N", action };
  }

  #refund(read: z.infer<typeof refundSchema>): Fields {
    const amountMinor = readYuan(read.refund_amount) ?? 0;
    const { out_trade_no: orderNumber, out_request_no: number } = read;
    const result = this.#book.refund({ orderNumber, number, amountMinor, totalMinor: null });
    if (result.kind === "refund") {
      const sum = yuanText(refundedOf(result.order));
      const { order } = result;
      return {
        ...success,
        out_trade_no: order.number,
        trade_no: order.transactionId,
        refund_fee: sum,
        fund_change: "Y",
      };
    }
    if (result.kind === "not-found") return businessError("ACQ.TRADE_NOT_EXIST");
    if (result.kind === "not-paid") return businessError("ACQ.TRADE_STATUS_ERROR");
    return businessError(
      result.kind === "too-much" ? "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL" : "ACQ.DISCORDANT_REPEAT_REQUEST",
    );
  }

  #queryRefund(read: z.infer<typeof refundQuerySchema>): Fields {
    const order = this.#book.find(read.out_trade_no);
    if (order === null) return businessError("ACQ.TRADE_NOT_EXIST");
    const refund = order.refunds.find(({ number }) => number === read.out_request_no);
    if (refund === undefined) return success;
    return {
      ...success,
      out_trade_no: order.number,
      trade_no: order.transactionId,
      out_request_no: refund.number,
      refund_amount: yuanText(refund.amountMinor),
      total_amount: yuanText(order.amountMinor),
      refund_status: "REFUND_SUCCESS",
    };
  }

  #bill({ bill_date: day }: z.infer<typeof billSchema>): Fields {
    const isOver = day < chinaDay(new Date(this.#nowMs()));
    const archive = isOver ? writeAlipayBill(this.#book.paidOrders(), day) : null;
    if (archive === null) return businessError("isp.bill_not_exist");
    const path = `/bill/${day}/${archive.length}`;
    this.#bills.set(path, archive);
    if (this.#bills.size > 32) this.#bills.delete(this.#bills.keys().next().value ?? "");
    return { ...success, bill_download_url: new URL(path, this.ownUrl).href };
  }

  #play(
    method: string,
    step: RailStep,
    act: () => Fields,
    fault = this.#script.takeFault(step, "at-once"),
  ): EmulatorAnswer {
    const fields = fault === null || fault.effect ? act() : systemError;
    return this.#send(method, fault?.kind === "system-error" ? systemError : fields, fault?.kind ?? null);
  }

  /** The signature covers the inner object exactly as it is written. */
  #send(method: string, fields: Fields, fault: RailFault["kind"] | null): EmulatorAnswer {
    const inner = JSON.stringify(fields);
    const { privateKey } = fault === "bad-signature" ? this.#keys.strangerKeys : this.#keys.alipayKeys;
    const name = method === "" ? "error_response" : `${method.replaceAll(".", "_")}_response`;
    const sign = fault === "unsigned" ? "" : `,"sign":"${signText(inner, privateKey)}"`;
    const body = `{"${name}":${inner}${sign}}`;
    const answer = { status: 200, headers: { "content-type": "application/json;charset=utf-8" }, body };
    return fault === null ? answer : { ...answer, fault };
  }
}

const success: Fields = { code: "10000", msg: "Success" };
const systemError: Fields = {
  code: "20000",
  msg: "Service Currently Unavailable",
  sub_code: "isp.unknow-error",
  sub_msg: "system busy",
};

function tradeStatus(order: Order): string {
  if (order.state === "typing" || order.state === "lapsed") return "WAIT_BUYER_PAY";
  if (order.state !== "paid") return "TRADE_CLOSED";
  return refundedOf(order) === order.amountMinor ? "TRADE_CLOSED" : "TRADE_SUCCESS";
}

function businessError(subCode: string): Fields {
  return { code: "40004", msg: "Business Failed", sub_code: subCode, sub_msg: subCode };
}

function gatewayError(subCode: string): Fields {
  const code = subCode.startsWith("isv.missing") ? "40001" : "40002";
  return { code, msg: "Invalid Arguments", sub_code: subCode, sub_msg: subCode };
}

function withContent<T extends z.ZodType>(text: string, schema: T, act: (read: z.infer<T>) => Fields): Fields {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return gatewayError("isv.invalid-parameter");
  }
  const read = schema.safeParse(value);
  return read.success ? act(read.data) : businessError("ACQ.INVALID_PARAMETER");
}
