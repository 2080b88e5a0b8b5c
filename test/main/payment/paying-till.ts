import { expect } from "vitest";
import { TillError } from "../../../main/contract/errors.ts";
import type { Rail } from "../../../sync/protocol/entry-types.ts";
import type { NewEntry } from "../../../main/ledger/entries.ts";
import type { PaymentState, PaymentSummary } from "../../../main/ledger/payment-reads.ts";
import { CodePayments, type ChargeRequests } from "../../../main/payment/code-payments.ts";
import { createTimersByHand } from "../../support/by-hand-timers.ts";
import type { ScriptedWallet } from "./scripted-wallet.ts";

type Payment = PaymentSummary & { path: string[] };

/** The price of everything in these tests. */
const priceMinor = 8964;

/** What may follow what, by the design's section 5; see `attempt-states.test.ts`. */
const follows: Readonly<Record<string, readonly string[]>> = {
  created: ["sent", "declined", "reversing"],
  sent: ["paid", "declined", "waiting", "unknown", "reversing"],
  waiting: ["paid", "declined", "unknown", "reversing"],
  unknown: ["paid", "declined", "waiting", "reversing"],
  reversing: ["reversed", "paid"],
};

/**
 * A till that takes wallet payments, one sale after another, over a journal in memory that outlives its restarts. It
 * keeps a record of its own of what was sold and how, to be held against the platform's.
 */
export class PayingTill<Wallet extends ChargeRequests = ScriptedWallet> {
  readonly wallet: Wallet;
  readonly payments = new Map<string, Payment>();
  /** How each sale was paid. */
  readonly paidSales = new Map<string, string[]>();
  /** What the cashier was told, and what went wrong inside. */
  readonly told: string[] = [];
  readonly failures: unknown[] = [];
  /** What was told of money that went back, by the payment's number. */
  readonly returned: string[] = [];
  /** Sales that were set aside. */
  readonly parked = new Set<string>();
  /** Whether a start sets the sale of an unfinished payment aside, as a till does; a kiosk does not. */
  setsAside = false;
  saleId = "sale-0";
  #sales = 0;
  /** Whose wallet the next code is of. */
  rail: Rail = "wallet";
  isDiskFull = false;
  #timers = createTimersByHand();
  #nowMs = 0;
  #backMs = 0;
  #ids = 0;
  readonly #hasSettled: () => Promise<void>;
  #run: CodePayments;

  /** @param hasSettled Resolves when everything that could go on without time passing has done so. */
  constructor(wallet: Wallet, hasSettled: () => Promise<void> = settled) {
    this.wallet = wallet;
    this.#hasSettled = hasSettled;
    this.#run = this.#begin();
  }

  /** The part under test, of the run that goes on now. */
  get part(): CodePayments {
    return this.#run;
  }

  /** Scans a wallet's code for the open sale; what it is refused with, or null. */
  async scan(token: string): Promise<string | null> {
    const sale = { saleId: this.saleId, amountMinor: priceMinor, currency: "CNY" as const, token, rail: this.rail };
    return this.#codeOf(this.#run.start(sale));
  }

  askAgain(): Promise<string | null> {
    return this.#codeOf(this.#run.askAgain(this.#run.open?.paymentId ?? ""));
  }

  undo(): string | null {
    try {
      this.#run.undo(this.#run.open?.paymentId ?? "");
      return null;
    } catch (error) {
      return codeOf(error);
    }
  }

  /** Sets the sale aside with its payment; what it is refused with, or null. */
  setAside(): string | null {
    try {
      this.#run.setAside(this.#run.open?.paymentId ?? "");
      return null;
    } catch (error) {
      return codeOf(error);
    }
  }

