import { z } from "zod";
import { namesSchema } from "../../sync/protocol/entry-types.ts";
import { currencySchema, positiveAmountMinorSchema } from "../../sync/protocol/money.ts";

/**
 * What the demo shop's counter page and the demo's own server say to each other. It moves simulated devices and a
 * simulated shopper; nothing of it belongs to the till, which only ever sees bytes on a port.
 */

const nothing = z.strictObject({});
const counter: readonly ["counter"] = ["counter"];

function method<I extends z.ZodType, O extends z.ZodType>(input: I, output: O) {
  return { roles: counter, input, output };
}

/** A good that lies on the simulated counter and can be held under the scanner. */
const goodSchema = z.strictObject({
  id: z.string(),
  code: z.string(),
  symbology: z.string().optional(),
  name: namesSchema,
  category: z.string(),
  priceMinor: positiveAmountMinorSchema,
  unit: z.enum(["each", "kilogram"]),
  picture: z.string().optional(),
});

/** One line as it stands on the paper strip, read back from the bytes that the printer got. */
const paperLineSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("text"),
    text: z.string(),
    align: z.enum(["left", "center", "right"]),
    bold: z.boolean(),
    widthScale: z.int().min(1).max(8),
    heightScale: z.int().min(1).max(8),
  }),
  z.strictObject({ kind: z.literal("feed"), lines: z.int().min(1) }),
  z.strictObject({ kind: z.literal("qr"), rows: z.array(z.string()), text: z.string() }),
  z.strictObject({ kind: z.literal("image"), widthDots: z.int(), heightDots: z.int() }),
  z.strictObject({ kind: z.literal("cut") }),
]);

/** One line as it stands on the paper strip. */
export type PaperLine = z.infer<typeof paperLineSchema>;

const shopperSchema = z.strictObject({
  id: z.string(),
  name: namesSchema,
  balanceMinor: z.int(),
});

/** A code on the shopper's phone: the text, and its modules as rows of `1` (dark) and `0`. */
const payCodeSchema = z.strictObject({
  shopperId: z.string(),
  text: z.string(),
  rows: z.array(z.string()),
  expiresAt: z.int(),
  used: z.boolean(),
});

/** Everything on the simulated counter. `paper` keeps the last few receipts, the newest last. */
const counterSnapshotSchema = z.strictObject({
  run: z.string(),
  version: z.int().min(1),
  currency: currencySchema,
  tillUrl: z.string(),
  scanner: z.strictObject({ plugged: z.boolean(), lastScan: z.string().optional(), scans: z.int() }),
  printer: z.strictObject({
    columns: z.int(),
    paper: z.enum(["ok", "near-end", "end"]),
    cover: z.enum(["closed", "open"]),
    answering: z.boolean(),
  }),
  drawer: z.enum(["closed", "open"]),
  paper: z.array(z.strictObject({ id: z.int(), lines: z.array(paperLineSchema) })),
  categories: z.array(z.strictObject({ id: z.string(), name: namesSchema })),
  goods: z.array(goodSchema),
  shoppers: z.array(shopperSchema),
  payCode: payCodeSchema.optional(),
  /** Whether the cable between till and platform is in. `silent` loses every answer on its way back. */
  network: z.enum(["up", "cut", "silent"]),
});

/** Everything on the simulated counter. */
export type CounterSnapshot = z.infer<typeof counterSnapshotSchema>;

/** What the counter page may ask of the demo's server. */
export const counterContract = {
  methods: {
    /** Holds a good under the scanner. */
    "scanner.scan-good": method(z.strictObject({ goodId: z.string() }), nothing),
    /** Holds any code under the scanner, as typed. */
    "scanner.scan-text": method(z.strictObject({ text: z.string().min(1).max(4096) }), nothing),
    "scanner.set-plugged": method(z.strictObject({ plugged: z.boolean() }), nothing),
    /** The shopper opens the wallet: a fresh code. */
    "shopper.show-code": method(z.strictObject({ shopperId: z.string() }), nothing),
    /** The shopper holds the code that is shown under the scanner. */
    "shopper.scan-code": method(nothing, nothing),
    "printer.set": method(
      z.strictObject({
        paper: z.enum(["ok", "near-end", "end"]).optional(),
        cover: z.enum(["closed", "open"]).optional(),
        answering: z.boolean().optional(),
      }),
      nothing,
    ),
    "printer.tear-off": method(nothing, nothing),
    "drawer.close": method(nothing, nothing),
    "network.set": method(z.strictObject({ network: z.enum(["up", "cut", "silent"]) }), nothing),
  },
  snapshot: counterSnapshotSchema,
} as const;

/** What the counter page and the demo's server say to each other. */
export type CounterContract = typeof counterContract;
