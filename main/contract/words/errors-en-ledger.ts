import type { ErrorCatalogue } from "./error-words.ts";

/** What shop owners read in English about the ledger on this till. */
export const ledgerErrorsInEnglish = {
  "ledger.newer-version": {
    happened: "This ledger was written by a newer version of the till.",
    safe: "It was opened for reading only and is unchanged.",
    todo: "Start the newer version of the till.",
  },
  "ledger.migration-failed": {
    happened: "The ledger could not be brought to this version.",
    safe: "A copy from before the change lies beside it; every sale is in it.",
    todo: "Start the version used before, and send the report to your operator.",
  },
  "ledger.damaged": {
    happened: "The ledger on this till does not pass its own check.",
    safe: "Sales the platform has confirmed are kept there.",
    todo: "Stop selling on this till and call your operator. Do not delete the folder.",
  },
  "ledger.behind-mark": {
    happened: "The ledger on this disk is older than the last sale this till is known to have made.",
    safe: "Sales the platform has confirmed can be brought back.",
    todo: "Call your operator before selling on this till.",
  },
  "ledger.missing": {
    happened: "There is no ledger in {folder}.",
    safe: "Nothing was made or changed there.",
    todo: "Name the data folder of the till, or start the till once.",
  },
  "ledger.succession-refused": {
    happened: "What the platform answered about a new ledger does not belong to this till.",
    safe: "Nothing was changed on this till.",
    todo: "Check the address of the platform, then call your operator.",
  },
  "ledger.not-recoverable": {
    happened: "Nothing on this disk says which till this is any more.",
    safe: "Sales the platform has confirmed are kept there.",
    todo: "Ask your operator for an enrolment code that replaces this till.",
  },
  "ledger.key-missing": {
    happened: "The key this ledger is signed with is not on this till.",
    safe: "Sales made before can still be read and checked.",
    todo: "Put the keys folder back from a backup, or call your operator.",
  },
  "ledger.unbalanced": {
    happened: "The amounts of this entry do not add up, so it was not stored.",
    safe: "No money was counted. The sale is still open.",
    todo: "Try once more. If it stays, call your operator.",
  },
  "ledger.disk-full": {
    happened: "The disk of this till is full.",
    safe: "Every sale up to now is stored.",
    todo: "Make room on the disk; selling goes on after that.",
  },
  "ledger.flush-failed": {
    happened: "The disk did not confirm that the sale is stored.",
    safe: "Sales before this one are stored. This one is not called paid.",
    todo: "Keep the goods here. The till restarts and checks itself.",
  },
  "ledger.id-used": {
    happened: "This was stored before with other contents.",
    safe: "The first one stands and nothing counts twice.",
    todo: "Look at the last receipt before doing it again.",
  },
} satisfies Partial<ErrorCatalogue>;
