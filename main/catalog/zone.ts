import type { Store } from "../../sync/protocol/change.ts";

/** The shop's time zone; this machine's own while the shop's is not known, or is none that this machine knows. */
export function zoneOf(store: Store | null): string {
  const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (store === null) return ownZone;
  try {
    Intl.DateTimeFormat("en", { timeZone: store.zone });
    return store.zone;
  } catch (error) {
    if (error instanceof RangeError) return ownZone;
    throw error;
  }
}
