import { walletKindSchema, type Store } from "../../../sync/protocol/change.ts";
import type { RecogniseSettings } from "./recognition.ts";

/** What a shop takes, as its catalogue says; no wallet and no label of its own where it says nothing. */
export function settingsOf(store: Pick<Store, "wallets" | "embedded" | "currency">, year: number): RecogniseSettings {
  return {
    wallets: new Set(store.wallets),
    embedded: store.embedded ?? [],
    currency: store.currency,
    year,
  };
}

/** Every wallet, for somebody who asks what a code could be and has no shop to ask for. */
export function everyWallet(year: number): RecogniseSettings {
  return { wallets: new Set(walletKindSchema.options), embedded: [], currency: "CNY", year };
}
