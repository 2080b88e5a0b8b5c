import { useEffect } from "react";
import { listenForWedge } from "../shared/wedge-listener.ts";
import { useAct } from "./till.tsx";
import { moneyPads, numberPads } from "./entries/use-entry.ts";
import { closePanel, setView, useView } from "./view.ts";

/**
 * Takes codes from a scanner that types, wherever the focus is. A scan ends the typing of a weight or a quantity; while
 * an amount of money is typed it is refused in words, so that no code is ever taken for money.
 */
export function useScans(): void {
  const act = useAct();
  useEffect(
    () =>
      listenForWedge(window, {
        isTypingMeant: () => numberPads.has(useView.getState().panel?.kind ?? "help"),
        onScan(text) {
          const { panel } = useView.getState();
          if (panel !== null && moneyPads.has(panel.kind)) {
            setView({ entry: "", message: { kind: "scan-refused" } });
            return;
          }
          // A receipt that is read while the receipts are in view opens in their place.
          if (panel !== null && panel.kind !== "receipts") closePanel();
          void act("basket.scan", { text, source: "wedge" });
        },
      }),
    [act],
  );
}
