import { randomUUID } from "node:crypto";
import type { SeededChance } from "../../../main/demo/seeded.ts";
import type { ReceiptRow } from "../../../main/contract/manager.ts";
import type { RefundReason } from "../../../sync/protocol/entry-types.ts";
import type { Scene } from "./steps.ts";
import type { Shop } from "./shop.ts";
import type { View } from "./wire.ts";
import type { TillWindow } from "./window.ts";
import { Refused } from "./window.ts";
import type { Witness } from "./witness.ts";

/** What a cashier works with. Cash and codes are theirs to remember over the till's death; the rest is in the window. */
export type CashierParts = {
  window: TillWindow;
  shop: Shop;
  witness: Witness;
  chance: SeededChance;
  /** Whether the platform can be reached at all in this folder's life. */
  hasPlatform: boolean;
  /** Has the answer to the next charge get lost behind the platform. */
  loseNextCharge(): void;
};

/** Refusals that a person meets who does things in any order; everything else is a fault of the till. */
const expectedRefusals = /^(?:basket|payment|sale|tender|park|receipt|refund|wallet|scan|discount|price|token)\./;

/** How long a wallet, a printer or the platform may take. */
const patienceMs = 5_000;

/**
 * Somebody who sells at a till that may die at any moment. What they do is chosen by chance and by what the window shows;
 * every wish that moves money is written down before it is told to the till.
 */
export class Cashier {
  readonly #parts: CashierParts;

  constructor(parts: CashierParts) {
    this.#parts = parts;
  }

  /** Plays a scene that leads to a step. @throws Dead, at any point. */
  async play(scene: Scene): Promise<void> {
    try {
      await this.#clear();
      await this.#act(scene);
    } catch (error) {
      if (!(error instanceof Refused) || !expectedRefusals.test(error.code)) throw error;
    }
  }

  /** Plays any scene that a till which sells may see. */
  async playAny(): Promise<void> {
    const cash: Scene[] = ["cash-sale", "cash-sale", "basket", "price", "park", "resume", "abandon", "copy", "refund"];
    const rare: Scene[] = ["shift", "backup"];
    const wallet: Scene[] = [
      "wallet-sale",
      "wallet-sale",
      "mixed-sale",
      "declined",
      "lost-answer",
      "undo",
      "aside",
      "rail-sale",
      "rail-waiting",
    ];
    const { chance, hasPlatform } = this.#parts;
    await this.play(chance.pick(hasPlatform ? [...cash, ...wallet, ...rare] : [...cash, ...rare]));
  }

  /**
   * Sees everything to its end that an earlier run left open: the payment in front of the cashier, and those of sales that are
   * set aside, are asked about and, where nobody can tell, undone. Gives false when one does not end.
   */
  async finishPayment(): Promise<boolean> {
    this.#parts.shop.confirmPasswords();
    return (await this.#finishInFront()) && (await this.#finishAside());
  }

  async #finishAside(): Promise<boolean> {
    const { window } = this.#parts;
    const open = (view: View) => view.parked.flatMap(({ paymentId }) => (paymentId === undefined ? [] : [paymentId]));
    for (let round = 0; round < 3; round += 1) {
      for (const paymentId of open(window.view)) {
        await this.#orRefused(window.call("payment.ask-again", { paymentId }));
        const isOver = await window.until((view) => !open(view).includes(paymentId), round === 0 ? 1_000 : 200);
        if (!isOver) await this.#orRefused(window.call("payment.undo", { paymentId }));
      }
    }
    return open(window.view).length === 0;
  }

