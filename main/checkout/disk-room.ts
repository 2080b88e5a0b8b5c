import { TillError } from "../contract/errors.ts";
import type { Ledger } from "../ledger/open.ts";

/**
 * On a full disk nothing new is begun; what was begun is brought to its end in the room that is kept back.
 * @throws TillError `ledger.disk-full`.
 */
export function assertDiskRoom(ledger: Pick<Ledger, "disk">): void {
  if (ledger.disk().state === "full") throw new TillError("ledger.disk-full");
}
