import type { Outcome } from "../../main/contract/snapshot.ts";
import { walletNames } from "../shared/wallet-names.ts";
import { useFormats, useWords } from "../shared/words/intl.tsx";

/** A row of what was paid with what. */
export type PaidLine = {
  readonly key: "rounding" | "cash" | "wallet" | "left";
  readonly label: string;
  readonly amount: string;
};

/** With what a sale was paid, or a refund paid out, so that total, rounding, money and change add up. */
export function usePaidRows(outcome: Outcome): PaidLine[] {
  const words = useWords();
  const { column } = useFormats();
  const { kind, tender, totalMinor, roundingMinor = 0, changeMinor = 0 } = outcome;
  const wallet = words(outcome.rail === undefined ? "paid.tender-wallet" : walletNames[outcome.rail]);
  const rounding: PaidLine[] =
    roundingMinor === 0 ? [] : [{ key: "rounding", label: words("paid.rounding"), amount: column(roundingMinor) }];
  if (kind === "refund") {
    const wallet: PaidLine[] =
      tender === "cash"
        ? []
        : [{ key: "wallet", label: words("refund.wallet"), amount: column(outcome.walletMinor ?? 0) }];
    const cash: PaidLine[] =
      tender === "wallet"
        ? []
        : [...rounding, { key: "cash", label: words("refund.paid-out"), amount: column(changeMinor) }];
    return [...wallet, ...cash];
  }
  if (tender === "mixed") {
    return [
      ...rounding,
      { key: "cash", label: words("paid.tender-cash"), amount: column(outcome.cashMinor ?? 0) },
      { key: "wallet", label: wallet, amount: column(outcome.walletMinor ?? 0) },
    ];
  }
  if (tender === "wallet") {
    return [
      { key: "wallet", label: wallet, amount: column(totalMinor) },
      { key: "left", label: words("paid.left"), amount: column(0) },
    ];
  }
  return [
    ...rounding,
    {
      key: "cash",
      label: words("paid.tender-cash"),
      amount: column(outcome.tenderedMinor ?? totalMinor + roundingMinor),
    },
    { key: "left", label: words("paid.change"), amount: column(changeMinor) },
  ];
}
