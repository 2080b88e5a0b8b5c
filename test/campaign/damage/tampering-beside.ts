import { forgePlatformMark, inDatabase } from "./forger.ts";
import type { Scene, Tampering } from "./tampering.ts";

/** What is done to what stands beside the journal. */
export const besideJournal: readonly Tampering[] = [
  ...[
    ["balances", "UPDATE balances SET amount_minor = amount_minor - 500 WHERE account = 'cash:1'"],
    ["postings", "DELETE FROM postings WHERE seq = 7"],
    ["sales", "UPDATE sales SET total_minor = total_minor - 500 WHERE seq = 7"],
    ["payments", "UPDATE payments SET state = 'paid' WHERE state = 'unknown'"],
    ["shifts", "UPDATE shifts SET float_minor = 0"],
    ["prints", "DELETE FROM prints WHERE kind = 'reprinted'"],
    ["enrolments", "UPDATE enrolments SET till_number = 7"],
    ["business_days", "UPDATE business_days SET business_day = '2026-11-01' WHERE first_seq = 1"],
    ["incidents", "DELETE FROM incidents"],
  ].map(([table = "", sql = ""]) => ({
    name: `changed ${table}`,
    does: ({ folder }: Scene) => inDatabase(folder, (database) => void database.exec(sql)),
    shownBy: ["verify projection-differs"],
  })),
  {
    name: "changed note",
    does: ({ folder }) =>
      inDatabase(folder, (database) => void database.exec("UPDATE private_values SET value = 'Invoice to nobody'")),
    shownBy: ["told row.damaged private_values", "verify private-value"],
  },
  {
    name: "removed note, which is legal",
    does: ({ folder }) => inDatabase(folder, (database) => void database.exec("DELETE FROM private_values")),
    shownBy: ["legal: verify counts", "legal: the platform has all"],
  },
  {
    name: "changed working state",
    does: ({ folder }) =>
      inDatabase(
        folder,
        (database) => void database.exec("UPDATE parked_sales SET basket = replace(basket, '2', '3')"),
      ),
    shownBy: ["told row.damaged parked_sales", "verify working-state"],
  },
  {
    name: "the platform's mark pulled back",
    does: ({ folder }) =>
      inDatabase(folder, (database) => void database.exec("UPDATE platform_marks SET acknowledged_seq = 3")),
    shownBy: ["told row.damaged platform_marks", "verify working-state"],
  },
  {
    name: "the platform's mark over sales that it does not have, with a checksum that holds",
    does: ({ folder, history }) => {
      // The platform is one that never got the second day.
      history.platform.hashes.length = Math.floor(history.headSeq / 2);
      forgePlatformMark(folder, history.headSeq);
    },
    // The next entry tells: the platform misses those before it and gets them.
    shownBy: ["legal: the platform has all"],
  },
];
