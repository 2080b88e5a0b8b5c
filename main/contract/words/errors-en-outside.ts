import type { ErrorCatalogue } from "./error-words.ts";

/** What shop owners read in English about devices, the platform and wallets. */
export const outsideErrorsInEnglish = {
  "device.port-missing": {
    happened: "Nothing is plugged in at {path}.",
    safe: "Selling goes on with the other devices.",
    todo: "Plug the device in, or choose the right port.",
  },
  "device.port-busy": {
    happened: "Another program holds {path}.",
    safe: "Selling goes on with the other devices.",
    todo: "Close the other program. The till connects by itself.",
  },
  "device.port-denied": {
    happened: "This user may not open {path}.",
    safe: "Selling goes on with the other devices.",
    todo: "Add the user to the group for serial ports (dialout on Debian) and sign in again.",
  },
  "device.open-failed": {
    happened: "The device at {path} does not open.",
    safe: "Selling goes on with the other devices.",
    todo: "Unplug it, wait a moment, plug it in again.",
  },
  "device.unreachable": {
    happened: "No device answers at {host}.",
    safe: "Selling goes on with the other devices.",
    todo: "Check that it is on and in the same network.",
  },
  "device.connection-lost": {
    happened: "The connection to a device has ended.",
    safe: "Selling goes on. The till connects again by itself.",
    todo: "Check its cable and power.",
  },
  "device.closed": {
    happened: "The device is not connected.",
    safe: "Nothing was sent to it.",
    todo: "Check its cable and power.",
  },
  "device.write-timeout": {
    happened: "The device did not take everything that was sent.",
    safe: "The sale is stored.",
    todo: "Check the device, and look at what came out before printing again.",
  },
  "device.write-failed": {
    happened: "Sending to the device broke off.",
    safe: "The sale is stored.",
    todo: "Check the cable, and look at what came out before printing again.",
  },
  "device.list-limited": {
    happened: "The system does not tell which ports it has.",
    safe: "Devices that are set up by name work.",
    todo: "Type the port’s name in the settings.",
  },
  "device.hid-unavailable": {
    happened: "USB scanners in HID mode cannot be used on this machine yet.",
    safe: "Serial and keyboard scanners work.",
    todo: "Install the packages {packages}, then start the till again.",
  },
  "scanner.unplugged": {
    happened: "The scanner is not plugged in.",
    safe: "The basket is unchanged. Goods can be touched or searched.",
    todo: "Plug the scanner in; it works again at once.",
  },
  "scanner.frame-too-long": {
    happened: "The scanner sent more than any code can hold.",
    safe: "The basket is unchanged.",
    todo: "Check its cable and its speed setting, then scan again.",
  },
  "scanner.half-frame": {
    happened: "The scanner sent half a code.",
    safe: "The basket is unchanged.",
    todo: "Scan again. If it stays, set the scanner to end each code with Enter.",
  },
  "printer.unreachable": {
    happened: "The printer does not answer.",
    safe: "The receipt is stored.",
    todo: "Check its power and cable, then print a copy.",
  },
  "printer.out-of-paper": {
    happened: "Printer has no paper.",
    safe: "Receipt kept.",
    todo: "Print again after loading.",
  },
  "printer.near-end": {
    happened: "The paper is nearly at its end.",
    safe: "Receipts still come out.",
    todo: "Have a new roll ready.",
  },
  "printer.cover-open": {
    happened: "The printer’s cover is open.",
    safe: "Receipt kept.",
    todo: "Close the cover, then print again.",
  },
  "printer.cutter-jammed": {
    happened: "The printer’s cutter is stuck.",
    safe: "Receipt kept.",
    todo: "Open the cover, free the paper, close it, then print again.",
  },
  "printer.faulty": {
    happened: "The printer reports a fault.",
    safe: "Receipt kept.",
    todo: "Switch the printer off and on. If it stays, have it repaired.",
  },
  "printer.offline": {
    happened: "The printer is not ready and does not say why.",
    safe: "Receipt kept.",
    todo: "Check paper, cover and its button, then print again.",
  },
  "printer.no-answer": {
    happened: "The printer did not say whether the receipt came out.",
    safe: "The sale is stored. No second copy is printed by itself.",
    todo: "Look at the paper. Print a copy if nothing came out.",
  },
  "printer.queue-full": {
    happened: "More receipts are waiting than the printer can take.",
    safe: "All of them are stored.",
    todo: "Get the printer ready first, then print the copies that are needed.",
  },
  "printer.document-refused": {
    happened: "This receipt cannot be printed as it is.",
    safe: "The sale is stored and nothing was sent to the printer.",
    todo: "Go on selling, and tell your operator.",
  },
  "printer.stopped": {
    happened: "The till was stopped before the receipt was printed.",
    safe: "Receipt kept.",
    todo: "Print a copy if the shopper wants one.",
  },
  "drawer.not-connected": {
    happened: "The cash drawer did not open.",
    safe: "The sale is stored.",
    todo: "Open it with its key, and check the printer it hangs on.",
  },
  "platform.not-reached": {
    happened: "The platform cannot be reached.",
    safe: "Sales are stored here and go out when the network is back.",
    todo: "Go on selling for cash.",
  },
  "platform.no-answer": {
    happened: "The platform has not answered.",
    safe: "What was sent is stored here; sending again counts once.",
    todo: "Go on selling. The till asks again by itself.",
  },
  "platform.certificate": {
    happened: "The till cannot be sure that this is the platform.",
    safe: "Nothing was sent. Sales are stored here.",
    todo: "Check the date and time of this machine, then its network.",
  },
  "platform.bad-answer": {
    happened: "The platform answered something this till does not understand.",
    safe: "Sales are stored here.",
    todo: "Update the till, or tell your operator.",
  },
  "enrolment.code-malformed": {
    happened: "The enrolment code has a typing slip.",
    safe: "Nothing was sent.",
    todo: "Type the code again as it is written.",
  },
  "enrolment.wrong-platform": {
    happened: "The platform that answered is not the one this code is for.",
    safe: "Nothing about this till was sent to it.",
    todo: "Check the platform’s address with your operator.",
  },
  "auth.missing": {
    happened: "The platform did not see who this till is.",
    safe: "Sales are stored here.",
    todo: "Check that nothing between till and platform changes what is sent, and tell your operator.",
  },
  "auth.invalid": {
    happened: "The platform does not accept this till’s signature.",
    safe: "Sales are stored here and nothing is lost.",
    todo: "Call your operator to enrol the till again.",
  },
  "auth.nonce": {
    happened: "The platform asked this till to sign once more.",
    safe: "Sales are stored here.",
    todo: "Nothing to do: the till signs again by itself.",
  },
  "auth.revoked": {
    happened: "The platform has blocked this till.",
    safe: "Sales are stored here, and the platform still takes them in.",
    todo: "Call your operator.",
  },
  "enrolment.code-unknown": {
    happened: "The platform does not know this enrolment code.",
    safe: "The till is unchanged.",
    todo: "Check the code, or ask your operator for a new one.",
  },
  "enrolment.code-used": {
    happened: "This enrolment code was used for another till.",
    safe: "That till stays enrolled.",
    todo: "Ask your operator for a new code.",
  },
  "enrolment.code-expired": {
    happened: "This enrolment code is too old.",
    safe: "The till is unchanged.",
    todo: "Ask your operator for a new code.",
  },
  "ledger.not-yours": {
    happened: "The platform knows this ledger under another till.",
    safe: "Sales are stored here.",
    todo: "Call your operator before selling more.",
  },
  "ledger.fork": {
    happened: "The platform holds a different sale under a number of this till.",
    safe: "Both are kept, and nothing is overwritten.",
    todo: "Stop selling on copies of this till and call your operator.",
  },
  "ledger.gap": {
    happened: "The platform is missing entries of this till.",
    safe: "They are stored here and sent again by themselves.",
    todo: "Keep the till on. If it stays, call your operator.",
  },
  "ledger.bad-chain": {
    happened: "The platform found an entry that does not follow from the one before.",
    safe: "Sales are stored here; nothing more is sent for now.",
    todo: "Check the ledger and call your operator.",
  },
  "ledger.bad-signature": {
    happened: "The platform found an entry whose signature does not fit.",
    safe: "Sales are stored here; nothing more is sent for now.",
    todo: "Check the ledger and call your operator.",
  },
  "request.invalid": {
    happened: "The platform did not understand this till.",
    safe: "Sales are stored here.",
    todo: "Update the till, or tell your operator.",
  },
  "request.too-large": {
    happened: "That was more than the platform takes at once.",
    safe: "Sales are stored here and go out in smaller parts.",
    todo: "Nothing to do. If it stays, tell your operator.",
  },
  "not-found": {
    happened: "The platform does not have what was asked for.",
    safe: "Nothing was changed.",
    todo: "Try again later, or tell your operator.",
  },
  busy: {
    happened: "The platform has too much to do right now.",
    safe: "Sales are stored here and go out by themselves.",
    todo: "Go on selling.",
  },
  "wallet.insufficient": {
    happened: "The wallet says: not enough money in it.",
    safe: "Nothing was charged. The sale is still open.",
    todo: "Ask for another way to pay.",
  },
  "wallet.blocked": {
    happened: "The wallet says: this wallet is blocked.",
    safe: "Nothing was charged. The sale is still open.",
    todo: "Ask for another way to pay.",
  },
  "wallet.unknown": {
    happened: "The platform does not know this wallet.",
    safe: "Nothing was charged. The sale is still open.",
    todo: "Ask for another way to pay.",
  },
  "token.invalid": {
    happened: "This is not a valid wallet code.",
    safe: "Nothing was charged. The sale is still open.",
    todo: "Ask the shopper to show a new code.",
  },
  "token.expired": {
    happened: "This wallet code is too old.",
    safe: "Nothing was charged. The sale is still open.",
    todo: "Ask the shopper to show a new code.",
  },
  "token.not-yet-valid": {
    happened: "This wallet code is not valid yet: the shopper’s phone clock is ahead.",
    safe: "Nothing was charged. The sale is still open.",
    todo: "Ask the shopper to set the phone’s clock, then show a new code.",
  },
  "token.used": {
    happened: "This wallet code was used before.",
    safe: "It is not charged again. The sale is still open.",
    todo: "Ask the shopper to show a new code.",
  },
  "token.above-limit": {
    happened: "The amount is above what this wallet code allows.",
    safe: "Nothing was charged. The sale is still open.",
    todo: "Ask the shopper to raise the limit, or take another way to pay.",
  },
  "currency.mismatch": {
    happened: "This wallet pays in another currency.",
    safe: "Nothing was charged. The sale is still open.",
    todo: "Ask for another way to pay.",
  },
  "payment.reversed": {
    happened: "This payment was undone before.",
    safe: "The money is with the shopper. The sale is still open.",
    todo: "Ask the shopper to show a new code.",
  },
  "rail.off": {
    happened: "This shop does not take this wallet.",
    safe: "Nothing was charged. The sale is still open.",
    todo: "Ask for another way to pay.",
  },
  "rail.not-reached": {
    happened: "The wallet’s company could not be reached.",
    safe: "Nothing was charged. The sale is still open.",
    todo: "Ask for another way to pay, or try again in a moment.",
  },
  "rail.code-invalid": {
    happened: "The wallet says: this is none of its codes.",
    safe: "Nothing was charged. The sale is still open.",
    todo: "Ask the shopper to show the payment code again.",
  },
  "rail.code-expired": {
    happened: "The wallet says: this code is too old.",
    safe: "Nothing was charged. The sale is still open.",
    todo: "Ask the shopper to show a new code.",
  },
  "rail.code-used": {
    happened: "The wallet says: this code was used before.",
    safe: "It is not charged again. The sale is still open.",
    todo: "Ask the shopper to show a new code.",
  },
  "rail.insufficient": {
    happened: "The wallet says: not enough money.",
    safe: "Nothing was charged. The sale is still open.",
    todo: "Ask for another card in the wallet, or another way to pay.",
  },
  "rail.above-limit": {
    happened: "The wallet says: above a limit of this shopper.",
    safe: "Nothing was charged. The sale is still open.",
    todo: "Ask for another way to pay.",
  },
  "rail.declined": {
    happened: "The wallet has declined.",
    safe: "Nothing was charged. The sale is still open.",
    todo: "Ask for another way to pay.",
  },
  "rail.not-confirmed": {
    happened: "The shopper did not confirm on the phone in time.",
    safe: "Nothing was charged. The sale is still open.",
    todo: "Ask the shopper to show a new code, or for another way to pay.",
  },
} satisfies Partial<ErrorCatalogue>;
