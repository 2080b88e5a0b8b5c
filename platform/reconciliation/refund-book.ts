import type { OurRefund } from "./compare-bill.ts";

/** Where the refunds over rails are kept. */
export type RefundBook = {
  /** Those with these ids. */
  byIds(ids: readonly string[]): Promise<OurRefund[]>;
  /** Those that the rail has said are done, by the time when it did. */
  doneBetween(rail: string, from: Date, to: Date): Promise<OurRefund[]>;
};
