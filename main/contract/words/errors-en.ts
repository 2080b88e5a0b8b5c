import type { ErrorCatalogue } from "./error-words.ts";
import { asideErrorsInEnglish } from "./errors-en-aside.ts";
import { ledgerErrorsInEnglish } from "./errors-en-ledger.ts";
import { outsideErrorsInEnglish } from "./errors-en-outside.ts";
import { scanErrorsInEnglish } from "./errors-en-scan.ts";

/** What shop owners read in English about every error, in the order of `errors.ts`. */
export const errorsInEnglish: ErrorCatalogue = {
  ...outsideErrorsInEnglish,
  ...scanErrorsInEnglish,
  ...asideErrorsInEnglish,
  ...ledgerErrorsInEnglish,
  "folder.not-writable": {
    happened: "The till cannot write to its data folder {folder}.",
    safe: "Nothing was changed in it.",
    todo: "Give this user the right to write there, or start the till with another folder.",
  },
  "folder.in-use": {
    happened: "Another till is running on the data folder {folder}.",
    safe: "That till goes on; its sales are not touched.",
    todo: "Use the till that is open, or close it before starting this one.",
  },
  "port.taken": {
    happened: "Port {port} is in use by another program.",
    safe: "No sale is affected.",
    todo: "Close the other program, or start the till with another port.",
  },
  "catalog.empty": {
    happened: "This till has no goods yet.",
    safe: "Nothing is lost. Goods come from the platform.",
    todo: "Check the network and wait until the goods have arrived.",
  },
  "till.not-enrolled": {
    happened: "This till does not belong to a shop yet.",
    safe: "Nothing has been sold on it.",
    todo: "Enrol it with the code from your operator.",
  },
  "till.needs-platform": {
    happened: "The platform has to be reached for this.",
    safe: "Sales stored on this till stay stored.",
    todo: "Check the network and try again.",
  },
  "wire.closed": {
    happened: "This window lost the till before the answer came.",
    safe: "What the till had stored stays stored.",
    todo: "Wait until the till is back and look at the basket before touching again.",
  },
  "wire.timeout": {
    happened: "The till has not answered yet.",
    safe: "Nothing counts twice: the same touch keeps the same number.",
    todo: "Look at the basket, then touch again.",
  },
  "wire.invalid-message": {
    happened: "This window and the till are of different versions.",
    safe: "The till goes on and nothing was changed.",
    todo: "Load this window again.",
  },
  "wire.unknown-method": {
    happened: "The till does not know this step.",
    safe: "Nothing was changed.",
    todo: "Load this window again.",
  },
  "wire.not-allowed": {
    happened: "This window may not do that.",
    safe: "Nothing was changed.",
    todo: "Do it in the window it belongs to.",
  },
  "wire.other-contract": {
    happened: "The till has been started anew and has another page now.",
    safe: "What the till had stored stays stored.",
    todo: "Load this window again.",
  },
  "session.invalid": {
    happened: "This window is not signed in to the till.",
    safe: "The basket stays on the till.",
    todo: "Open the window again from the till’s address.",
  },
  "session.busy": {
    happened: "The till is still working on what was touched before.",
    safe: "What was touched before goes on.",
    todo: "Wait a moment and touch again.",
  },
  "scan.unknown-code": {
    happened: "No goods have the code {text}.",
    safe: "The basket is unchanged.",
    todo: "Search by name, or set the item aside.",
  },
  "scan.unreadable": {
    happened: "The scanned code could not be read.",
    safe: "The basket is unchanged.",
    todo: "Scan it again, or search by name.",
  },
  "scan.bad-check-digit": {
    happened: "The code {text} has a wrong digit.",
    safe: "The basket is unchanged.",
    todo: "Scan it again, or type the digits once more.",
  },
  "scan.while-typing": {
    happened: "A code was scanned while a number was being typed.",
    safe: "Nothing was charged or added. The sale is still open.",
    todo: "Finish the number or close its keys, then scan the code again.",
  },
  "basket.empty": {
    happened: "There is nothing in the basket.",
    safe: "Nothing was paid.",
    todo: "Scan goods first.",
  },
  "basket.full": {
    happened: "The basket has as many lines as one sale can hold.",
    safe: "Everything in it stays.",
    todo: "Take payment for this sale, then start another.",
  },
  "basket.frozen": {
    happened: "A payment for this basket is open, so it cannot change.",
    safe: "Basket and payment are stored on this till.",
    todo: "Settle or undo the payment first.",
  },
  "basket.line-unknown": {
    happened: "That line is no longer in the basket.",
    safe: "The other lines are unchanged.",
    todo: "Look at the basket and touch the line that is meant.",
  },
  "basket.item-unknown": {
    happened: "These goods are no longer sold here.",
    safe: "The basket is unchanged.",
    todo: "Search again; the goods have just been updated.",
  },
  "basket.weight-needed": {
    happened: "These goods are sold by weight.",
    safe: "The basket is unchanged.",
    todo: "Weigh them and type the weight.",
  },
  "basket.quantity-out-of-range": {
    happened: "That many cannot be on one line.",
    safe: "The line keeps the quantity it had.",
    todo: "Type a quantity between 1 and 9999.",
  },
  "basket.total-too-large": {
    happened: "The total would be larger than the till can count.",
    safe: "The basket is unchanged.",
    todo: "Take payment for this sale, then start another.",
  },
  "tender.too-little": {
    happened: "The cash is less than the total.",
    safe: "Nothing was stored. The sale is still open.",
    todo: "Take the whole amount, or choose another way to pay.",
  },
  "tender.too-much": {
    happened: "The cash is far more than the total.",
    safe: "Nothing was stored. The sale is still open.",
    todo: "Type the amount once more.",
  },
  "sale.not-open": {
    happened: "This sale is no longer open.",
    safe: "What was stored of it stays stored and counts once.",
    todo: "Look at the last receipt, then go on with the next sale.",
  },
  "wallet.needs-network": {
    happened: "Wallet codes need the network, and there is none.",
    safe: "Nothing was charged. The sale is still open.",
    todo: "Take cash, or wait until the network is back.",
  },
  "wallet.no-sale": {
    happened: "A wallet code was scanned with nothing to pay.",
    safe: "Nothing was charged.",
    todo: "Scan the goods first, then the wallet code.",
  },
  "payment.open": {
    happened: "A payment for this sale is already under way.",
    safe: "The shopper is charged at most once.",
    todo: "Wait for its answer, or undo it before taking another.",
  },
  "payment.not-open": {
    happened: "That payment is already settled.",
    safe: "Its result is stored and does not change.",
    todo: "Look at the last receipt.",
  },
  "payment.final": {
    happened: "Payment {number} had ended before, declined or undone.",
    safe: "It stays as it ended, and nothing else was stored.",
    todo: "Start a new payment. If the wallet shows this one as paid, tell the manager its number.",
  },
  "payment.undone-late": {
    happened: "The wallet gave no answer in time, so the payment was undone.",
    safe: "If it has paid after all, the money goes back by itself.",
    todo: "Tell the shopper, and take another payment.",
  },
  "receipt.not-found": {
    happened: "There is no stored sale for this receipt.",
    safe: "Nothing was printed.",
    todo: "Check the receipt number.",
  },
  "receipt.scanned": {
    happened: "This is the receipt of a sale of this till.",
    safe: "The basket is as it was.",
    todo: "Look at the sale, then refund it or print a copy.",
  },
  "receipt.other-till": {
    happened: "This receipt is of another till.",
    safe: "The basket is as it was, and no money was paid out.",
    todo: "Take the goods back at the till that sold them.",
  },
  "receipt.at-counter": {
    happened: "Goods are not taken back here.",
    safe: "The basket is as it was.",
    todo: "Take goods and receipt to the counter.",
  },
  "printer.not-set-up": {
    happened: "No printer is set up for this till.",
    safe: "The receipt is stored.",
    todo: "Set a printer up, then print a copy.",
  },
  "basket.price-needed": {
    happened: "This good has no price of its own.",
    safe: "The basket is as it was.",
    todo: "Touch its tile and type the price.",
  },
  "basket.discount-too-large": {
    happened: "The discount is larger than the goods are worth.",
    safe: "It was not taken off: the goods have their full price.",
    todo: "Type a smaller discount.",
  },
  "basket.line-discounted": {
    happened: "This line already has a discount.",
    safe: "The prices are as they were.",
    todo: "Take the discount off first.",
  },
  "basket.age-unchecked": {
    happened: "Something in the basket is sold from {years} years on, and nobody has checked the age.",
    safe: "Nothing was charged. The basket is as it was.",
    todo: "Check the age, or take these goods out, then take the payment.",
  },
  "basket.no-age-limited": {
    happened: "Nothing in the basket asks for an age.",
    safe: "The basket is as it was.",
    todo: "Go on with the sale.",
  },
  "staff.pin-wrong": {
    happened: "That PIN belongs to nobody of this shop.",
    safe: "Nothing was changed.",
    todo: "Type your own PIN once more.",
  },
  "staff.pin-wait": {
    happened: "Too many wrong PINs.",
    safe: "Nothing was changed.",
    todo: "Wait {seconds} seconds, then type your own PIN.",
  },
  "park.full": {
    happened: "{most} sales are set aside already.",
    safe: "The basket is as it was.",
    todo: "Take one of them up and finish it first.",
  },
  "park.basket-open": {
    happened: "There are goods in the basket.",
    safe: "Both sales are as they were.",
    todo: "Finish this sale or set it aside, then take the other one up.",
  },
  "park.not-found": {
    happened: "That sale is no longer set aside.",
    safe: "What was stored stays stored.",
    todo: "Look at the basket and at the receipts: it was taken up already.",
  },
  "tender.part-not-cash": {
    happened: "Cash cannot pay exactly this part.",
    safe: "Nothing was stored. The sale is still open.",
    todo: "Type a part that coins can make, in steps of {step}.",
  },
  "tender.part-too-large": {
    happened: "The part in cash is not smaller than the total.",
    safe: "Nothing was stored. The sale is still open.",
    todo: "Type a smaller part, or take all of it in cash.",
  },
  "tender.part-open": {
    happened: "A part of this sale is to be paid in cash.",
    safe: "Nothing was charged. The sale is still open.",
    todo: "Scan the wallet for the rest, or take the part in cash back.",
  },
  "refund.not-a-sale": {
    happened: "This receipt is of a refund, not of a sale.",
    safe: "No money was paid out.",
    todo: "Look for the receipt of the sale.",
  },
  "refund.nothing-left": {
    happened: "Everything of this sale has been given back already.",
    safe: "No money was paid out.",
    todo: "Look at its refunds under Receipts.",
  },
  "refund.above-remaining": {
    happened: "That is more than is left of this sale to give back.",
    safe: "No money was paid out.",
    todo: "Look at what is left, then choose again.",
  },
  "refund.id-used": {
    happened: "This refund was stored already, with other goods or another amount.",
    safe: "It stands as it was stored, and no money was paid out now.",
    todo: "Open the sale again under Receipts and see what is left.",
  },
  "refund.too-many": {
    happened: "This sale has been given back in too many parts.",
    safe: "No money was paid out.",
    todo: "Ask the manager to settle the rest with the shopper.",
  },
  "till.unsent": {
    happened: "Sales that have not arrived at the platform: {count}, worth {sum}.",
    safe: "They are stored on this till, and nothing was changed.",
    todo: "Connect the network and wait until all have arrived, then try again.",
  },
  "till.busy": {
    happened: "A sale or a payment is under way on this till.",
    safe: "Nothing was changed.",
    todo: "Finish it first, then try again.",
  },
  "till.not-running": {
    happened: "No till is running on {folder}.",
    safe: "Nothing was changed.",
    todo: "Start it, then ask again.",
  },
  "till.recovering": {
    happened: "The till on {folder} waits until its ledger is in order, and sells nothing meanwhile.",
    safe: "What is on its disk is kept.",
    todo: "See in the till's window what it waits for, then ask again.",
  },
  "till.signed-out": {
    happened: "This till has left its shop.",
    safe: "Everything that it sold has arrived at the platform.",
    todo: "Enrol it again with a code from the operator.",
  },
  "entry.not-found": {
    happened: "There is no such entry in the ledger.",
    safe: "Nothing was changed.",
    todo: "Load the page again.",
  },
  "entry.unread": {
    happened: "This entry cannot be read by this version of the till.",
    safe: "It stands in the ledger as it was written and is sent like any other.",
    todo: "Update the till. If it stays unread, check the ledger.",
  },
  "report.not-found": {
    happened: "There is no Z report with this number in the ledger of this till.",
    safe: "Nothing was changed.",
    todo: "Look in the list of Z reports. Older ones may stand in an earlier ledger of this till.",
  },
  "shift.not-open": {
    happened: "This shift was already closed with another count.",
    safe: "Its report and the cash that was counted then stay as they are.",
    todo: "Look at its Z report, then count again for the shift that is open now.",
  },
  "purse.too-little": {
    happened: "That much money is not there.",
    safe: "Everything lies where it lay.",
    todo: "Take a smaller amount.",
  },
  "drawer.shut": {
    happened: "The drawer is shut.",
    safe: "Everything lies where it lay.",
    todo: "Take a sale in cash: the till opens the drawer.",
  },
  "command.invalid": {
    happened: "The command was not understood: {detail}.",
    safe: "Nothing was changed.",
    todo: "Read the README, or type npm run -s till -- help.",
  },
  internal: {
    happened: "Something went wrong that the till has no words for.",
    safe: "Everything stored stays stored.",
    todo: "Try once more. If it stays, call your operator; the log on this till has the details.",
  },
};
