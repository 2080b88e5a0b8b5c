import type { CounterSnapshot } from "../contract/counter.ts";

/** A sale as somebody beside the counter saw it: goods by the shelf's own prices, and what the screen said. */
export type WitnessedSale = {
  receiptCode: string;
  totalMinor: number;
  tender: "cash" | "wallet";
  /** What stayed in the drawer: for cash the total after cash rounding. */
  drawerMinor: number;
  offline: boolean;
};

/** What one book says about a day: sales by how they were paid, before cash rounding. */
export type Book = { sales: number; totalMinor: number; cashMinor: number; walletMinor: number };

/**
 * Stands beside the counter and keeps a book of its own. It knows prices from the shelf and acknowledged sales from the
 * screen, and nothing from the till's ledger, so that an error of the till cannot hide in it.
 */
export class Witness {
  readonly #prices: ReadonlyMap<string, number>;
  readonly #sales = new Map<string, WitnessedSale>();
  readonly complaints: string[] = [];

  constructor(goods: CounterSnapshot["goods"]) {
    this.#prices = new Map(goods.map((good) => [good.id, good.priceMinor + (good.depositMinor ?? 0)]));
  }

  /** What these goods cost by the shelf, deposits included. */
  priceOf(goodIds: readonly string[]): number {
    return goodIds.reduce((sum, id) => sum + (this.#prices.get(id) ?? Number.NaN), 0);
  }

  /** Writes a sale down that the screen said is stored. A receipt that was seen before is a complaint. */
  saw(sale: WitnessedSale, expectedMinor: number): void {
    if (this.#sales.has(sale.receiptCode)) this.complaints.push(`Receipt ${sale.receiptCode} was used twice`);
    if (sale.totalMinor !== expectedMinor) {
      this.complaints.push(`Receipt ${sale.receiptCode} says ${sale.totalMinor}, the shelf says ${expectedMinor}`);
    }
    this.#sales.set(sale.receiptCode, sale);
  }

  /** The receipts that were seen. */
  receipts(): ReadonlyMap<string, WitnessedSale> {
    return this.#sales;
  }

  /** The sales that were settled while the platform could not be reached. */
  offlineSales(): number {
    return [...this.#sales.values()].filter((sale) => sale.offline).length;
  }

  /** What all the sales have left in the drawer. */
  drawerMinor(): number {
    return [...this.#sales.values()].reduce((sum, sale) => sum + sale.drawerMinor, 0);
  }

  /** The day by this book. */
  book(): Book {
    const sales = [...this.#sales.values()];
    const sum = (of: (sale: WitnessedSale) => number) => sales.reduce((total, sale) => total + of(sale), 0);
    return {
      sales: sales.length,
      totalMinor: sum((sale) => sale.totalMinor),
      cashMinor: sum((sale) => (sale.tender === "cash" ? sale.totalMinor : 0)),
      walletMinor: sum((sale) => (sale.tender === "wallet" ? sale.totalMinor : 0)),
    };
  }
}

/** Where two books differ, in words; an empty list means that they agree. */
export function differences(names: readonly [string, string], left: Book, right: Book): string[] {
  const keys = ["sales", "totalMinor", "cashMinor", "walletMinor"] as const;
  return keys
    .filter((key) => left[key] !== right[key])
    .map((key) => `${key}: ${names[0]} says ${left[key]}, ${names[1]} says ${right[key]}`);
}
