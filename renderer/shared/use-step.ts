import { useEffect, useRef } from "react";
import type { Act } from "./till-act.ts";

const mostPieces = 9999;

/**
 * Changes how many by one, as often as it is asked: a touch that comes before the till has answered the last one counts
 * from what was asked for, not from what is still in view.
 */
export function useStep(act: Act, lineId: string, quantity: number | undefined): (step: 1 | -1) => void {
  const asked = useRef<number | null>(null);
  const open = useRef(0);
  useEffect(() => {
    if (open.current === 0 || quantity === asked.current) asked.current = null;
  }, [quantity]);
  return (step) => {
    const next = Math.min(mostPieces, Math.max(1, (asked.current ?? quantity ?? 1) + step));
    asked.current = next;
    open.current += 1;
    void act("basket.set-quantity", { lineId, quantity: next }).then((done) => {
      open.current -= 1;
      if (done === null) asked.current = null;
    });
  };
}
