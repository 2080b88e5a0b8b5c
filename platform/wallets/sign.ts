import { sign, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import type { Sign } from "../../sync/protocol/crypto.ts";

const signInBackground = promisify(sign);

/** The protocol's `Sign` with an Ed25519 key that Node holds. */
export function signWithNode(privateKey: KeyObject): Sign {
  return async (message) => new Uint8Array(await signInBackground(null, message, privateKey));
}
