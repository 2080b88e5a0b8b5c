import type { OurRefund } from "./compare-bill.ts";

/** Where the refunds over rails are kept. */
export type RefundBook = {
  /** Those with these ids. */
  byIds(ids: readonly string[]): Promise<OurRefund[]>;
  /** Those that the rail has said are done, by the time when it did. */
  doneBetween(rail: string, from: Date, to: Date): Promise<OurRefund[]>;
};

/** The book of a platform that refunds nothing over rails: a refund in a bill was made by somebody else. */
export const noRefunds: RefundBook = {
  byIds: () => Promise.resolve([]),
  doneBetween: () => Promise.resolve([]),
};
