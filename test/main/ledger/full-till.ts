import { printerProfile } from "../../../devices/printer/profiles.ts";
import type { PrintResult } from "../../../devices/printer/print-result.ts";
import { commitNote } from "../../../main/checkout/note.ts";
import { seededChance, type SeededChance } from "../../../main/demo/seeded.ts";
import type { NewEntry } from "../../../main/ledger/entries.ts";
import type { IdSource } from "../../../main/ledger/ids.ts";
import type { Ledger } from "../../../main/ledger/open.ts";
import { zoneTime } from "../../../main/ledger/time.ts";
import { PrintDesk } from "../../../main/receipt/print-desk.ts";
import { refundSale } from "../../../main/sale/refund.ts";
import { closeShift, ensureShift } from "../../../main/shift/shift.ts";
import { answerStore, noteOutage, pushStore } from "../../../main/sync-stores.ts";
import type { SyncStatus } from "../../../sync/engine.ts";
import { cashSale } from "./sales.ts";
import type { HandClock } from "./support.ts";

/** What a full till is made with. */
export type FullTillParts = {
  ledger: Ledger;
  ids: IdSource;
  clock: HandClock;
  seed: number;
  /** The request key that the till is enrolled with; one that nobody has when left out. */
  requestKeyId?: string;
};

const wall = zoneTime("Asia/Shanghai");
const currency = "CNY" as const;

/** A name that somebody may want taken out later. */
const noteOf = (count: number) => `Invoice to Wang Xiaoming, company ${count}`;

/**
 * A day of a till that has everything in it: sales with and without notes, refunds, payments in every state, shifts, paper in
 * every state, parked sales, a clock that jumped, what the platform said and when it was not there. Made by the parts that
 * make it in a shop; each call goes on with the next day.
 */
export async function fillTill(parts: FullTillParts): Promise<void> {
  const { ledger, ids, clock } = parts;
  const day = new FullDay(parts);
  const shiftParts = { ledger, newId: () => ids.uuid(), currency, person: "p-1" };
  if (ledger.enrolment() === undefined) day.enrol(parts.requestKeyId);
  ensureShift(shiftParts, 500_00);
  const sales = Array.from({ length: 4 }, (_, index) => day.sell(index % 2 === 0 ? noteOf(index) : ""));
  day.payments();
  day.refund(sales[0]);
  await day.paper(sales);
  closeShift(shiftParts, 512_00);
  clock.nowMs += 20 * 3600 * 1000;
  day.push();
  day.park();
  clock.nowMs -= 3600 * 1000;
  day.sell(noteOf(9));
  day.incident();
  ledger.openBasket.save(JSON.stringify({ basket: { saleId: ids.uuid(), lines: [], addedCount: 3 } }));
  ledger.settings.save("locale", "zh-CN");
  ledger.settings.save("shop.changed", `12 ${wall.format(clock.nowMs)}`);
}

class FullDay {
  readonly #ledger: Ledger;
  readonly #ids: IdSource;
  readonly #clock: HandClock;
  readonly #chance: SeededChance;

  constructor({ ledger, ids, clock, seed }: FullTillParts) {
    this.#ledger = ledger;
    this.#ids = ids;
    this.#clock = clock;
    this.#chance = seededChance(seed + ledger.head().seq);
  }

  #now(): string {
    this.#clock.nowMs += 1000 + this.#chance.below(60_000);
    return wall.format(this.#clock.nowMs);
  }

