/**
 * How a rail's emulator may answer the next payment, after the rails' own documents:
 *
 * - `at-once`: paid.
 * - `password`: the shopper is asked for a password, and confirms or refuses on the phone.
 * - `password-by-itself`: the shopper types, and has paid at the third question.
 * - `timeout-charged`, `timeout-not-charged`: no reply at all.
 * - `system-error-charged`, `system-error-not-charged`: the rail's own word for "ask me again".
 * - `lost-reply`: paid, and the line is cut before the answer.
 * - `bad-signature`: paid, and the answer is signed by somebody else.
 * - `reversed-while-typing`: the shopper confirms at the moment when the reversal comes.
 * - the rest: declined.
 */
export const railBehaviours = [
  "at-once",
  "password",
  "password-by-itself",
  "timeout-charged",
  "timeout-not-charged",
  "system-error-charged",
  "system-error-not-charged",
  "lost-reply",
  "bad-signature",
  "reversed-while-typing",
  "insufficient",
  "above-limit",
  "code-expired",
  "code-used",
  "declined",
] as const;

/** How a rail's emulator answers the next payment. */
export type RailBehaviour = (typeof railBehaviours)[number];

/** The calls of a rail, as far as an emulator can fail them. */
export type RailStep = "pay" | "query" | "reverse" | "refund" | "query-refund" | "bill";

/** How one call goes wrong. `effect` says whether it does what it was asked for before. */
export type RailFault = {
  step: RailStep;
  kind: "timeout" | "system-error" | "lost-reply" | "bad-signature" | "unsigned";
  effect: boolean;
};

/** The fault that a behaviour is, or null where the call itself goes well. */
export function faultOf(behaviour: RailBehaviour): RailFault | null {
  switch (behaviour) {
    case "timeout-charged":
    case "timeout-not-charged":
      return { step: "pay", kind: "timeout", effect: behaviour === "timeout-charged" };
    case "system-error-charged":
    case "system-error-not-charged":
      return { step: "pay", kind: "system-error", effect: behaviour === "system-error-charged" };
    case "lost-reply":
    case "bad-signature":
      return { step: "pay", kind: behaviour, effect: true };
    default:
      return null;
  }
}
