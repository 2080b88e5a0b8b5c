import type { Posting } from "../../sync/protocol/entry.ts";
import type { Rail } from "../../sync/protocol/entry-types.ts";
import { walletAccounts } from "../../sync/protocol/tender-types.ts";
import type { Currency } from "../../sync/protocol/money.ts";

/**
 * The legs of a paid wallet payment. What the wallet has paid waits in `suspense` until the sale is settled with it; what
 * the platform keeps of it (`commissionMinor`, at most the amount) is a cost of its own, so that the rail's account is what
 * the platform owes the shop.
 */
export function paidPostings(paid: {
  rail: Rail;
  amountMinor: number;
  currency: Currency;
  commissionMinor: number;
}): Posting[] {
  const { rail, amountMinor, currency, commissionMinor } = paid;
  return [
    { account: walletAccounts[rail], amountMinor: amountMinor - commissionMinor, currency },
    ...(commissionMinor === 0 ? [] : [{ account: "fee:wallet", amountMinor: commissionMinor, currency }]),
    { account: "suspense", amountMinor: -amountMinor, currency },
  ];
}

/** The legs that take back exactly what these have booked; none where nothing was. */
export function mirroredPostings(booked: readonly Posting[]): Posting[] {
  return booked.map((leg) => ({ ...leg, amountMinor: leg.amountMinor === 0 ? 0 : -leg.amountMinor }));
}
