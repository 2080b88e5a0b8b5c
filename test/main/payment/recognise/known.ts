import type { Recognition, RecogniseSettings, ScannedCode } from "../../../../main/payment/recognise/recognition.ts";
import { recognise } from "../../../../main/payment/recognise/recognise.ts";
import { everyWallet } from "../../../../main/payment/recognise/settings.ts";

/** What a code is for a shop that takes everything, in 2026; `changes` is what that shop has otherwise. */
export function found(code: string | ScannedCode, changes: Partial<RecogniseSettings> = {}): Recognition {
  return recognise(typeof code === "string" ? { text: code } : code, { ...everyWallet(2026), ...changes });
}
