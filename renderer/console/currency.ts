import type { OverviewResponse } from "../../sync/protocol/operator-api.ts";
import type { Currency } from "../../sync/protocol/money.ts";

/** An amount in one currency. */
export type Money = { readonly currency: Currency; readonly amountMinor: number };

/** Accounts added up by currency, in the order in which the currencies come; amounts of different ones are never added. */
export function sumsByCurrency(accounts: readonly { currency: Currency; balanceMinor: number }[]): readonly Money[] {
  const sums = new Map<Currency, number>();
  for (const { currency, balanceMinor } of accounts) sums.set(currency, (sums.get(currency) ?? 0) + balanceMinor);
  return [...sums].map(([currency, amountMinor]) => ({ currency, amountMinor }));
}

/** What a shop trades in: the currency of its account, else that of the platform's first. */
export function currencyOfStore(overview: OverviewResponse, storeId: string): Currency {
  const { merchants, wallets } = overview.accounts;
  return merchants.find((account) => account.storeId === storeId)?.currency ?? wallets[0]?.currency ?? "CNY";
}
