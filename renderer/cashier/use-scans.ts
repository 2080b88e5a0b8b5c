import { useEffect } from "react";
import { listenForWedge } from "../shared/wedge-listener.ts";
import { useAct } from "./till.tsx";
import { closePanel, setView, useView, type Panel } from "./view.ts";

/** Panels on which a person types digits, some of them faster than a slow scanner. */
const numberPads: ReadonlySet<Panel["kind"]> = new Set(["weight", "cash", "quantity"]);

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
          if (panel?.kind === "cash") {
            setView({ entry: "", message: { kind: "scan-refused" } });
            return;
          }
          if (panel !== null) closePanel();
          void act("basket.scan", { text, source: "wedge" });
        },
      }),
    [act],
  );
}