  /** Takes up the oldest sale that was set aside and whose payment is over, in the place of one without goods. */
  takeUp(): void {
    const saleId = [...this.parked].find((parked) => this.#run.asideOf(parked) === undefined);
    if (saleId === undefined || this.#run.isHolding) return;
    this.parked.delete(saleId);
    this.saleId = saleId;
  }

  /** Takes cash where the till lets the cashier do so. */
  payCash(): void {
    if (this.#run.isHolding || this.isDiskFull) return;
    this.#settle("cash");
  }

  /** Lets time pass, a second at a time, with all that it sets off. */
  async pass(seconds: number): Promise<void> {
    for (let second = 0; second < seconds; second += 1) {
      const target = this.#nowMs + 1000;
      this.#timers.advance(1000);
      this.#nowMs = target;
      await this.#hasSettled();
    }
  }

  /** Somebody sets the clock of the machine right; its timers go on by their own time. */
  setClockBack(seconds: number): void {
    this.#backMs += seconds * 1000;
  }

  /** Ends the run as a power cut does, and begins the next one. */
  restart(): void {
    this.#run.stop();
    this.#timers = createTimersByHand();
    this.#run = this.#begin();
    const { saleId: openSaleId, setsAside } = this;
    this.#run.resume(this.openPayments(), { openSaleId, setsAside, isParked: (saleId) => this.parked.has(saleId) });
  }

  /** What the journal calls unfinished. */
  openPayments(): Payment[] {
    return [...this.payments.values()].filter(({ state }) =>
      ["created", "sent", "waiting", "unknown", "reversing"].includes(state),
    );
  }

  /** What the journal says wallets have paid. */
  bookedMinor(): number {
    return [...this.payments.values()].reduce((sum, each) => sum + (each.state === "paid" ? each.amountMinor : 0), 0);
  }

  #begin(): CodePayments {
    const timers = this.#timers;
    return new CodePayments({
      ledger: "ledger",
      append: (entries) => this.#append(entries),
      booked: () => [],
      requests: this.wallet,
      clock: { now: () => this.#nowMs - this.#backMs, format: String },
      timers: {
        setTimer: (action, delayMs) => {
          const dueMs = this.#nowMs + delayMs;
          const act = () => {
            this.#nowMs = dueMs;
            action();
          };
          return timers.setTimer(act, delayMs);
        },
        clearTimer: (timer) => timers.clearTimer(timer),
      },
      newId: () => `id-${(this.#ids += 1)}`,
      random: () => 0.5,
      settle: (paid, attempt) => {
        const isAside = this.parked.has(attempt.saleId);
        if (attempt.saleId !== this.saleId && !isAside) throw new TillError("sale.not-open");
        this.#append([paid]);
        if (isAside) this.#settleAside(attempt.saleId);
        else this.#settle("wallet");
      },
      park: ({ saleId }) => {
        if (this.isDiskFull) throw new TillError("ledger.disk-full");
        this.parked.add(saleId);
        this.saleId = this.#nextSale();
      },
      paidAside: ({ number }) => void this.told.push(`aside paid ${number}`),
      undoRefused: ({ number }, code) => void this.told.push(`undo of ${number} refused: ${code}`),
      returned: ({ number }) => void this.returned.push(number),
      refused: (code) => void this.told.push(code),
      changed: () => {},
      failed: (error) => void this.failures.push(error),
    });
  }

  #settle(how: string): void {
    this.paidSales.set(this.saleId, [...(this.paidSales.get(this.saleId) ?? []), how]);
    this.saleId = this.#nextSale();
  }

  #settleAside(saleId: string): void {
    this.parked.delete(saleId);
    this.paidSales.set(saleId, [...(this.paidSales.get(saleId) ?? []), "wallet"]);
  }

  #nextSale(): string {
    return `sale-${(this.#sales += 1)}`;
  }

  #append(entries: readonly NewEntry[]): void {
    if (this.isDiskFull) throw new TillError("ledger.disk-full");
    for (const entry of entries) this.#store(entry);
    const open = [...this.payments.values()].filter(({ state }) =>
      ["created", "sent", "waiting", "unknown"].includes(state),
    );
    const sales = new Set(open.map(({ saleId }) => saleId));
    expect(sales.size, "attempts open at once for one sale").toBe(open.length);
  }

  #store({ type, body }: NewEntry): void {
    const state = type.replace("payment.", "") as PaymentState;
    if (type === "payment.created") {
      expect(this.payments.has(body.paymentId)).toBe(false);
      this.payments.set(body.paymentId, { ...body, state, createdSeq: 1, lastSeq: 1, path: [state] });
      return;
    }
    const payment = this.payments.get((body as { paymentId: string }).paymentId);
    if (payment === undefined) throw new Error(`${type} of a payment that was never created`);
    expect(follows[payment.state], `${payment.path.join(" ")} ${state}`).toContain(state);
    payment.state = state;
    payment.path.push(state);
  }

  async #codeOf(work: Promise<void>): Promise<string | null> {
    try {
      await work;
      return null;
    } catch (error) {
      return codeOf(error);
    }
  }
}

/** Resolves when everything that could go on without time passing has done so. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : String(error);
}
