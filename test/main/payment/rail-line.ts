import { createHash } from "node:crypto";
import { SyncError } from "../../../sync/errors.ts";
import {
  chargeResponseSchema,
  platformErrorSchema,
  type ChargeRequest,
  type ChargeResponse,
  type ReverseRequest,
} from "../../../sync/protocol/api.ts";
import type { ChargeRequests } from "../../../main/payment/code-payments.ts";
import type { Answer, TestTill } from "../../platform/support/test-till.ts";

/** What becomes of a request on the line between a till and its platform. */
export type LineFate = "answered" | "reply-lost" | "request-lost" | "not-reached";

/** A till's line to a real platform, over which requests and answers get lost as the test says. */
export class RailLine implements ChargeRequests {
  /** What becomes of the next requests; once it is empty, all are answered. */
  fates: LineFate[] = [];
  readonly #till: TestTill;
  readonly #run: string;
  readonly #underWay = new Set<Promise<unknown>>();

  /** @param run Makes the ids of one history different from those of the next, which the platform keeps, too. */
  constructor(till: TestTill, run: string) {
    this.#till = till;
    this.#run = run;
  }

  /** The id at the platform of what the till calls `name`. */
  idOf(name: string): string {
    const hex = createHash("sha256").update(`${this.#run} ${name}`).digest("hex");
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  }

  /** Resolves when nothing is under way any more. */
  async idle(): Promise<void> {
    for (let turn = 0; turn < 3; turn += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      while (this.#underWay.size > 0) await Promise.allSettled(this.#underWay);
    }
  }

  ensureReachable(): Promise<void> {
    return Promise.resolve();
  }

  charge(request: ChargeRequest): Promise<ChargeResponse> {
    return this.#carry(request.paymentId, () => this.#till.post("/v1/charges", this.#named(request)));
  }

  look(paymentId: string): Promise<ChargeResponse> {
    return this.#carry(paymentId, () => this.#till.get(`/v1/charges/${this.idOf(paymentId)}`));
  }

  reverse(request: ReverseRequest): Promise<ChargeResponse> {
    const path = `/v1/charges/${this.idOf(request.paymentId)}/reversal`;
    return this.#carry(request.paymentId, () => this.#till.post(path, this.#named(request)));
  }

  #named<Request extends ReverseRequest>(request: Request): Request {
    const { paymentId, saleId } = request;
    return { ...request, paymentId: this.idOf(paymentId), saleId: this.idOf(saleId), ledger: this.#till.ledger };
  }

  #carry(paymentId: string, send: () => Promise<Answer>): Promise<ChargeResponse> {
    const work = this.#carryNow(paymentId, send, this.fates.shift() ?? "answered");
    const tracked = work.catch(() => undefined).finally(() => this.#underWay.delete(tracked));
    this.#underWay.add(tracked);
    return work;
  }

  async #carryNow(paymentId: string, send: () => Promise<Answer>, fate: LineFate): Promise<ChargeResponse> {
    if (fate === "not-reached") throw new SyncError("platform.not-reached", "test");
    if (fate === "request-lost") throw new SyncError("platform.no-answer", "test");
    const { status, body } = await send();
    if (fate === "reply-lost") throw new SyncError("platform.no-answer", "test");
    if (status !== 200) throw new SyncError(platformErrorSchema.parse(body).code, "test");
    return { ...chargeResponseSchema.parse(body), paymentId };
  }
}
