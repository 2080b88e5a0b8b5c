import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { RailName } from "../../rails/rail.ts";
import type { BookKeeper } from "./order-book.ts";

const refundSchema = z.strictObject({
  number: z.string(),
  transactionId: z.string(),
  amountMinor: z.int(),
  atMs: z.int(),
});

const orderSchema = z.strictObject({
  number: z.string(),
  transactionId: z.string(),
  shopperId: z.string(),
  amountMinor: z.int(),
  content: z.string(),
  state: z.enum(["typing", "paid", "lapsed", "closed", "reversed"]),
  questionsLeft: z.int().nullable(),
  paysWhenReversed: z.boolean(),
  createdAtMs: z.int(),
  paidAtMs: z.int().nullable(),
  reversedAtMs: z.int().nullable(),
  refunds: z.array(refundSchema),
});

const bookSchema = z.strictObject({
  serial: z.int().min(0),
  balances: z.array(z.tuple([z.string(), z.int()])),
  orders: z.array(orderSchema),
});

/**
 * Keeps an emulator's book in the platform's folder: the platform goes on with its charges after a stop, and the companies have
 * to know them. A file that is missing or cannot be read is a new book.
 */
export function bookFile(folder: string, rail: RailName): BookKeeper {
  const place = join(folder, "demo-rails");
  const file = join(place, `${rail}.json`);
  return {
    read: () => {
      try {
        return bookSchema.parse(JSON.parse(readFileSync(file, "utf8")));
      } catch (error) {
        const isMissing = (error as NodeJS.ErrnoException).code === "ENOENT";
        if (isMissing || error instanceof SyntaxError || error instanceof z.ZodError) return null;
        throw error;
      }
    },
    write: (book) => {
      mkdirSync(place, { recursive: true, mode: 0o700 });
      writeFileSync(`${file}.new`, JSON.stringify(book), { mode: 0o600 });
      renameSync(`${file}.new`, file);
    },
  };
}
