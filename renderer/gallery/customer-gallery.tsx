import type { Locale, Outcome, Snapshot } from "../../main/contract/snapshot.ts";
import { CustomerApp } from "../customer/customer-app.tsx";
import type { Phase } from "../shared/session.ts";
import type { WordKey } from "../shared/words/en.ts";
import { fixedSession } from "./fixed-session.ts";
import { kioskSnapshot, shopperBaskets, shopperOutcome, shopperPayment } from "./kiosk-snapshots.ts";
import { inLocale } from "./snapshots.ts";

const selling: Snapshot = {
  ...kioskSnapshot,
  till: { ...kioskSnapshot.till, number: 2, mode: "till", cashier: { en: "Chen Yu", "zh-CN": "陈宇" } },
  basket: shopperBaskets.checked,
};
const idle: Snapshot = { ...selling, basket: shopperBaskets.empty };

function done(change: Partial<Outcome> = {}): Snapshot {
  return { ...selling, outcome: { ...shopperOutcome, receiptCode: "2-20701", ...change } };
}

const { paymentNumber: _number, ...cash } = shopperOutcome;
const cashPaid: Outcome = { ...cash, tender: "cash", tenderedMinor: 10_000, changeMinor: 3_850, roundingMinor: -4 };

/** A refund to the shopper's wallet, as far as the platform has come with it. */
function refundToWallet(walletState: "recorded" | "given-back"): Snapshot {
  const amounts = { totalMinor: 450, walletMinor: 450, changeMinor: 0, roundingMinor: 0 };
  return done({ kind: "refund", originalReceiptCode: "2-20650", tender: "wallet", ...amounts, walletState });
}

const screens: Readonly<Record<string, { snapshot: Snapshot | null; phase?: Phase }>> = {
  "customer-idle": { snapshot: idle },
  "customer-selling": { snapshot: selling },
  "customer-deposit": { snapshot: { ...selling, basket: shopperBaskets.deposit } },
  "customer-long": { snapshot: { ...selling, basket: shopperBaskets.long } },
  "customer-offline": { snapshot: { ...selling, sync: { ...selling.sync, state: "offline" } } },
  "customer-split": {
    snapshot: { ...selling, basket: { ...selling.basket, cashPartMinor: 2000, dueMinor: 4154 } },
  },
  "customer-asking": { snapshot: { ...selling, payment: shopperPayment } },
  "customer-waiting": { snapshot: { ...selling, payment: { ...shopperPayment, rail: "alipay", state: "waiting" } } },
  "customer-unknown": { snapshot: { ...selling, payment: { ...shopperPayment, state: "unknown" } } },
  "customer-not-paid": {
    snapshot: {
      ...selling,
      notice: {
        id: 1,
        tone: "blocked",
        fault: { code: "wallet.insufficient", params: {} },
        at: "2026-11-20T14:31:20.000+08:00",
      },
    },
  },
  "customer-undoing": { snapshot: { ...selling, undoing: 1 } },
  "customer-paid": { snapshot: done() },
  "customer-change": { snapshot: { ...selling, outcome: cashPaid } },
  "customer-mixed": { snapshot: done({ tender: "mixed", cashMinor: 2000, walletMinor: 4154 }) },
  "customer-refund": {
    snapshot: {
      ...selling,
      outcome: { ...cashPaid, kind: "refund", originalReceiptCode: "2-20650", changeMinor: 6150 },
    },
  },
  "customer-refund-wallet": { snapshot: refundToWallet("recorded") },
  "customer-refund-given-back": { snapshot: refundToWallet("given-back") },
  "customer-restarting": { snapshot: selling, phase: "restarting" },
  "customer-opening": { snapshot: null, phase: "connecting" },
};

/** The screens of the shopper's display in the gallery. */
export const customerScreenNames = Object.keys(screens);

/** Draws a screen of the shopper's display. */
export function CustomerGallery(props: {
  name: string;
  locale: Locale;
  words: Readonly<Record<WordKey, string>> | undefined;
}) {
  const screen = screens[props.name];
  if (screen === undefined) return null;
  const { snapshot, phase = "ready" } = screen;
  return (
    <CustomerApp
      session={fixedSession(snapshot === null ? null : inLocale(snapshot, props.locale), phase)}
      words={props.words}
    />
  );
}
