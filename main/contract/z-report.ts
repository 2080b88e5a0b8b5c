import { z } from "zod";
import { hashSchema, idSchema, timeSchema } from "../../sync/protocol/entry.ts";
import { namesSchema, perpetualSchema } from "../../sync/protocol/entry-types.ts";
import { amountMinorSchema, currencySchema, positiveAmountMinorSchema } from "../../sync/protocol/money.ts";
import { faultSchema } from "./errors.ts";
import { drawerFigures, shiftFigures } from "./manager.ts";
import { printStateSchema } from "./snapshot.ts";

/** A Z report in the list of them. `figures` are missing where this version of the till cannot read the report. */
export const zReportRowSchema = z.strictObject({
  /** The entry that closed the shift. */
  seq: z.int().min(1),
  number: z.int().min(1),
  openedAt: timeSchema,
  closedAt: timeSchema,
  figures: z
    .strictObject({
      currency: currencySchema,
      sales: z.int().min(0),
      /** Sales less refunds. */
      netMinor: amountMinorSchema,
      countedMinor: positiveAmountMinorSchema,
      differenceMinor: amountMinorSchema,
    })
    .optional(),
});

/** A Z report in the list of them. */
export type ZReportRow = z.infer<typeof zReportRowSchema>;

/** How a report stands on paper. */
const reportPaperSchema = z.strictObject({
  print: printStateSchema,
  copies: z.int().min(1),
  /** Why it did not come out, where it did not. */
  fault: faultSchema.optional(),
});

/**
 * A Z report: what a shift came to when it was closed. Sales, refunds, cash, count, difference and totals of all time are
 * those that the closing entry was signed with; the rest is added up from the entries of the shift when it is read.
 */
export const zReportSchema = z.strictObject({
  number: z.int().min(1),
  /** The entry that closed the shift, and the hash of its text: by both, paper and ledger can be held against each other. */
  seq: z.int().min(1),
  hash: hashSchema,
  shift: idSchema,
  businessDay: z.string(),
  openedAt: timeSchema,
  openedBy: namesSchema.optional(),
  closedAt: timeSchema,
  closedBy: namesSchema.optional(),
  ...shiftFigures,
  drawer: z.strictObject({
    ...drawerFigures,
    countedMinor: positiveAmountMinorSchema,
    differenceMinor: amountMinorSchema,
  }),
  /** What the till had ever settled by then, over all its ledgers; absent in reports of older versions. */
  perpetual: perpetualSchema.optional(),
  /** The entries of the shift add up to something else now than the report was signed with. */
  differs: z.literal(true).optional(),
  /** Absent where it was never printed. */
  paper: reportPaperSchema.optional(),
});

/** A Z report. */
export type ZReport = z.infer<typeof zReportSchema>;
