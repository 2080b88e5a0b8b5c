import { TillError } from "../contract/errors.ts";
import type { Snapshot } from "../contract/snapshot.ts";

/** Who stands before the till: a cashier, or at a kiosk the shopper. */
export type TillMode = Snapshot["till"]["mode"];

/** The mode as typed; without one it is a till. @throws TillError `command.invalid`. */
export function readMode(text: string | undefined): TillMode {
  if (text === undefined || text === "till") return "till";
  if (text === "kiosk") return text;
  throw new TillError("command.invalid", { detail: `--mode ${text}` });
}
