import type { Names } from "../../sync/protocol/entry-types.ts";
import { addMinor, type Currency } from "../../sync/protocol/money.ts";
import type { XReport } from "../contract/manager.ts";
import type { Figures } from "../shift/shift-figures.ts";

/** What the shop calls what a report names, where its catalogue still has it. */
export type ReportNames = {
  taxName(taxClass: string): Names | undefined;
  personName(person: string): Names | undefined;
};

type ShiftView = Omit<XReport, "shift" | "openedAt" | "openedBy" | "at" | "drawer">;

/** The figures of a shift as reports tell them. */
export function shiftView(figures: Figures, currency: Currency, { taxName }: ReportNames): ShiftView {
  const { firstReceipt, lastReceipt } = figures;
  return {
    currency,
    ...(firstReceipt === undefined ? {} : { firstReceipt }),
    ...(lastReceipt === undefined ? {} : { lastReceipt }),
    ...salesView(figures),
    discountsMinor: figures.discountsMinor,
    depositsMinor: figures.depositsMinor,
    roundingMinor: figures.roundingMinor,
    abandoned: figures.abandoned,
    abandonedMinor: figures.abandonedMinor,
    priceChanges: figures.priceChanges,
    ageChecks: figures.ageChecks,
    drawerOpenings: figures.drawerOpenings,
    taxes: [...figures.taxes.values()].map((tax) => {
      return { ...tax, name: taxName(tax.taxClass) ?? { en: tax.taxClass, "zh-CN": tax.taxClass } };
    }),
    tenders: tendersView(figures),
    payouts: payoutsView(figures),
    commission: commissionView(figures),
    ...unreadView(figures),
  };
}

/** Sales, refunds, and what is left of the one after the other. */
export function salesView({
  sales,
  salesMinor,
  refunds,
  refundsMinor,
}: Pick<Figures, "sales" | "salesMinor" | "refunds" | "refundsMinor">) {
  return { sales, salesMinor, refunds, refundsMinor, netMinor: addMinor(salesMinor, -refundsMinor) };
}

/** What sales were paid with; what nobody paid with is not named. */
export function tendersView(figures: Figures): XReport["tenders"] {
  const { cashTenders, cashTenderedMinor, walletTenders, walletMinor } = figures;
  const all = [
    { kind: "cash" as const, count: cashTenders, amountMinor: cashTenderedMinor },
    { kind: "wallet" as const, count: walletTenders, amountMinor: walletMinor },
  ];
  return all.filter(({ count }) => count > 0);
}

/** How refunds went out; together they are the refunds. */
function payoutsView(figures: Figures): XReport["payouts"] {
  const { cashPayouts, cashPayoutsMinor, walletPayouts, walletPayoutsMinor } = figures;
  const all = [
    { kind: "cash" as const, count: cashPayouts, amountMinor: cashPayoutsMinor },
    { kind: "wallet" as const, count: walletPayouts, amountMinor: walletPayoutsMinor },
  ];
  return all.filter(({ count }) => count > 0);
}

/** How many entries could not be read; nothing where all could. */
export function unreadView({ unread }: Pick<Figures, "unread">): { unread?: number } {
  return unread === 0 ? {} : { unread };
}

/** Also where only a payment of an earlier shift was taken back, which leaves less than nothing. */
function commissionView({ payments, paidMinor, commissionMinor }: Figures): XReport["commission"] {
  if (payments === 0 && paidMinor === 0 && commissionMinor === 0) return [];
  return [{ rail: "wallet", payments, paidMinor, commissionMinor }];
}
