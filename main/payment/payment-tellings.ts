import type { EntryBody } from "../../sync/protocol/entry-types.ts";
import { TillError, type TillErrorCode } from "../contract/errors.ts";
import { moneyText } from "../money-text.ts";
import type { AttemptPlace, CodePaymentsOptions } from "./code-payments.ts";
import { shownNumber } from "./shown-number.ts";

/** What the cashier is told with. */
export type TellingParts = {
  tell(error: TillError): void;
  /** What the platform and the till do not agree on stays to be read once the telling is gone. */
  log(error: TillError): void;
  /** A sale as the journal has it. */
  settled(saleId: string): { kind: "sale"; body: EntryBody<"sale.settled"> } | { kind: "refund" } | null;
};

/** What the cashier hears of payments that end, in the words of what is true then. */
export function paymentTellings({
  tell,
  log,
  settled,
}: TellingParts): Pick<CodePaymentsOptions, "refused" | "paidAside" | "undoRefused" | "returned"> {
  return {
    refused: (code, { number }, place) => tell(new TillError(toldAs(code, place), { number: shownNumber(number) })),
    paidAside({ number, saleId, currency }) {
      const sale = settled(saleId);
      if (sale?.kind !== "sale") return;
      const { receiptCode, tenders } = sale.body;
      const params = { number: shownNumber(number), receiptCode };
      const cash = tenders.find((tender) => tender.kind === "cash");
      // Until now a part in cash was only noted: the cashier is asked for it.
      if (cash === undefined) tell(new TillError("payment.aside-paid", params));
      else {
        const amount = moneyText(cash.amountMinor, currency);
        tell(new TillError("payment.aside-paid-cash", { ...params, amount }));
      }
    },
    undoRefused({ number }, code) {
      const error = new TillError("payment.undo-refused", { number: shownNumber(number), reason: code });
      log(error);
      tell(error);
    },
    returned: ({ number, amountMinor, currency }) => {
      const amount = moneyText(amountMinor, currency);
      tell(new TillError("payment.money-back", { number: shownNumber(number), amount }));
    },
  };
}

/** A sale that was set aside is named as that, because another one is in front of the cashier. */
function toldAs(code: TillErrorCode, place: AttemptPlace): TillErrorCode {
  if (place !== "aside" || code === "payment.set-aside") return code;
  // Of one that was undone nobody knows yet whether it had been taken.
  return code === "payment.undone-late" ? "payment.aside-undone" : "payment.aside-not-paid";
}
