import { expect } from "vitest";
import { TillError } from "../../../main/contract/errors.ts";
import type { NewEntry } from "../../../main/ledger/entries.ts";
import type { PaymentState, PaymentSummary } from "../../../main/ledger/payment-reads.ts";
import { WalletPayments, walletTimings } from "../../../main/payment/wallet-payments.ts";
import { createTimersByHand } from "../../support/by-hand-timers.ts";
import type { ScriptedWallet } from "./scripted-wallet.ts";

type Payment = PaymentSummary & { path: string[] };

/** The price of everything in these tests. */
const priceMinor = 8964;

/** What may follow what, by the design's section 5; see `attempt-states.test.ts`. */
const follows: Readonly<Record<string, readonly string[]>> = {
  created: ["sent", "declined", "reversing"],
  sent: ["paid", "declined", "unknown", "reversing"],
  unknown: ["paid", "declined", "reversing"],
  reversing: ["reversed", "paid"],
};

/**
 * A till that takes wallet payments, one sale after another, over a journal in memory that outlives its restarts. It
 * keeps a record of its own of what was sold and how, to be held against the platform's.
 */
export class PayingTill {
  readonly wallet: ScriptedWallet;
  readonly payments = new Map<string, Payment>();
  /** How each sale was paid. */
  readonly paidSales = new Map<string, string[]>();
  /** What the cashier was told, and what went wrong inside. */
  readonly told: string[] = [];
  readonly failures: unknown[] = [];
  saleId = "sale-0";
  isDiskFull = false;
  #timers = createTimersByHand();
  #nowMs = 0;
  #ids = 0;
  #run: WalletPayments;

  constructor(wallet: ScriptedWallet) {
    this.wallet = wallet;
    this.#run = this.#begin();
  }

  /** The part under test, of the run that goes on now. */
  get part(): WalletPayments {
    return this.#run;
  }

  /** Scans a wallet's code for the open sale; what it is refused with, or null. */
  async scan(token: string): Promise<string | null> {
    const sale = { saleId: this.saleId, amountMinor: priceMinor, currency: "CNY" as const, token };
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
      await settled();
    }
  }

  /** Ends the run as a power cut does, and begins the next one. */
  restart(): void {
    this.#run.stop();
    this.#timers = createTimersByHand();
    this.#run = this.#begin();
    this.#run.resume(this.openPayments(), this.saleId);
  }

  /** What the journal calls unfinished. */
  openPayments(): Payment[] {
    return [...this.payments.values()].filter(({ state }) =>
      ["created", "sent", "unknown", "reversing"].includes(state),
    );
  }

  /** What the journal says wallets have paid. */
  bookedMinor(): number {
    return [...this.payments.values()].reduce((sum, each) => sum + (each.state === "paid" ? each.amountMinor : 0), 0);
  }

  #begin(): WalletPayments {
    const timers = this.#timers;
    return new WalletPayments({
      ledger: "ledger",
      append: (entries) => this.#append(entries),
      booked: () => [],
      requests: this.wallet,
      timings: walletTimings,
      clock: { now: () => this.#nowMs, format: String },
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
        if (attempt.saleId !== this.saleId) throw new TillError("sale.not-open");
        this.#append([paid]);
        this.#settle("wallet");
      },
      refused: (code) => void this.told.push(code),
      changed: () => {},
      failed: (error) => void this.failures.push(error),
    });
  }

  #settle(how: string): void {
    this.paidSales.set(this.saleId, [...(this.paidSales.get(this.saleId) ?? []), how]);
    this.saleId = `sale-${this.paidSales.size}`;
  }

  #append(entries: readonly NewEntry[]): void {
    if (this.isDiskFull) throw new TillError("ledger.disk-full");
    for (const entry of entries) this.#store(entry);
    const before = [...this.payments.values()].filter(({ state }) => ["created", "sent", "unknown"].includes(state));
    expect(before.length, "attempts open at once").toBeLessThanOrEqual(1);
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
