import type { RailBehaviour } from "../../../sync/protocol/demo-rails.ts";

/** Why an order was not made. */
export type Refusal = "insufficient" | "above-limit" | "code-expired" | "code-used" | "code-invalid" | "declined";

/** A refund of an order. */
export type BookedRefund = { number: string; transactionId: string; amountMinor: number; atMs: number };

/** An order at the rail. `lapsed`: the shopper refused, and nobody pays it any more. */
export type Order = {
  number: string;
  transactionId: string;
  shopperId: string;
  amountMinor: number;
  /** All that the payment was asked with, to tell another one under the same number. */
  content: string;
  state: "typing" | "paid" | "lapsed" | "closed" | "reversed";
  /** It is paid at this question, counted down; null where the phone decides. */
  questionsLeft: number | null;
  paysWhenReversed: boolean;
  createdAtMs: number;
  paidAtMs: number | null;
  reversedAtMs: number | null;
  refunds: BookedRefund[];
};

/** What became of a payment. */
export type PayResult = { kind: "order"; order: Order } | { kind: "refused"; refusal: Refusal };

/** What became of a reversal. */
export type ReverseResult =
  | { kind: "reversed"; order: Order; gaveBack: boolean }
  | { kind: "not-found" }
  | { kind: "too-late" };

/** What became of a refund. */
export type RefundResult =
  | { kind: "refund"; refund: BookedRefund; order: Order }
  | { kind: "not-found" | "not-paid" | "too-much" | "other-content" };

/** How the rail's codes and numbers look, and how long it does what. */
export type BookRules = {
  /** A code out of a counter. */
  makeCode(serial: number): string;
  makeTransactionId(serial: number, atMs: number): string;
  codeLifeMs: number;
  /** An order that nobody confirms is closed after this by the rail itself; null where it stays. */
  closesAfterMs: number | null;
  reversibleUntilMs(paidAtMs: number): number;
};

/** A whole book, as it is kept. */
export type KeptBook = { serial: number; balances: [string, number][]; orders: Order[] };

/** Where a book is kept over a stop. */
export type BookKeeper = { read(): KeptBook | null; write(book: KeptBook): void };

type Code = { shopperId: string; expiresAtMs: number; used: boolean };

const questionsUntilPaid = 3;
const maximumKept = 2000;

/** The rail's own books: shoppers' balances, codes that live shortly and are used once, orders and refunds. */
export class OrderBook {
  readonly #rules: BookRules;
  readonly #nowMs: () => number;
  readonly #balances: Map<string, number>;
  readonly #codes = new Map<string, Code>();
  readonly #orders: Map<string, Order>;
  readonly #keeper: BookKeeper | null;
  #serial: number;

  constructor(
    rules: BookRules,
    options: { balances: ReadonlyMap<string, number>; nowMs: () => number; keeper: BookKeeper | null },
  ) {
    this.#rules = rules;
    this.#nowMs = options.nowMs;
    this.#keeper = options.keeper;
    const kept = options.keeper?.read() ?? null;
    this.#serial = kept?.serial ?? 0;
    this.#balances = new Map([...options.balances, ...(kept?.balances ?? [])]);
    this.#orders = new Map((kept?.orders ?? []).map((order) => [order.number, order]));
  }

  /** What a shopper has, or null for one that has no wallet here. */
  balanceOf(shopperId: string): number | null {
    return this.#balances.get(shopperId) ?? null;
  }

