import type { LedgerFile } from "../ledger-file.ts";
import type { Report } from "../reasons.ts";
import type { PaymentRule } from "../rules/payments.ts";
import { reportDamage, type Schema } from "../schema-check.ts";
import { createIncidentsCheck, createPostingsCheck, createPrintsCheck, createSalesCheck } from "./by-seq.ts";
import { createPaymentsCheck } from "./payments.ts";
import { createPrivateValuesCheck, type PrivateValues } from "./private-values.ts";
import { createBalancesCheck, createBusinessDaysCheck, createEnrolmentsCheck, createShiftsCheck } from "./small.ts";
import type { TableCheck } from "./table-check.ts";

/** A table, the first version of the file that has it, and its check. */
type Listed = readonly [table: string, since: number, create: () => TableCheck];

/** All tables that stand in a relation to the journal, held against it while it is read. */
export interface TableChecks extends TableCheck {
  /** Undefined in a file of before there were any. */
  privateValues(): PrivateValues | undefined;
}

/**
 * The checks of a file's tables. A table that is missing or cannot be read as it should is told of and left out: that
 * must not keep the journal from being read.
 */
export function createTableChecks(parts: {
  file: LedgerFile;
  schema: Schema;
  payments: PaymentRule;
  report: Report;
}): TableChecks {
  const { file, schema, payments, report } = parts;
  let privateValues: ReturnType<typeof createPrivateValuesCheck> | undefined;
  const listed: readonly Listed[] = [
    ["postings", 1, () => createPostingsCheck(file, report)],
    ["balances", 1, () => createBalancesCheck(file, report)],
    ["sales", 1, () => createSalesCheck(file, report)],
    ["payments", 1, () => createPaymentsCheck(file, payments, report)],
    ["shifts", 1, () => createShiftsCheck(file, report)],
    ["prints", 1, () => createPrintsCheck(file, report)],
    ["enrolments", 1, () => createEnrolmentsCheck(file, report)],
    ["private_values", 2, () => (privateValues = createPrivateValuesCheck(file, report))],
    ["business_days", 3, () => createBusinessDaysCheck(file, report)],
    ["incidents", Number.POSITIVE_INFINITY, () => createIncidentsCheck(file, report)],
  ];
  const version = Number(file.lookUp("PRAGMA user_version")()?.[0]);
  let checks: { table: string; check: TableCheck }[] = [];

  function guarded(table: string, work: () => void): void {
    try {
      work();
    } catch (error) {
      reportDamage(table, error, report);
    }
  }

  for (const [table, since, create] of listed) {
    if (schema.isTable(table)) guarded(table, () => checks.push({ table, check: create() }));
    else if (version >= since) report({ seq: 0, reason: "schema-differs", params: { object: table } });
  }

  return {
    next(entry) {
      let reading = "";
      try {
        for (const { table, check } of checks) {
          reading = table;
          check.next(entry);
        }
      } catch (error) {
        reportDamage(reading, error, report);
        checks = [];
      }
    },
    finish(lastSeq) {
      for (const { table, check } of checks) guarded(table, () => check.finish(lastSeq));
    },
    privateValues: () => privateValues?.result(),
  };
}
