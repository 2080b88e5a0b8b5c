import type { Item } from "../../sync/protocol/change.ts";
import type { EntryBody, PriceReason, Tender } from "../../sync/protocol/entry-types.ts";
import { toHex, utf8 } from "../../sync/protocol/bytes.ts";
import type { ReceiptCode } from "../../sync/protocol/receipt-code.ts";
import { TillError } from "../contract/errors.ts";
import type { NewEntry } from "../ledger/entries.ts";
import { plainAmount } from "../money-text.ts";
import type { OpenAttempt } from "../payment/open-attempt.ts";
import type { Recognition } from "../payment/recognise/recognition.ts";
import {
  addToBasket,
  ageMinimumOf,
  isAgeUnchecked,
  isRefused,
  removeAgeLimited,
  removeLine,
  setQuantity,
  type BasketChange,
  type BasketState,
} from "../sale/basket.ts";
import { cashDueMinor } from "../sale/cash.ts";
import type { GivenDiscount } from "../sale/line.ts";
import { discountLine, discountSale, priceOf, setPrice } from "../sale/reductions.ts";
import { cashTender } from "../sale/settlement.ts";
import { totalsOfBasket, type ShopRules } from "./basket-view.ts";
import { goodOf, type CheckoutScan } from "./catalog-goods.ts";
import type { CheckoutOptions } from "./checkout-options.ts";
import { assertDiskRoom } from "./disk-room.ts";
import { fittingBasket } from "./fitting.ts";
import type { HeldRules } from "./held-rules.ts";
import { plainNote } from "./note.ts";
import { OpenSale } from "./open-sale.ts";
import { parkSale, parkWithPayment, resumeSale, type ParkingParts } from "./parking.ts";
import { readSavedAside } from "./saved-basket.ts";
import { Receipts } from "./receipts.ts";
import { isPaymentCode, recogniseScan } from "./recognise-scan.ts";
import { scannedGoods, type Amount } from "./scanned-goods.ts";
import { Typing } from "./typing.ts";
import { sellersEntry } from "./seller.ts";
import type { Settled } from "./settled.ts";
import { Refunds } from "./refunds.ts";
import { cashAnswer, Settling } from "./settling.ts";
import { WalletCodes } from "./wallet-codes.ts";

/** What a scan came to. */
export type ScanOutcome = "added" | "payment-started" | "refused";

/** A shopper may hand over a few large notes; more than this is a slip of the hand on the number pad. */
const mostCashTenderedMinor = 1_000_000_00;

/**
 * The one sale in front of the cashier. Every change is stored before it is shown, so that a till that loses its power
 * comes back with the same basket; a sale is committed before anything prints, opens or says "paid".
 */
export class Checkout {
  readonly receipts: Receipts;
  /** What comes back of settled sales. */
  readonly refunds: Refunds;
  /** What the cashier is typing, which some scans must not cut short. */
  readonly typing: Typing;
  readonly #options: CheckoutOptions;
  readonly #sale: OpenSale;
  readonly #settling: Settling;
  readonly #codes: WalletCodes;

