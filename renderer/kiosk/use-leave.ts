import { useCallback, useEffect, useRef } from "react";
import type { Locale } from "../../main/contract/snapshot.ts";
import { useTillSnapshot } from "../shared/till-session.tsx";
import { useAct, useQuietAct } from "./use-act.ts";
import { forgetShopper } from "./view.ts";

/** The language that the kiosk itself is set to; it goes back to it after each shopper. */
export function homeLocale(): Locale {
  return navigator.language.startsWith("zh") ? "zh-CN" : "en";
}

/**
 * Ends the visit of a shopper: the receipt goes, or the basket is given up, and everything that was theirs is forgotten.
 * `idle` is one who walked off. A refusal leaves everything as it is, in words.
 */
export function useLeave(): (reason: "shopper" | "idle") => void {
  const act = useAct();
  const quietly = useQuietAct();
  const snapshot = useTillSnapshot();
  const newest = useRef(snapshot);
  useEffect(() => {
    newest.current = snapshot;
  }, [snapshot]);
  return useCallback(
    (reason) => {
      const { outcome, basket, locale, notice } = newest.current;
      const end = async () => {
        if (outcome !== undefined) {
          forgetShopper(outcome.saleId);
          await quietly("sale.next", { saleId: outcome.saleId });
        } else if (basket.lines.length > 0) {
          if ((await act("sale.abandon", { saleId: basket.saleId, reason })) === null) return;
        }
        if (outcome === undefined) forgetShopper(null);
        if (notice !== undefined) await quietly("notice.dismiss", { noticeId: notice.id });
        if (locale !== homeLocale()) await quietly("settings.set-locale", { locale: homeLocale() });
      };
      void end();
    },
    [act, quietly],
  );
}
