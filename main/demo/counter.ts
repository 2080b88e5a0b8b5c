import { randomUUID } from "node:crypto";
import { type CounterContract, type CounterSnapshot, type ShopPage, type StationId } from "../contract/counter.ts";
import { TillError } from "../contract/errors.ts";
import type { Handlers } from "../contract/methods.ts";
import type { DemoRail } from "../../sync/protocol/demo-rails.ts";
import type { Rail } from "../../sync/protocol/entry-types.ts";
import type { Currency } from "../../sync/protocol/money.ts";
import {
  fullPurse,
  give,
  layDown,
  pilesOf,
  purseOf,
  putIn,
  takeBack,
  totalMinorOf,
  type Cash,
  type CashPlaces,
} from "./cash.ts";
import { qrRows } from "./qr.ts";
import type { RailPhones } from "./rail-phones.ts";
import { counterGoods } from "./shelf.ts";
import type { DemoPhones, DemoShopper, PayCode } from "./shopper.ts";
import type { CounterStation } from "./station.ts";

/** What stands on the counter of the demo shop. */
export type CounterParts = {
  /** The till's station first; the kiosk's where the shop has one. */
  stations: readonly CounterStation[];
  phones: DemoPhones;
  railPhones: RailPhones;
  /** What lies in the drawer at the start, and where to keep what lies in it later. */
  drawer: { cash: Cash; keep(cash: Cash): void };
};

/**
 * The simulated counter: a person's hands, as it were. It holds goods and phones under the simulated scanners, moves the
 * shopper's money, tears the paper off, shuts the drawer and pulls the network's plug. It never speaks to a till but
 * through its devices.
 */
export class Counter {
  readonly #parts: CounterParts;
  readonly #listeners = new Set<(snapshot: CounterSnapshot) => void>();
  readonly #run = randomUUID();
  #version = 1;
  #pages: readonly ShopPage[] = [];
  #cash: CashPlaces;
  #shelf: Pick<CounterSnapshot, "categories" | "goods" | "currency"> = { categories: [], goods: [], currency: "CNY" };
  #demoPin = "";
  #shoppers: DemoShopper[] = [];
  #rails: DemoRail[] = [];
  #payCode: (PayCode & { rail: Rail; rows: string[]; used: boolean }) | null = null;

  constructor(parts: CounterParts) {
    this.#parts = parts;
    this.#cash = { purse: fullPurse, tray: new Map(), drawer: parts.drawer.cash };
  }

