import { useEffect } from "react";
import type { Locale, Snapshot } from "../../main/contract/snapshot.ts";
import { CashierApp } from "../cashier/cashier-app.tsx";
import { setView, type Panel, type View } from "../cashier/view.ts";
import type { Phase } from "../shared/session.ts";
import type { WordKey } from "../shared/words/en.ts";
import { fixedSession } from "./fixed-session.ts";
import { tiles } from "./goods.ts";
import { openedReceipt, refundedReceipt } from "./receipts.ts";
import { refundScreens } from "./refund-screens.ts";
import { saleStates } from "./sale-states.ts";
import { inLocale, longBasket, snapshots, withTotal } from "./snapshots.ts";

type Screen = { snapshot: Snapshot | null; phase?: Phase; view?: Partial<View> };

const apple = tiles[1]!;

const flowers = tiles.at(-1)!;
const saleDiscount = { kind: "discount", lineId: null, unit: "percent" } as const;

function lineId(snapshot: Snapshot, index: number): string {
  return snapshot.basket.lines[index]?.lineId ?? "";
}

/** The selling screen with a panel open, and what was typed on it. */
function panel(open: Panel, entry = ""): Screen {
  return { snapshot: snapshots.selling, view: { panel: open, entry } };
}

/** A line on the beam with all that can be done with it. */
function line(snapshot: Snapshot, index: number): Screen {
  const id = lineId(snapshot, index);
  return { snapshot, view: { panel: { kind: "line", lineId: id }, selectedLineId: id } };
}

/** Every state of the cashier's page. */
const screens: Readonly<Record<string, Screen>> = {
  ...Object.fromEntries(Object.entries(snapshots).map(([name, snapshot]) => [name, { snapshot }])),
  ...Object.fromEntries(Object.entries(saleStates).map(([name, snapshot]) => [name, { snapshot }])),
  long: { snapshot: { ...snapshots.selling, basket: longBasket } },
  selected: { snapshot: snapshots.selling, view: { selectedLineId: snapshots.selling.basket.lines[1]!.lineId } },
  listening: { snapshot: snapshots.selling, view: { isListening: true } },
  "listening-offline": { snapshot: snapshots.offline, view: { isListening: true } },
  weight: { snapshot: snapshots.selling, view: { panel: { kind: "weight", tile: apple }, entry: "0.842" } },
  "weight-empty": { snapshot: snapshots.selling, view: { panel: { kind: "weight", tile: apple } } },
  cash: { snapshot: snapshots.selling, view: { panel: { kind: "cash", isPart: false }, entry: "150" } },
  quantity: {
    snapshot: snapshots.selling,
    view: { panel: { kind: "quantity", lineId: "", name: "Soy milk", priceMinor: 350 }, entry: "12" },
  },
  void: { snapshot: snapshots.selling, view: { panel: { kind: "void" } } },
  settings: { snapshot: snapshots.selling, view: { panel: { kind: "settings" } } },
  help: { snapshot: snapshots.selling, view: { panel: { kind: "help" } } },
  search: { snapshot: snapshots.selling, view: { query: "ba" } },
  fault: {
    snapshot: snapshots.selling,
    view: { message: { kind: "fault", fault: { code: "tender.too-little", params: {} } } },
  },
  "scan-refused": {
    snapshot: snapshots.selling,
    view: { panel: { kind: "cash", isPart: false }, message: { kind: "scan-refused" } },
  },
  "unknown-notice": { snapshot: { ...snapshots.unknown, notice: snapshots.declined.notice } },
  "paid-notice": { snapshot: { ...snapshots.paid, notice: snapshots.declined.notice } },
  "weight-notice": {
    snapshot: { ...snapshots.selling, notice: snapshots["unknown-code"].notice },
    view: { panel: { kind: "weight", tile: apple }, entry: "0.842" },
  },
  restarting: { snapshot: snapshots.selling, phase: "restarting" },
  "line-open": line(saleStates.discounted, 2),
  "line-plain": line(snapshots.selling, 4),
  "line-changed": line(saleStates.discounted, 5),
  discount: panel({ kind: "discount", lineId: null, unit: "percent" }, "12.5"),
  "discount-given": { snapshot: saleStates.discounted, view: { panel: saleDiscount } },
  "discount-amount": panel({ kind: "discount", lineId: null, unit: "amount" }, "8"),
  "discount-line": panel({ kind: "discount", lineId: lineId(snapshots.selling, 3), unit: "percent" }),
  "discount-too-much": panel({ kind: "discount", lineId: null, unit: "amount" }, "500"),
  price: panel({ kind: "price", lineId: lineId(snapshots.selling, 4), reason: null }, "19.90"),
  "price-reason": panel({ kind: "price", lineId: lineId(snapshots.selling, 4), reason: "short-dated" }, "19.90"),
  "price-nothing": panel({ kind: "price", lineId: lineId(snapshots.selling, 4), reason: "damaged" }, "0"),
  "open-price": panel({ kind: "open-price", tile: flowers }, "35"),
  note: { snapshot: saleStates.noted, view: { panel: { kind: "note" } } },
  "parked-paying": { snapshot: saleStates["parked-paying"], view: { panel: { kind: "parked" } } },
  "parked-list": { snapshot: saleStates.parked, view: { panel: { kind: "parked" } } },
  "part-pad": panel({ kind: "cash", isPart: true }, "50"),
  receipts: panel({ kind: "receipts", isReturn: false }),
  return: { snapshot: snapshots.empty, view: { panel: { kind: "receipts", isReturn: true } } },
  receipt: panel({ kind: "receipt", opened: openedReceipt, isReturn: false }),
  "receipt-refunded": panel({ kind: "receipt", opened: refundedReceipt, isReturn: true }),
  ...refundScreens,
  more: panel({ kind: "more" }),
  "more-empty": { snapshot: snapshots.empty, view: { panel: { kind: "more" } } },
  shift: { snapshot: snapshots.empty, view: { panel: { kind: "shift" } } },
  count: { snapshot: snapshots.empty, view: { panel: { kind: "count", shift: null }, entry: "1988.40" } },
  "count-asked": {
    snapshot: snapshots.empty,
    view: { panel: { kind: "count", shift: null }, entry: "1988.40", asked: { minor: 198_840, atMs: 0 } },
  },
  "shift-closed": {
    snapshot: snapshots.empty,
    view: {
      panel: {
        kind: "shift-closed",
        countedMinor: 198_840,
        closed: {
          shift: snapshots.selling.till.ledger,
          sales: 88,
          salesMinor: 512_340,
          expectedCashMinor: 198_890,
          differenceMinor: -50,
        },
      },
    },
  },
  opening: { snapshot: null, phase: "connecting" },
};

/** The names of the cashier's screens. */
export const cashierScreenNames: readonly string[] = Object.keys(screens);

/** A screen of the cashier's page. `totalMinor` puts another total under the beam. */
export function CashierGallery(props: {
  name: string;
  locale: Locale;
  words: Readonly<Record<WordKey, string>> | undefined;
  totalMinor: number | null;
}) {
  const screen = screens[props.name];
  const view = screen?.view;
  useEffect(() => {
    // The page tidies its view when it opens; what the gallery shows is set after that.
    requestAnimationFrame(() => requestAnimationFrame(() => setView(view ?? {})));
  }, [view]);
  if (screen === undefined) return null;
  const told = screen.snapshot === null ? null : inLocale(screen.snapshot, props.locale);
  const snapshot = told === null || props.totalMinor === null ? told : withTotal(told, props.totalMinor);
  return <CashierApp session={fixedSession(snapshot, screen.phase ?? "ready")} words={props.words} />;
}