  #append(...entries: NewEntry[]): void {
    this.#now();
    this.#ledger.append(entries);
  }

  #random(count: number): Uint8Array {
    return Buffer.from(Array.from({ length: count }, () => this.#chance.below(256)));
  }

  enrol(requestKeyId = this.#hex(8)): void {
    const body = () => ({
      tillId: this.#ids.uuid(),
      tillNumber: 1,
      storeId: "store-1",
      platformRoot: this.#hex(32),
      requestKeyId,
    });
    const first = body();
    this.#append(
      { id: this.#ids.uuid(), type: "till.enrolled", body: first },
      { id: this.#ids.uuid(), type: "till.signed-out", body: { tillId: first.tillId } },
      { id: this.#ids.uuid(), type: "till.enrolled", body: body() },
    );
  }

  #hex(bytes: number): string {
    return Buffer.from(this.#random(bytes)).toString("hex");
  }

  /** Sells for cash, as the till settles a sale: entry and note in one commit. */
  sell(note: string): ReturnType<typeof cashSale> {
    this.#now();
    const sale = cashSale(this.#ledger, this.#ids, 100 + this.#chance.below(90_000));
    const committed = commitNote(note, (count) => this.#random(count));
    if (committed !== null) sale.body.noteCommitment = committed.commitment;
    const { shift } = this.#ledger.openShift() ?? {};
    this.#ledger.append([{ ...sale, person: "p-1", ...(shift === undefined ? {} : { shift }) }], () => {
      if (committed !== null) this.#ledger.privateValues.add(committed.row(sale.id));
    });
    return sale;
  }

  refund(sale: ReturnType<typeof cashSale> | undefined): void {
    if (sale === undefined) return;
    const committed = commitNote("Brought back by Li Na", (count) => this.#random(count));
    const body = refundSale(sale.body, {
      refundId: this.#ids.uuid(),
      reason: "faulty",
      noteCommitment: committed?.commitment,
      drawer: "1",
      receiptNumber: this.#ledger.nextReceiptNumber(),
      tillNumber: 1,
      cashRoundingMinor: 10,
    });
    const id = this.#ids.uuid();
    this.#ledger.append([{ id, type: "refund.settled", body, person: "p-1" }], () => {
      if (committed !== null) this.#ledger.privateValues.add(committed.row(id));
    });
  }

  /** One payment in each state that there is. */
  payments(): void {
    for (const end of ["created", "sent", "paid", "declined", "unknown", "reversing", "reversed"] as const) {
      const payment = { paymentId: this.#ids.uuid(), saleId: this.#ids.uuid() };
      const money = { amountMinor: 100 + this.#chance.below(50_000), currency };
      const legs = (sign: 1 | -1) => [
        { account: "wallet:online", currency, amountMinor: sign * money.amountMinor },
        { account: "suspense", currency, amountMinor: -sign * money.amountMinor },
      ];
      const id = () => this.#ids.uuid();
      const number = String(this.#chance.below(100_000_000)).padStart(8, "0");
      const created = { ...payment, ...money, rail: "wallet" as const, number, codeHash: this.#hex(32) };
      this.#append({ id: id(), type: "payment.created", body: created });
      if (end === "created") continue;
      this.#append({ id: id(), type: "payment.sent", body: payment });
      const paid = { ...payment, ...money, transactionId: `t-${number}`, paidAt: this.#now(), postings: legs(1) };
      if (end === "paid" || end.startsWith("revers"))
        this.#append({ id: id(), type: "payment.paid", body: { ...paid, commissionMinor: 3 } });
      if (end === "declined")
        this.#append({ id: id(), type: "payment.declined", body: { ...payment, code: "wallet.insufficient" } });
      if (end === "unknown")
        this.#append({ id: id(), type: "payment.unknown", body: { ...payment, reason: "timeout" } });
      if (end.startsWith("revers"))
        this.#append({ id: id(), type: "payment.reversing", body: { ...payment, reason: "cashier" } });
      if (end === "reversed")
        this.#append({ id: id(), type: "payment.reversed", body: { ...payment, ...money, postings: legs(-1) } });
    }
  }

  /** Receipts that came out, maybe came out, did not come out, wait, and are being printed; and a copy. */
  async paper(sales: readonly ReturnType<typeof cashSale>[]): Promise<void> {
    const states: PrintResult["state"][] = ["printed", "probably", "unknown", "failed"];
    const failures: unknown[] = [];
    const desk = this.#desk(states, failures);
    for (const { body } of sales) desk.finishSale(body.saleId, desk.prepare(body.saleId), false);
    // The jobs end one microtask after another.
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
    const [first, second] = sales;
    // The printer has no more answers: this copy stays under way, and the last receipt waits.
    desk.printCopy(first?.body.saleId ?? "", 1);
    desk.prepare(second?.body.saleId ?? "");
    if (failures.length > 0 || states.length > 0)
      throw new Error("The paper did not go as told", { cause: failures[0] });
  }

  #desk(states: PrintResult["state"][], failures: unknown[]): PrintDesk {
    const profile = printerProfile("gb18030-80mm");
    if (profile === undefined) throw new Error("There is no such profile");
    const result = (id: string, state: PrintResult["state"]): PrintResult => {
      return { id, state, evidence: { kind: "process-id", detail: "0042", at: 0 }, bytesLeft: true };
    };
    return new PrintDesk({
      printer: {
        profile,
        print({ id }) {
          const state = states.shift();
          return state === undefined ? new Promise<PrintResult>(() => {}) : Promise.resolve(result(id, state));
        },
        openDrawer: () => Promise.resolve(result("", "printed")),
      },
      jobs: this.#ledger.printJobs,
      append: (entries, work) => void this.#ledger.append(entries, work),
      document: (saleId) => [{ kind: "text", text: `Receipt of ${saleId}` }, { kind: "cut" }],
      receiptCode: (saleId) => this.#ledger.sale(saleId)?.receiptCode ?? "",
      printed: () => undefined,
      newId: () => this.#ids.uuid(),
      now: () => this.#now(),
      changed: () => {},
      failed: (error) => void failures.push(error),
    });
  }

  /** Two pushes that arrive, one in vain, what the platform makes of them, one outage that is over and one that is not. */
  push(): void {
    const ledger = this.#ledger;
    const clock = { now: () => this.#clock.nowMs, format: (timeMs: number) => wall.format(timeMs) };
    const store = pushStore(ledger, clock);
    const { seq: knownSeq } = store.mark();
    const acknowledge = (seq: number) => {
      this.#now();
      store.storeMark({ seq, hash: store.hashAt(seq) ?? "", epoch: 1 });
    };
    const middle = Math.floor((knownSeq + ledger.head().seq) / 2);
    acknowledge(middle);
    const offline = (): SyncStatus => ({ state: "offline", failures: 1, offlineSince: this.#clock.nowMs });
    noteOutage(ledger, offline(), clock);
    store.noteVainTry(middle + 1, ledger.head().seq, "platform.not-reached");
    store.noteVainTry(middle + 1, middle + 3, "busy");
    noteOutage(ledger, { state: "online", failures: 0, lastContactAt: this.#clock.nowMs }, clock);
    acknowledge(ledger.head().seq - 2);
    const answers = answerStore(ledger);
    const before = answers.answerCursor();
    const said = ledger.salesAfter(knownSeq, 5).map(({ seq }, index) => ({
      ledger: ledger.identity.ledger,
      seq,
      state: index === 1 ? ("needs-you" as const) : ("settled" as const),
      code: index === 1 ? "sale.arithmetic" : "stored",
      at: this.#now(),
      cursor: before + index + 1,
    }));
    answers.storeAnswers(said, before + said.length);
    noteOutage(ledger, offline(), clock);
  }

  park(): void {
    for (const at of [this.#now(), this.#now()]) {
      const saleId = this.#ids.uuid();
      const totalMinor = 100 + this.#chance.below(9000);
      const goods = [{ en: "Tea", "zh-CN": "茶" }];
      const body = { saleId, lines: 1, totalMinor, currency };
      this.#ledger.append([{ id: this.#ids.uuid(), type: "sale.parked", body }], () =>
        this.#ledger.parkedSales.add({ saleId, at, itemCount: 2, totalMinor, goods }, JSON.stringify({ saleId })),
      );
    }
  }

  incident(): void {
    this.#append({ id: this.#ids.uuid(), type: "incident", body: { code: "test", detail: "One that was told" } });
  }
}