  constructor(options: CheckoutOptions) {
    const { ledger, desk, rules, words } = options;
    this.#options = options;
    this.#sale = new OpenSale(options);
    this.typing = new Typing(options.now);
    this.receipts = new Receipts({ ledger, rules, words, stand: (saleId) => desk.stand(saleId) });
    this.#settling = new Settling({ ...options, sale: this.#sale, priced: () => this.#priced() });
    this.refunds = new Refunds({ ...options, receipts: this.receipts, settling: this.#settling });
    this.#codes = new WalletCodes({ ...options, sale: this.#sale, assertAgeChecked: () => this.#assertAgeChecked() });
  }

  /** The open basket. While a settled sale is in view it is the one behind it. */
  get basket(): BasketState {
    return this.#sale.basket;
  }

  /** What the open basket is priced by: the shop's rules, or while a payment holds it those of the payment's beginning. */
  get basketRules(): ShopRules {
    return this.#priced().rules;
  }

  /** The settled sale or refund that is in view, if one is. */
  get shownSaleId(): string | undefined {
    return this.#sale.shownSaleId;
  }

  /** A sale or refund as the journal has it, or null where it is not settled. */
  settled(saleId: string): Settled | null {
    return this.receipts.settled(saleId);
  }

  /**
   * Takes a scan from any reader. What is wrong with it is told in a notice; the basket is then as it was. A good is in
   * the basket when this returns; only a wallet's answer takes time, and what is scanned meanwhile is refused at once
   * rather than kept for the next shopper's sale.
   */
  async scan(scan: CheckoutScan): Promise<ScanOutcome> {
    try {
      const code = recogniseScan(scan, this.#options);
      this.typing.assertMayScan(isPaymentCode(code));
      if (isPaymentCode(code))
        return await this.#codes.take(code.fields.text, code.kind === "spend-token" ? "wallet" : code.kind);
      if (code.kind === "receipt") return this.#takeReceipt(code.fields);
      return this.#takeGood(scan, code);
    } catch (error) {
      if (!(error instanceof TillError)) throw error;
      this.#options.notices.tell(error);
      return "refused";
    }
  }

  /** Adds a touched good. @throws TillError when it is unknown, needs a weight or a price, or the basket is frozen or full. */
  add(itemId: string, amount: Amount): void {
    const item = this.#options.catalog.itemById(itemId);
    if (item === null) throw new TillError("basket.item-unknown", { item: itemId });
    this.#assertNotFrozen();
    this.#addItem(item, amount);
  }

  /** Sets how many pieces a line has; 0 removes it. */
  setQuantity(lineId: string, quantity: number): void {
    this.#change((basket) => setQuantity(basket, lineId, quantity));
  }

  /** Takes a line out. */
  removeLine(lineId: string): void {
    this.#change((basket) => removeLine(basket, lineId));
  }

  /** Sells a line at another price; the journal keeps both prices and the reason, in one commit with the basket. */
  setPrice(lineId: string, priceMinor: number, reason: PriceReason): void {
    const before = priceOf(this.#sale.basket, lineId);
    if (before?.priceMinor === priceMinor) return;
    const { saleId } = this.#sale.basket;
    const { currency } = this.#options.rules().store;
    this.#change(
      (basket) => setPrice(basket, lineId, priceMinor),
      () => {
        const { itemId = "", priceMinor: fromMinor = 0 } = before ?? {};
        const body = { saleId, lineId, itemId, currency, fromMinor, toMinor: priceMinor, reason };
        return this.#entry({ type: "price.overridden", body });
      },
    );
  }

  /** Takes something off a line; without a discount the line has its full price again. */
  discountLine(lineId: string, discount: GivenDiscount | undefined): void {
    this.#change((basket) => discountLine(basket, lineId, discount));
  }

  /** Takes something off the whole sale; without a discount nothing is taken off it. */
  discountSale(saleId: string, discount: GivenDiscount | undefined): void {
    this.#openBasket(saleId);
    this.#change((basket) => discountSale(basket, discount));
  }

  /** Sets the sale's note; an empty one removes it. */
  setNote(saleId: string, text: string): void {
    const { note: _before, ...basket } = this.#openBasket(saleId);
    const note = plainNote(text);
    this.#change(() => (note === "" ? basket : { ...basket, note }));
  }

  /**
   * Somebody of the shop has looked at the shopper's age: the cashier, or at a kiosk whoever types a PIN. It counts for the
   * sale; goods with a higher minimum ask again.
   * @throws TillError `basket.no-age-limited`, `staff.pin-wrong`, `staff.pin-wait`.
   */
  async confirmAge(saleId: string, proof: { byShopper: boolean; pin?: string | undefined }): Promise<void> {
    const minimum = ageMinimumOf(this.#openBasket(saleId));
    if (minimum === null) throw new TillError("basket.no-age-limited");
    const { person: seller } = this.#options.seller();
    const needsPin = proof.byShopper || this.#options.mode === "kiosk" || seller === undefined;
    if (needsPin && proof.pin === undefined) throw new TillError("staff.pin-wrong");
    const person = needsPin ? await this.#options.pins.identify(proof.pin ?? "") : seller;
    // While the PIN was looked at, the sale may have ended or got other goods: only what was asked for is approved.
    const basket = this.#openBasket(saleId);
    if (ageMinimumOf(basket) === null) throw new TillError("basket.no-age-limited");
    if (!isAgeUnchecked(basket) && (basket.age?.minimum ?? 0) >= minimum) return;
    const age = { minimum, at: this.#options.now(), person: person.id, name: person.name };
    const body = { kind: "age" as const, saleId, minimum, approvedBy: person.id };
    this.#change(
      () => ({ ...basket, age }),
      () => this.#entry({ type: "approval.granted", body }),
    );
  }

  /** Takes out everything that asks for an age. */
  removeAgeLimited(saleId: string): void {
    this.#openBasket(saleId);
    this.#change(removeAgeLimited);
  }

  /** Gives the open basket up and says so in the journal. @throws TillError `sale.not-open` for any other sale. */
  abandon(saleId: string, reason: EntryBody<"sale.abandoned">["reason"]): void {
    const basket = this.#filledBasket(saleId);
    const { totalMinor } = this.#totals();
    const { currency } = this.#options.rules().store;
    const body = { saleId, reason, lines: basket.lines.length, totalMinor, currency };
    const next = this.#sale.fresh();
    const entry = this.#entry({ type: "sale.abandoned", body });
    this.#options.ledger.append([entry], () => this.#sale.write(next, undefined));
    this.#options.notices.clear();
    this.#sale.show(next, undefined);
  }

  /** Sets the open sale aside. @throws TillError `basket.empty`, `park.full`. */
  park(saleId: string): void {
    const basket = this.#filledBasket(saleId);
    parkSale(this.#parking(), basket, this.#totals().totalMinor, this.#options.rules().store.currency);
    this.#options.notices.clear();
  }

  /** Takes a parked sale up again. @throws TillError `park.not-found`, `park.basket-open`, `park.payment-open`. */
  resume(saleId: string): void {
    this.#assertNotFrozen();
    if (this.#options.payments.asideOf(saleId) !== undefined) throw new TillError("park.payment-open");
    assertDiskRoom(this.#options.ledger);
    resumeSale(this.#parking(), saleId);
    this.#options.notices.clear();
  }

  /** Clears a settled sale from view, with what was said about it. Asking twice changes nothing. */
  next(saleId: string): void {
    if (this.#sale.shownSaleId !== saleId) return;
    this.#options.notices.clear();
    this.#sale.save(this.#sale.basket, undefined);
  }

  /**
   * Says how much of the open sale is paid in cash while the wallet pays the rest; 0 takes it back.
   * @throws TillError `basket.age-unchecked`, `tender.part-not-cash`, `tender.part-too-large`.
   */
  setCashPart(saleId: string, amountMinor: number): void {
    const { cashPartMinor: _before, ...basket } = this.#filledBasket(saleId);
    if (amountMinor === 0) {
      this.#sale.save(basket, undefined);
      return;
    }
    this.#assertAgeChecked();
    const { cashRoundingMinor, currency } = this.#options.rules().store;
    if (amountMinor % cashRoundingMinor !== 0) {
      throw new TillError("tender.part-not-cash", { step: plainAmount(cashRoundingMinor, currency) });
    }
    if (amountMinor >= this.#totals().totalMinor) throw new TillError("tender.part-too-large");
    this.#sale.save({ ...basket, cashPartMinor: amountMinor }, undefined);
  }

  /**
   * Settles the open sale with cash. The same sale again gives the stored answer and takes no money twice; a sale that
   * a wallet has paid is closed, because its change would be that of money nobody handed over. While a part in cash is
   * noted it is refused: nobody could tell whether the typed amount holds that part.
   * @throws TillError `basket.empty`, `basket.frozen`, `basket.age-unchecked`, `tender.part-open`, `tender.too-little`,
   * `tender.too-much`, `sale.not-open`.
   */
  payCash(saleId: string, tenderedMinor: number): { receiptCode: string; changeMinor: number } {
    const settled = this.settled(saleId);
    if (settled?.kind === "sale" && settled.body.tenders.every((tender) => tender.kind === "cash")) {
      return cashAnswer(settled.body);
    }
    if (settled !== null) throw new TillError("sale.not-open");
    const { cashPartMinor } = this.#filledBasket(saleId);
    this.#assertAgeChecked();
    if (cashPartMinor !== undefined) throw new TillError("tender.part-open");
    const { store } = this.#options.rules();
    const { totalMinor } = this.#totals();
    const dueMinor = cashDueMinor(totalMinor, store.cashRoundingMinor);
    if (tenderedMinor < dueMinor) throw new TillError("tender.too-little", { dueMinor, tenderedMinor });
    // Every suggestion is within the due amount and one note more.
    const mostMinor = Math.max(mostCashTenderedMinor, dueMinor + Math.max(...store.cashNotesMinor));
    if (tenderedMinor > mostMinor) throw new TillError("tender.too-much", { tenderedMinor });
    return cashAnswer(this.#settling.settle([cashTender(totalMinor, tenderedMinor, store.cashRoundingMinor)], []));
  }

  /** Settles the sale of a wallet payment, in one commit with the entry that says it is paid. */
  settleWallet(paid: NewEntry, attempt: OpenAttempt): void {
    const { saleId } = attempt;
    if (this.#sale.basket.saleId === saleId) {
      this.#settling.settle(tendersOf(this.#sale.basket, attempt), [paid]);
      return;
    }
    const aside = readSavedAside(this.#options.ledger.parkedSales.basket(saleId));
    if (aside === null) throw new TillError("sale.not-open");
    this.#settling.settleAside(aside, tendersOf(aside.basket, attempt), paid);
  }

  /** Sets the sale of an open payment aside, in a commit of its own. @throws TillError `park.full`, `sale.not-open`. */
  parkWithPayment({ saleId }: OpenAttempt): void {
    const { basket, shownSaleId } = this.#sale;
    if (basket.saleId !== saleId || shownSaleId !== undefined) throw new TillError("sale.not-open");
    parkWithPayment(this.#parking(), this.#priced(), this.#totals().totalMinor);
    this.#options.notices.clear();
  }

  #takeGood(scan: CheckoutScan, code: Recognition): ScanOutcome {
    const { item, ...amount } = scannedGoods(scan, code, this.#options);
    this.#assertNotFrozen();
    this.#addItem(item, amount, scan.hex ?? toHex(utf8(scan.text)));
    return "added";
  }

  /** The cashier's page opens the receipt's sale; like any next scan it clears a settled sale from view. */
  #takeReceipt(code: ReceiptCode): ScanOutcome {
    if (this.#options.mode === "kiosk") throw new TillError("receipt.at-counter");
    const saleId = this.receipts.scanned(code);
    if (this.#sale.shownSaleId !== undefined) this.#sale.save(this.#sale.basket, undefined);
    this.#options.notices.tell(new TillError("receipt.scanned"), { saleId });
    return "refused";
  }

  #addItem(item: Item, amount: Amount, scanHex?: string): void {
    // What goods cost is for the shop to say: at a kiosk nobody of it types a price.
    if (this.#sale.basket.lines.length === 0) assertDiskRoom(this.#options.ledger);
    const typedMinor = amount.labelPriceMinor ?? (this.#options.mode === "kiosk" ? undefined : amount.priceMinor);
    const good = goodOf(item, this.#options.rules(), typedMinor);
    const change = addToBasket(this.#sale.basket, {
      lineId: this.#options.newId(),
      good,
      quantity: amount.quantity,
      weightGrams: amount.weightGrams,
      scanHex,
    });
    // Scanned goods without a weight are named, so that the page can ask for the weight of the right one.
    if (isRefused(change)) throw new TillError(change.refused, { ...change.params, item: item.id });
    this.#options.notices.clear();
    this.#store(change);
  }

  #change(act: (basket: BasketState) => BasketChange, entry?: () => NewEntry): void {
    this.#assertNotFrozen();
    if (this.#sale.shownSaleId !== undefined) throw new TillError("sale.not-open");
    const change = act(this.#sale.basket);
    if (isRefused(change)) throw new TillError(change.refused, change.params);
    this.#store(change, entry?.());
  }

  /** Stores a changed basket, with its entry where it has one. What no longer fits the goods falls away and is told. */
  #store(changed: BasketState, entry?: NewEntry): void {
    const { basket, dropped } = fittingBasket(changed, this.#options.rules());
    if (entry === undefined) this.#sale.write(basket, undefined);
    else this.#options.ledger.append([entry], () => this.#sale.write(basket, undefined));
    this.#sale.show(basket, undefined);
    if (dropped !== null) this.#options.notices.tell(new TillError(dropped));
  }

  #parking(): ParkingParts {
    const { ledger, now } = this.#options;
    return { ledger, sale: this.#sale, entry: (entry) => this.#entry(entry), now };
  }

  #totals() {
    return totalsOfBasket(this.#sale.basket, this.basketRules);
  }

  #priced(): HeldRules {
    const held = this.#options.payments.isHolding ? this.#sale.held : undefined;
    return held ?? { rules: this.#options.rules(), catalogCursor: this.#options.rulesCursor() };
  }

  #entry<T extends NewEntry["type"]>(entry: { type: T; body: EntryBody<T> }): NewEntry {
    return sellersEntry(this.#options.seller(), this.#options.newId(), entry);
  }

  #assertNotFrozen(): void {
    if (this.#options.payments.isHolding) throw new TillError("basket.frozen");
  }

  #assertAgeChecked(): void {
    const { basket } = this.#sale;
    if (isAgeUnchecked(basket)) throw new TillError("basket.age-unchecked", { years: ageMinimumOf(basket) ?? 0 });
  }

  /** The open basket, where it is that of this sale and may change. */
  #openBasket(saleId: string): BasketState {
    this.#assertNotFrozen();
    const { basket, shownSaleId } = this.#sale;
    if (basket.saleId !== saleId || shownSaleId !== undefined) throw new TillError("sale.not-open");
    return basket;
  }

  #filledBasket(saleId: string): BasketState {
    const basket = this.#openBasket(saleId);
    if (basket.lines.length === 0) throw new TillError("basket.empty");
    return basket;
  }
}

/** How a sale is paid whose wallet has paid what its part in cash leaves. */
function tendersOf({ cashPartMinor: part }: BasketState, attempt: OpenAttempt): Tender[] {
  const { paymentId, number, amountMinor, rail } = attempt;
  const wallet: Tender = { kind: "wallet", amountMinor, paymentId, number, ...(rail === "wallet" ? {} : { rail }) };
  return part === undefined ? [wallet] : [cashTender(part, part, 1), wallet];
}
