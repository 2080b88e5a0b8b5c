import { SyncError } from "../../../sync/errors.ts";
import type { ChargeRequest, ChargeResponse, ReverseRequest } from "../../../sync/protocol/api.ts";
import type { ChargeRequests } from "../../../main/payment/code-payments.ts";

/** What becomes of one request on its way to the platform and back. */
export type Fate =
  | "answered"
  /** It arrived and had its effect; the answer was lost. */
  | "reply-lost"
  /** It was sent and never arrived. */
  | "request-lost"
  /** No connection was made. */
  | "not-reached"
  /** The platform, or a box in between, refused to look at it. */
  | "refused"
  | "busy"
  /** The answer is about another amount. */
  | "wrong-answer"
  /** It is under way until somebody lets it go on. */
  | "hanging";

type Charge = Omit<ReverseRequest, "ledger"> & {
  state: "waiting" | "paid" | "declined" | "reversed";
  takenBefore?: boolean;
};

/** A platform whose every answer is in the hands of a test. Charges and reversals have their effect once, as in the real one. */
export class ScriptedWallet implements ChargeRequests {
  readonly charges = new Map<string, Charge>();
  /** What becomes of the next requests; once it is empty, all are answered. */
  fates: Fate[] = [];
  /** Whether the shopper's wallet has money. */
  hasMoney = true;
  /** Whether the shopper's phone asks for the password before it pays; it does so on other companies' rails only. */
  asksPassword = false;
  /** How often a rail says that a reversal is not final yet. */
  slowReversals = 0;
  /** What the platform says that it keeps of each payment; it says nothing where this is left out. */
  commissionMinor?: number;
  reachable = true;
  readonly #hanging: ((fate: Fate) => void)[] = [];

  /** What the platform holds of shoppers' money for these payments. */
  takenMinor(): number {
    return [...this.charges.values()].reduce(
      (sum, { state, amountMinor }) => sum + (state === "paid" ? amountMinor : 0),
      0,
    );
  }

  /** The shopper types the password, or presses "cancel". A payment that is being reversed may still be confirmed. */
  confirm(isWilling: boolean): void {
    for (const charge of this.charges.values())
      if (charge.state === "waiting") charge.state = isWilling && this.hasMoney ? "paid" : "declined";
  }

  /** Lets the oldest request that is under way go on. */
  release(fate: Fate): void {
    this.#hanging.shift()?.(fate === "hanging" ? "answered" : fate);
  }

  /** How many are under way. */
  get hanging(): number {
    return this.#hanging.length;
  }

  async ensureReachable(): Promise<void> {
    if (!this.reachable) throw new SyncError("platform.not-reached", "test");
    const fate = this.fates[0] === "hanging" ? await this.#wait() : "answered";
    if (fate !== "answered") throw new SyncError("platform.no-answer", "test");
  }

  charge(request: ChargeRequest): Promise<ChargeResponse> {
    return this.#carry(() => this.#chargeNow(request));
  }

  look(paymentId: string): Promise<ChargeResponse> {
    return this.#carry(() => {
      const known = this.charges.get(paymentId);
      if (known === undefined) throw new SyncError("not-found", "test");
      return answerOf(known);
    });
  }

  reverse(request: ReverseRequest): Promise<ChargeResponse> {
    return this.#carry(() => {
      const known = this.charges.get(request.paymentId);
      // Of a declined one nothing was taken, and that is what is answered.
      if (known?.state === "declined") return answerOf({ ...known, state: "reversed" });
      if (request.rail !== undefined && known?.state !== "reversed" && this.slowReversals > 0) {
        this.slowReversals -= 1;
        const { paymentId, amountMinor, currency, number } = request;
        return { state: "reversing", paymentId, amountMinor, currency, number };
      }
      const takenBefore = known?.state === "paid" || known?.takenBefore === true;
      const reversed: Charge = { ...request, state: "reversed", takenBefore };
      this.charges.set(request.paymentId, reversed);
      return answerOf(reversed);
    });
  }

  #chargeNow({ token: _token, ...request }: ChargeRequest): ChargeResponse {
    const known = this.charges.get(request.paymentId);
    if (known?.state === "reversed")
      return { ...answerOf({ ...known, state: "declined" }), code: "payment.reversed" } as ChargeResponse;
    const asks = this.asksPassword && request.rail !== undefined;
    const charge: Charge = known ?? { ...request, state: asks ? "waiting" : this.hasMoney ? "paid" : "declined" };
    this.charges.set(request.paymentId, charge);
    return answerOf(charge);
  }

  async #carry(act: () => ChargeResponse): Promise<ChargeResponse> {
    const planned = this.fates.shift() ?? "answered";
    const fate = planned === "hanging" ? await this.#wait() : planned;
    if (fate === "not-reached") throw new SyncError("platform.not-reached", "test");
    if (fate === "request-lost") throw new SyncError("platform.no-answer", "test");
    if (fate === "refused") throw new SyncError("auth.revoked", "test");
    if (fate === "busy") throw new SyncError("busy", "test", { retryAfterMs: 20_000 });
    const answer = this.#withCommission(act());
    if (fate === "reply-lost") throw new SyncError("platform.no-answer", "test");
    return fate === "wrong-answer" ? { ...answer, amountMinor: answer.amountMinor + 1 } : answer;
  }

  #withCommission(answer: ChargeResponse): ChargeResponse {
    if (answer.state !== "paid" || this.commissionMinor === undefined) return answer;
    return { ...answer, commissionMinor: this.commissionMinor };
  }

  #wait(): Promise<Fate> {
    return new Promise((resolve) => this.#hanging.push(resolve));
  }
}

function answerOf({ paymentId, amountMinor, currency, number, state, takenBefore = false }: Charge): ChargeResponse {
  const fields = { paymentId, amountMinor, currency, number };
  if (state === "paid") return { state, ...fields, transactionId: `t-${number}`, paidAt: "2026-11-20T06:30:00.000Z" };
  if (state === "waiting") return { state, ...fields };
  if (state === "reversed") return { state, ...fields, takenBefore };
  return { state, ...fields, code: "wallet.insufficient" };
}
