import type { ErrorCatalogue } from "./error-words.ts";

/** What shop owners read in English about codes that were read and are not goods to be sold. */
export const scanErrorsInEnglish = {
  "scan.expired": {
    happened: "These goods expired on {expiry}.",
    safe: "They are not in the basket.",
    todo: "Keep them back and fetch others from the shelf.",
  },
  "scan.label-mismatch": {
    happened: "The label gives a weight or a price that these goods are not sold by.",
    safe: "The basket is unchanged.",
    todo: "Weigh them again, or search by name and set the price.",
  },
  "scan.no-goods": {
    happened: "This label is of a load or a carton and names no goods.",
    safe: "The basket is unchanged.",
    todo: "Scan the code on the goods themselves.",
  },
  "scan.label-invalid": {
    happened: "The data in this code is against the rules of its standard.",
    safe: "The basket is unchanged.",
    todo: "Scan it again, or scan the other barcode on the goods.",
  },
  "scan.damaged-code": {
    happened: "This code was not read whole, or was changed.",
    safe: "Nothing was charged and the basket is unchanged.",
    todo: "Scan it again. If it stays, ask for a new one.",
  },
  "scan.merchant-code": {
    happened: "This code is one to pay somebody by: it belongs to a payee and pays nobody here.",
    safe: "Nothing was charged. The sale is still open.",
    todo: "Ask the shopper to open the payment code of the wallet.",
  },
  "scan.bill": {
    happened: "This is a bill for a bank’s app. A till cannot be paid by it.",
    safe: "Nothing was charged. The sale is still open.",
    todo: "Ask for another way to pay.",
  },
  "scan.bank-slip": {
    happened: "This is the receipt of a bank transfer. Anybody can draw one, so it proves nothing.",
    safe: "Nothing counts as paid. The sale is still open.",
    todo: "Look for the money in the shop’s own account, or ask for another way to pay.",
  },
  "scan.payment-request": {
    happened: "This is a till’s own request for a payment. It is for the shopper’s phone.",
    safe: "Nothing was charged.",
    todo: "Let the shopper scan it with the wallet.",
  },
  "scan.payment-proof": {
    happened: "This proof of a payment belongs to no request that is open here.",
    safe: "Nothing counts as paid. The sale is still open.",
    todo: "Ask the shopper for the proof of this sale, or for another way to pay.",
  },
  "scan.exit-code": {
    happened: "This is a code for the way out. It is read at the gate.",
    safe: "The basket is unchanged.",
    todo: "Show it at the gate.",
  },
  "scan.basket-code": {
    happened: "This is a basket that was scanned on a phone. This till cannot take it over.",
    safe: "The basket is unchanged.",
    todo: "Scan the goods one by one.",
  },
  "scan.coupon": {
    happened: "This is a coupon. This till has no rule for it.",
    safe: "The basket is unchanged and nothing was taken off.",
    todo: "Give it back, or ask a manager for a discount.",
  },
  "scan.badge": {
    happened: "This is a staff badge. Nothing waits for one now.",
    safe: "Nothing was changed.",
    todo: "Keep it away from the scanner until it is asked for.",
  },
  "scan.wallet-not-taken": {
    happened: "This looks like the payment code of a wallet that this shop does not take.",
    safe: "Nothing was charged. The sale is still open.",
    todo: "Ask for another way to pay.",
  },
  "scan.link": {
    happened: "This code is a link and names no goods.",
    safe: "It was not opened, and the basket is unchanged.",
    todo: "Scan the barcode of the goods, or search by name.",
  },
  "scan.binary": {
    happened: "This code holds data that is no text, such as a ticket for a bus.",
    safe: "The basket is unchanged and nothing was charged.",
    todo: "Ask the shopper for another code.",
  },
} satisfies Partial<ErrorCatalogue>;
