import { useEffect } from "react";
import { listenForWedge } from "../shared/wedge-listener.ts";
import { useAct } from "./use-act.ts";
import { closePanel, useView, type Panel } from "./view.ts";

/** Panels on which a person types digits, some of them faster than a slow scanner. */
const numberPads: ReadonlySet<Panel["kind"]> = new Set(["weight", "quantity", "pin"]);

/** Takes codes from a scanner that types, wherever the focus is and on every screen. A scan closes what is open. */
export function useKioskScans(): void {
  const act = useAct();
  useEffect(
    () =>
      listenForWedge(window, {
        isTypingMeant: () => numberPads.has(useView.getState().panel?.kind ?? "access"),
        onScan(text) {
          if (useView.getState().panel !== null) closePanel();
          void act("basket.scan", { text, source: "wedge" });
        },
      }),
    [act],
  );
}
