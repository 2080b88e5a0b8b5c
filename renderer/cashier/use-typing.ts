import { useEffect } from "react";
import { TillError } from "../../main/contract/errors.ts";
import { moneyPads, numberPads } from "./entries/use-entry.ts";
import { useAsk } from "./till.tsx";
import { useView } from "./view.ts";

/**
 * Tells the till that a number is half typed, because a scanner on a cable reaches the till without this page: a wallet
 * code must not pay for a sale whose apples are just being weighed.
 */
export function useTyping(): void {
  const ask = useAsk();
  const kind = useView((view) => view.panel?.kind);
  const typed = useView((view) => view.entry);
  const isNumber = kind !== undefined && numberPads.has(kind) && typed !== "";
  const money = isNumber && moneyPads.has(kind) ? "money" : "number";
  const what = isNumber ? money : "nothing";
  useEffect(() => {
    // Without a line to the till nothing can be charged through it either, and the page says that it is away.
    ask("basket.typing", { what }).catch((error: unknown) => {
      if (!(error instanceof TillError)) throw error;
    });
  }, [ask, what, typed]);
}
