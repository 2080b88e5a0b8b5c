import { copyForTool } from "../ledger/tool-copies.ts";
import { closeShift } from "../shift/shift.ts";
import type { HandlerGroup, HandlerParts } from "./parts.ts";

type HouseMethod = "notice.dismiss" | "settings.set-locale" | "shift.close" | "ledger.copy";

/** Notices, settings, the shift, and the copy for tools. */
export function houseHandlers(parts: HandlerParts): HandlerGroup<HouseMethod> {
  const { notices } = parts;
  return {
    "notice.dismiss": ({ noticeId }) => {
      notices.dismiss(noticeId);
      return {};
    },
    "settings.set-locale": ({ locale }) => {
      parts.setLocale(locale);
      return {};
    },
    "shift.close": async ({ countedMinor, shift: named }) => {
      await parts.shiftParts().figures?.catchUp();
      // From here to the commit nothing can come in between: the cut is where the journal ends now.
      const report = closeShift(parts.shiftParts(), countedMinor, named);
      parts.wakeSync();
      const { shift, sales, salesMinor, expectedCashMinor, differenceMinor, perpetual } = report;
      const number = perpetual === undefined ? {} : { number: perpetual.zNumber };
      return { shift, ...number, sales, salesMinor, expectedCashMinor, differenceMinor };
    },
    "ledger.copy": () => copyForTool(parts.ledger, parts.folder),
  };
}
