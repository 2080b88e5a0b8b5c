import type { ErrorCatalogue } from "./error-words.ts";

/** What shop owners read in English about payments that go on beside the sale in front of the cashier. */
export const asideErrorsInEnglish = {
  "payment.set-aside": {
    happened: "The till was started again while a payment was under way.",
    safe: "Its sale is set aside, and payment {number} is being asked about.",
    todo: "Go on selling. Keep the goods until the answer is here.",
  },
  "payment.aside-paid": {
    happened: "Payment {number} has arrived: the sale that was set aside is paid.",
    safe: "It is stored as receipt {receiptCode}.",
    todo: "Hand over its goods and its receipt.",
  },
  "payment.aside-paid-cash": {
    happened: "Payment {number} has arrived: the wallet’s part of the sale that was set aside is paid.",
    safe: "It is stored as receipt {receiptCode}. The drawer is open for its part in cash.",
    todo: "Take {amount} in cash, then hand over the goods.",
  },
  "payment.aside-undone": {
    happened: "Payment {number} of the sale that was set aside had no answer and is being undone.",
    safe: "If it has paid after all, the money goes back by itself. The goods are still set aside.",
    todo: "Keep the goods. Take the sale up again for another way to pay.",
  },
  "payment.undo-refused": {
    happened: "The platform refuses to undo payment {number} ({reason}).",
    safe: "It is stored, and asked for again. Other sales go on.",
    todo: "Tell your operator the number. The shopper may be owed this money.",
  },
  "payment.aside-not-paid": {
    happened: "Payment {number} of the sale that was set aside was not paid.",
    safe: "Nothing is charged. The goods are still set aside.",
    todo: "Take the sale up again for another way to pay.",
  },
  "payment.money-back": {
    happened: "Payment {number} had been taken before it was undone.",
    safe: "{amount} went back to the shopper.",
    todo: "Tell the shopper that it is back in the wallet.",
  },
  "park.payment-open": {
    happened: "The payment of this sale is still under way.",
    safe: "The sale is set aside and is settled by itself when it is paid.",
    todo: "Wait for the answer, or undo the payment first.",
  },
} satisfies Partial<ErrorCatalogue>;