  /** The code that the shopper's phone shows now; the earlier ones stay good until they are used or too old. */
  issueCode(shopperId: string): { code: string; expiresAtMs: number } {
    if (!this.#balances.has(shopperId)) throw new Error(`${shopperId} has no wallet at this rail`);
    const code = this.#rules.makeCode((this.#serial += 1));
    const expiresAtMs = this.#nowMs() + this.#rules.codeLifeMs;
    this.#codes.set(code, { shopperId, expiresAtMs, used: false });
    forgetOldest(this.#codes);
    // The counter is kept, so that no code comes twice.
    this.#keep();
    return { code, expiresAtMs };
  }

  /** Makes an order, and pays it or leaves it to the shopper. A code that was presented is used up, whatever comes of it. */
  pay(
    request: { number: string; code: string; amountMinor: number; content: string },
    behaviour: RailBehaviour,
  ): PayResult {
    const code = this.#codes.get(request.code);
    const refused = (refusal: Refusal): PayResult => ({ kind: "refused", refusal });
    if (code === undefined) return refused("code-invalid");
    if (code.used || behaviour === "code-used") return refused("code-used");
    code.used = true;
    if (code.expiresAtMs <= this.#nowMs() || behaviour === "code-expired") return refused("code-expired");
    if (behaviour === "above-limit" || behaviour === "declined") return refused(behaviour);
    const balance = this.#balances.get(code.shopperId) ?? 0;
    if (behaviour === "insufficient" || balance < request.amountMinor) return refused("insufficient");
    const order = this.#makeOrder(request, code.shopperId, behaviour);
    if (order.state === "paid") this.#take(order);
    this.#keep();
    return { kind: "order", order };
  }

  /** The order of a number as it stands, without any question being counted. */
  find(number: string): Order | null {
    const order = this.#orders.get(number);
    if (order === undefined) return null;
    const { closesAfterMs } = this.#rules;
    const isOver = closesAfterMs !== null && this.#nowMs() - order.createdAtMs >= closesAfterMs;
    if (order.state === "typing" && isOver) order.state = "closed";
    return order;
  }

  /** The order that somebody asks after. */
  ask(number: string): Order | null {
    const order = this.find(number);
    if (order?.state === "typing" && order.questionsLeft !== null) {
      order.questionsLeft -= 1;
      if (order.questionsLeft <= 0) this.#confirm(order);
      this.#keep();
    }
    return order;
  }

  /** The orders that wait for their shopper. */
  waiting(): Order[] {
    return [...this.#orders.keys()].flatMap((number) => {
      const order = this.find(number);
      return order?.state === "typing" ? [order] : [];
    });
  }

  /** The shopper confirms or refuses on the phone. False where nothing waits. */
  answer(number: string, confirms: boolean): boolean {
    const order = this.find(number);
    if (order?.state !== "typing") return false;
    if (confirms) this.#confirm(order);
    else order.state = "lapsed";
    this.#keep();
    return true;
  }

  /** Closes an order for good; what was paid goes back. */
  reverse(number: string): ReverseResult {
    const order = this.find(number);
    if (order === null) return { kind: "not-found" };
    if (order.state === "typing" && order.paysWhenReversed) this.#confirm(order);
    if (order.state === "reversed" || order.state === "closed") return { kind: "reversed", order, gaveBack: false };
    const gaveBack = order.state === "paid";
    if (gaveBack) {
      if (this.#nowMs() > this.#rules.reversibleUntilMs(order.createdAtMs)) return { kind: "too-late" };
      this.#give(order, order.amountMinor - refundedOf(order));
    }
    order.state = "reversed";
    order.reversedAtMs = this.#nowMs();
    this.#keep();
    return { kind: "reversed", order, gaveBack };
  }

  /** Refunds a part or the whole, once for its number. */
  refund(request: {
    orderNumber: string;
    number: string;
    amountMinor: number;
    totalMinor: number | null;
  }): RefundResult {
    const order = this.find(request.orderNumber);
    if (order === null) return { kind: "not-found" };
    if (request.totalMinor !== null && request.totalMinor !== order.amountMinor) return { kind: "other-content" };
    const known = order.refunds.find(({ number }) => number === request.number);
    if (known !== undefined) {
      const isSame = known.amountMinor === request.amountMinor;
      return isSame ? { kind: "refund", refund: known, order } : { kind: "other-content" };
    }
    if (order.state !== "paid") return { kind: "not-paid" };
    if (refundedOf(order) + request.amountMinor > order.amountMinor) return { kind: "too-much" };
    const atMs = this.#nowMs();
    const transactionId = this.#rules.makeTransactionId((this.#serial += 1), atMs);
    const refund = { number: request.number, transactionId, amountMinor: request.amountMinor, atMs };
    order.refunds.push(refund);
    this.#give(order, request.amountMinor);
    this.#keep();
    return { kind: "refund", refund, order };
  }

  /** The refund of a number, whatever order it is of. */
  findRefund(number: string): { refund: BookedRefund; order: Order } | null {
    for (const order of this.#orders.values()) {
      const refund = order.refunds.find((each) => each.number === number);
      if (refund !== undefined) return { refund, order };
    }
    return null;
  }

  /** Every order that was ever paid, in the order in which they came: what a bill is made of. */
  paidOrders(): Order[] {
    return [...this.#orders.values()].filter(({ paidAtMs }) => paidAtMs !== null);
  }

  #makeOrder(
    request: { number: string; amountMinor: number; content: string },
    shopperId: string,
    behaviour: RailBehaviour,
  ): Order {
    const { number, amountMinor, content } = request;
    const isTyping = behaviour.startsWith("password") || behaviour === "reversed-while-typing";
    const createdAtMs = this.#nowMs();
    const order: Order = {
      number,
      transactionId: this.#rules.makeTransactionId((this.#serial += 1), createdAtMs),
      shopperId,
      amountMinor,
      content,
      state: isTyping ? "typing" : "paid",
      questionsLeft: behaviour === "password-by-itself" ? questionsUntilPaid : null,
      paysWhenReversed: behaviour === "reversed-while-typing",
      createdAtMs,
      paidAtMs: null,
      reversedAtMs: null,
      refunds: [],
    };
    this.#orders.set(number, order);
    forgetOldest(this.#orders);
    return order;
  }

  #keep(): void {
    const orders = [...this.#orders.values()];
    this.#keeper?.write({ serial: this.#serial, balances: [...this.#balances], orders });
  }

  #confirm(order: Order): void {
    const balance = this.#balances.get(order.shopperId) ?? 0;
    order.state = balance < order.amountMinor ? "lapsed" : "paid";
    if (order.state === "paid") this.#take(order);
  }

  #take(order: Order): void {
    order.paidAtMs = this.#nowMs();
    this.#give(order, -order.amountMinor);
  }

  #give(order: Order, amountMinor: number): void {
    this.#balances.set(order.shopperId, (this.#balances.get(order.shopperId) ?? 0) + amountMinor);
  }
}

/** What of an order has gone back. */
export function refundedOf(order: Order): number {
  return order.refunds.reduce((sum, refund) => sum + refund.amountMinor, 0);
}

function forgetOldest(kept: Map<string, unknown>): void {
  const oldest = kept.size > maximumKept ? kept.keys().next() : null;
  if (oldest !== null && oldest.done !== true) kept.delete(oldest.value);
}
