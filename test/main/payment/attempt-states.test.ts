import { expect, test } from "vitest";
import type { PaymentState } from "../../../main/ledger/payment-reads.ts";
import type { PaymentEntryType } from "../../../main/ledger/payment-transitions.ts";
import { afterEntry } from "../../../main/payment/attempt-states.ts";

/** The design's section 5 as a table, written down a second time. */
const allowed: Record<string, string> = {
  none: "created",
  created: "sent declined reversing",
  sent: "paid declined waiting unknown reversing",
  waiting: "paid declined unknown reversing",
  unknown: "paid declined waiting reversing",
  reversing: "reversed paid",
  paid: "reversing",
  declined: "",
  reversed: "",
};

const states = Object.keys(allowed) as (PaymentState | "none")[];
const moves = ["created", "sent", "waiting", "paid", "declined", "unknown", "reversing", "reversed"];

// A payment that leaves `declined` would take money that the cashier has already taken in cash.
test.each(states)("a payment that is %s goes on as the design says, and in no other way", (state) => {
  for (const move of moves) {
    const type = `payment.${move}` as PaymentEntryType;
    if (allowed[state]?.split(" ").includes(move)) expect(afterEntry(state, type)).toBe(move);
    else expect(() => afterEntry(state, type)).toThrow("cannot take");
  }
});