  async #finishInFront(): Promise<boolean> {
    const { window } = this.#parts;
    for (let round = 0; round < 3; round += 1) {
      const { payment } = window.view;
      if (payment === undefined) return true;
      const { paymentId } = payment;
      await window.until((view) => view.payment?.state !== "asking", patienceMs);
      if (window.view.payment !== undefined && window.view.payment.state !== "asking") {
        await this.#orRefused(window.call("payment.ask-again", { paymentId }));
        const isOver = await window.until((view) => view.payment === undefined, round === 0 ? 1_000 : 200);
        if (!isOver) await this.#orRefused(window.call("payment.undo", { paymentId }));
      }
    }
    return window.view.payment === undefined;
  }

  /** The open basket as the next scene needs it: free to be changed, and nothing settled in view. */
  async #clear(): Promise<void> {
    const { window } = this.#parts;
    await this.finishPayment();
    const { outcome } = window.view;
    if (outcome !== undefined) await window.call("sale.next", { saleId: outcome.saleId });
    if (window.view.basket.cashPartMinor !== undefined) {
      await window.call("tender.cash-part", { saleId: window.view.basket.saleId, amountMinor: 0 });
    }
  }

  async #act(scene: Scene): Promise<void> {
    switch (scene) {
      case "wallet-sale":
        return this.#payByWallet("paid");
      case "mixed-sale":
        return this.#payByWallet("mixed");
      case "declined":
        return this.#payByWallet("declined");
      case "lost-answer":
        return this.#payByWallet("asked-again");
      case "undo":
        return this.#payByWallet("undone");
      case "aside":
        return this.#payByWallet("aside");
      case "rail-sale":
        return this.#payByWallet("rail");
      case "rail-waiting":
        return this.#payByWallet("rail-waiting");
      case "refund":
        return this.#giveBack();
      case "basket":
        return this.#workOnBasket();
      case "price":
        return this.#changePrice();
      case "park":
        return this.#park();
      case "resume":
        return this.#resume();
      case "abandon":
        return this.#abandon();
      case "copy":
        return this.#orderCopy();
      case "shift":
        return this.#closeShift();
      case "backup":
        return this.#copyLedger();
      default:
        await this.#sellForCash();
    }
  }

  async #fill(): Promise<string> {
    const { window, shop, chance } = this.#parts;
    for (let count = 1 + chance.below(3); count > 0; count -= 1) {
      const item = chance.pick(shop.goods);
      const amount =
        item.unit === "each" ? { quantity: 1 + chance.below(3) } : { weightGrams: 100 + chance.below(900) };
      await window.call("basket.add", { itemId: item.id, ...amount });
    }
    if (chance.percent(15)) await this.#noteOrDiscount();
    return window.view.basket.saleId;
  }

  async #noteOrDiscount(): Promise<void> {
    const { window, chance } = this.#parts;
    const { saleId, lines } = window.view.basket;
    if (chance.percent(50)) await window.call("basket.set-note", { saleId, note: `Note ${chance.below(1000)}` });
    const discount = { ratePartsPerMillion: 50_000 * (1 + chance.below(3)) };
    const line = chance.pick(lines);
    if (chance.percent(50)) await window.call("basket.discount-line", { lineId: line.lineId, discount });
    else await window.call("basket.discount-sale", { saleId, discount });
  }

  async #sellForCash(): Promise<string> {
    const { window, witness, chance } = this.#parts;
    const saleId = await this.#fill();
    const { tenderedMinor } = chance.pick(window.view.basket.cash.suggestions);
    witness.note({ what: "pay", saleId });
    await window.call("tender.cash", { saleId, tenderedMinor });
    // Now and then the page asks twice: the answer has to be the same, and nothing is sold a second time.
    if (chance.percent(20)) await window.call("tender.cash", { saleId, tenderedMinor });
    await this.#paper();
    return saleId;
  }

  async #payByWallet(
    how: "paid" | "mixed" | "declined" | "asked-again" | "undone" | "aside" | "rail" | "rail-waiting",
  ): Promise<void> {
    const { window, shop, witness, loseNextCharge } = this.#parts;
    const saleId = await this.#fill();
    if (how === "mixed") {
      const amountMinor = Math.floor(window.view.basket.totalMinor / 20) * 10;
      if (amountMinor > 0) await window.call("tender.cash-part", { saleId, amountMinor });
    }
    const isOfRail = how === "rail" || how === "rail-waiting";
    const text = isOfRail ? shop.railCode(how === "rail-waiting") : await shop.payCode(how !== "declined");
    witness.note({ what: "pay", saleId });
    if (how === "asked-again" || how === "undone" || how === "aside") loseNextCharge();
    await window.call("basket.scan", { text, source: "wedge" });
    const { payment } = window.view;
    if (payment !== undefined && how === "undone") {
      await this.#orRefused(window.call("payment.undo", { paymentId: payment.paymentId }));
      await window.until((view) => view.undoing === undefined, patienceMs);
      return;
    }
    if (payment !== undefined && how === "aside") {
      await this.#orRefused(window.call("payment.set-aside", { paymentId: payment.paymentId }));
      if (window.view.basket.saleId !== saleId) await this.#sellForCash();
    }
    await this.finishPayment();
    if (window.view.outcome?.saleId === saleId) await this.#paper();
  }

  async #giveBack(): Promise<void> {
    const { window, witness, chance } = this.#parts;
    const brought = chance.percent(50) ? await this.#scanReceipt() : undefined;
    const saleId = brought ?? (await this.#pickSale());
    const reason: RefundReason = chance.pick(["unwanted", "faulty", "wrong-item"]);
    witness.note({ what: "give-back", saleId });
    const of = chance.percent(40)
      ? { kind: "amount" as const, amountMinor: 1 + chance.below(300) }
      : { kind: "all" as const };
    const request = { refundId: randomUUID(), saleId, of, reason };
    await window.call("refund.settle", { ...request, ...(chance.percent(30) ? { note: "Brought back" } : {}) });
    if (chance.percent(20)) await window.call("refund.settle", request);
    await this.#paper();
  }

  /** The sale of a receipt that somebody brings back, if it is one. */
  async #scanReceipt(): Promise<string | undefined> {
    const { window, witness, chance } = this.#parts;
    const printed = witness.all("printed");
    if (printed.length === 0) return undefined;
    await window.call("basket.scan", { text: chance.pick(printed).code, source: "wedge" });
    const saleId = window.view.notice?.saleId;
    if (saleId === undefined) return undefined;
    const { receipt } = await window.call("receipts.open", { saleId });
    return this.#isFit(receipt) ? saleId : undefined;
  }

  /** A sale of the list; a fresh one where there is none that could be given back. */
  async #pickSale(): Promise<string> {
    const { window, chance } = this.#parts;
    const { receipts } = await window.call("receipts.list", {});
    const sales = receipts.filter((receipt) => this.#isFit(receipt));
    return sales.length === 0 ? this.#sellForCash() : chance.pick(sales).saleId;
  }

  /** Now and then one that was given back already is given back again, which must change nothing. */
  #isFit({ kind, refundedBy }: ReceiptRow): boolean {
    return kind === "sale" && (refundedBy === undefined || this.#parts.chance.percent(5));
  }

  async #workOnBasket(): Promise<void> {
    const { window, chance } = this.#parts;
    await this.#fill();
    const line = chance.pick(window.view.basket.lines);
    if (chance.percent(40) && line.unit === "each") {
      await window.call("basket.set-quantity", { lineId: line.lineId, quantity: 1 + chance.below(9) });
    } else if (chance.percent(40) && window.view.basket.lines.length > 1) {
      await window.call("basket.remove-line", { lineId: line.lineId });
    } else await this.#noteOrDiscount();
  }

  async #changePrice(): Promise<void> {
    const { window, chance } = this.#parts;
    await this.#fill();
    const { lineId } = chance.pick(window.view.basket.lines);
    await window.call("basket.set-price", { lineId, priceMinor: 100 + chance.below(900), reason: "damaged" });
  }

  async #park(): Promise<void> {
    const { window } = this.#parts;
    const saleId = await this.#fill();
    if (window.view.parked.length < 40) await window.call("sale.park", { saleId });
    else await window.call("sale.abandon", { saleId });
  }

  async #resume(): Promise<void> {
    const { window, chance } = this.#parts;
    const { basket } = window.view;
    if (basket.lines.length > 0) await window.call("sale.park", { saleId: basket.saleId });
    if (window.view.parked.length === 0) await this.#park();
    const { saleId } = chance.pick(window.view.parked);
    await window.call("sale.resume", { saleId });
  }

  async #abandon(): Promise<void> {
    const { window } = this.#parts;
    await window.call("sale.abandon", { saleId: await this.#fill() });
  }

  async #orderCopy(): Promise<void> {
    const { window, chance } = this.#parts;
    const { receipts } = await window.call("receipts.list", {});
    const saleId = receipts.length === 0 ? await this.#sellForCash() : chance.pick(receipts).saleId;
    await window.call("receipt.print-copy", { saleId });
    await this.#paper();
  }

  async #closeShift(): Promise<void> {
    const { window, witness, chance } = this.#parts;
    const { drawer } = await window.call("report.x", {});
    const countedMinor = Math.max(0, drawer.expectedMinor + chance.pick([0, 0, 0, -10, 50]));
    witness.note({ what: "close-shift", countedMinor });
    await window.call("shift.close", { countedMinor });
  }

  async #copyLedger(): Promise<void> {
    await this.#parts.window.call("ledger.copy", {}, "tool");
  }

  /** Waits now and then for the paper, as people do; more often they go on. */
  async #paper(): Promise<void> {
    const { window, chance } = this.#parts;
    if (chance.percent(60)) return;
    await window.until(({ outcome }) => outcome?.print !== "waiting" && outcome?.print !== "printing", 1_000);
  }

  /** Somebody who comes a moment late is refused, which is no harm. */
  async #orRefused(call: Promise<unknown>): Promise<void> {
    try {
      await call;
    } catch (error) {
      if (!(error instanceof Refused) || !expectedRefusals.test(error.code)) throw error;
    }
  }
}