  /** Fetches the shelf, the shoppers and the demo's PIN from the platform. */
  async load(): Promise<void> {
    const { phones } = this.#parts;
    const [{ categories, goods }, pin] = await Promise.all([phones.shelf(), phones.demoPin(), this.#readBalances()]);
    const currency: Currency = goods[0]?.currency ?? "CNY";
    this.#shelf = {
      categories: categories.map(({ id, name }) => ({ id, name })),
      goods: counterGoods(goods),
      currency,
    };
    this.#demoPin = pin;
  }

  /** Where the shop's pages are, with what lets a person in. */
  setPages(pages: readonly ShopPage[]): void {
    this.#pages = pages;
    this.changed();
  }

  /** Calls the listener with every new snapshot until the returned function is called. */
  watch(listener: (snapshot: CounterSnapshot) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Everything on the counter now. */
  snapshot(): CounterSnapshot {
    const { purse, tray, drawer } = this.#cash;
    const cashMinor = totalMinorOf(drawer);
    return {
      run: this.#run,
      version: this.#version,
      pages: [...this.#pages],
      // A kiosk takes no cash and has no drawer.
      stations: this.#parts.stations.map((station) => station.view(station.id === "till" ? cashMinor : undefined)),
      purse: { piles: purseOf(purse), totalMinor: totalMinorOf(purse) },
      tray: { piles: pilesOf(tray), totalMinor: totalMinorOf(tray) },
      demoPin: this.#demoPin,
      ...this.#shelf,
      shoppers: this.#shoppers,
      rails: this.#rails,
      ...(this.#payCode === null ? {} : { payCode: this.#payCode }),
    };
  }

  /** What the counter page may ask. */
  readonly handlers: Handlers<CounterContract> = {
    "scanner.scan-good": async ({ station, goodId }) => {
      const good = this.#shelf.goods.find((candidate) => candidate.id === goodId);
      if (good === undefined) throw new TillError("basket.item-unknown", { item: goodId });
      await this.#station(station).scan(good.code, good.symbology);
      return {};
    },
    "scanner.scan-text": async ({ station, text }) => {
      await this.#station(station).scan(text);
      return {};
    },
    "scanner.set-plugged": async ({ station, plugged }) => {
      await this.#station(station).setPlugged(plugged);
      return {};
    },
    "shopper.show-code": async ({ shopperId, rail: other }) => {
      const { phones, railPhones } = this.#parts;
      const rail: Rail = other ?? "wallet";
      const code = rail === "wallet" ? await phones.payCode(shopperId) : await railPhones.payCode(rail, shopperId);
      this.#payCode = { ...code, shopperId, rail, rows: qrRows(code.text), used: false };
      await this.#readBalances();
      this.changed();
      return {};
    },
    "shopper.scan-code": async ({ station }) => {
      if (this.#payCode === null) throw new TillError("scan.unreadable", {});
      await this.#station(station).scan(this.#payCode.text, "]Q1");
      this.#payCode = { ...this.#payCode, used: true };
      this.changed();
      return {};
    },
    "shopper.choose-behaviour": async ({ rail, behaviour }) => {
      await this.#parts.railPhones.choose(rail, behaviour);
      await this.#readBalances();
      return {};
    },
    "shopper.answer": async ({ rail, orderNumber, confirms }) => {
      await this.#parts.railPhones.answer(rail, orderNumber, confirms);
      await this.#readBalances();
      return {};
    },
    "printer.set": ({ station, paper, cover, answering }) => {
      const { printer } = this.#station(station);
      if (paper !== undefined) printer.setPaper(paper);
      if (cover !== undefined) printer.setCover(cover);
      if (answering !== undefined) printer.setAnswering(answering);
      return {};
    },
    "printer.tear-off": ({ station }) => {
      this.#station(station).printer.tearOff();
      return {};
    },
    "purse.lay-down": ({ valueMinor }) => this.#moveCash(layDown(this.#cash, valueMinor)),
    "purse.take-back": () => this.#moveCash(takeBack(this.#cash)),
    "drawer.put-in": () => {
      this.#requireOpenDrawer();
      return this.#moveCash(putIn(this.#cash));
    },
    "drawer.give": ({ amountMinor }) => {
      this.#requireOpenDrawer();
      return this.#moveCash(give(this.#cash, amountMinor));
    },
    "drawer.close": () => {
      this.#station("till").printer.shutDrawer();
      return {};
    },
    "network.set": async ({ station, network }) => {
      await this.#station(station).setNetwork(network);
      return {};
    },
  };

  /**
   * Reads the balances again, as a phone in a hand does. A platform that is away for a moment leaves them as they were.
   * Called every few seconds by whoever runs the counter.
   */
  async refresh(): Promise<void> {
    if (this.#listeners.size > 0) await this.#readBalances().catch(() => undefined);
  }

  /** Tells everybody who watches that something on the counter is different. */
  changed(): void {
    this.#version += 1;
    if (this.#listeners.size === 0) return;
    const snapshot = this.snapshot();
    for (const listener of this.#listeners) listener(snapshot);
  }

  #station(id: StationId): CounterStation {
    const station = this.#parts.stations.find((each) => each.id === id);
    // The page names only stations that it was shown.
    if (station === undefined) throw new TillError("wire.invalid-message");
    return station;
  }

  #requireOpenDrawer(): void {
    if (this.#station("till").printer.drawer !== "open") throw new TillError("drawer.shut");
  }

  #moveCash(next: CashPlaces): Record<string, never> {
    if (next.drawer !== this.#cash.drawer) this.#parts.drawer.keep(next.drawer);
    this.#cash = next;
    this.changed();
    return {};
  }

  async #readBalances(): Promise<void> {
    const { phones, railPhones } = this.#parts;
    const [shoppers, rails] = await Promise.all([phones.shoppers(), railPhones.rails()]);
    const hasChanged = JSON.stringify([shoppers, rails]) !== JSON.stringify([this.#shoppers, this.#rails]);
    this.#shoppers = shoppers;
    this.#rails = rails;
    if (hasChanged) this.changed();
  }
}
