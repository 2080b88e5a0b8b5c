import { z } from "zod";
import { demoRailSchema, otherWalletSchema, railBehaviourSchema } from "../../sync/protocol/demo-rails.ts";
import { namesSchema, railSchema } from "../../sync/protocol/entry-types.ts";
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
  ageMinimum: z.int().optional(),
  /** What comes on top for the bottle, for one piece. */
  depositMinor: positiveAmountMinorSchema.optional(),
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
  /** Whose app shows it. */
  rail: railSchema,
  text: z.string(),
  rows: z.array(z.string()),
  expiresAt: z.int(),
  used: z.boolean(),
});

/** Where a till stands with devices of its own: the cashier's counter, or a kiosk, which has no drawer. */
const stationIdSchema = z.enum(["till", "kiosk"]);

/** Where a till stands with devices of its own. */
export type StationId = z.infer<typeof stationIdSchema>;

/** The devices of one till. `paper` keeps the last few receipts, the newest last. */
const stationSchema = z.strictObject({
  id: stationIdSchema,
  scanner: z.strictObject({ plugged: z.boolean(), lastScan: z.string().optional(), scans: z.int() }),
  printer: z.strictObject({
    columns: z.int(),
    paper: z.enum(["ok", "near-end", "end"]),
    cover: z.enum(["closed", "open"]),
    answering: z.boolean(),
  }),
  paper: z.array(z.strictObject({ id: z.int(), lines: z.array(paperLineSchema) })),
  /** `cashMinor` is what lies in it by what was put in and taken out here. */
  drawer: z.strictObject({ state: z.enum(["closed", "open"]), cashMinor: z.int().min(0) }).optional(),
  /** Whether the cable between this till and the platform is in. `silent` loses every answer on its way back. */
  network: z.enum(["up", "cut", "silent"]),
});

/** The devices of one till. */
export type Station = z.infer<typeof stationSchema>;

/** Notes and coins of one value. */
export const cashPileSchema = z.strictObject({ valueMinor: z.int().min(1), count: z.int().min(0) });

/** Notes and coins of one value. */
export type CashPile = z.infer<typeof cashPileSchema>;

/** A page of the shop, with what lets a person in. */
export const shopPageSchema = z.strictObject({
  name: z.enum(["cashier", "manager", "customer", "kiosk", "kiosk-manager", "wallet", "console"]),
  url: z.string(),
});

/** A page of the shop, with what lets a person in. */
export type ShopPage = z.infer<typeof shopPageSchema>;

/** Everything on the simulated counter. */
const counterSnapshotSchema = z.strictObject({
  run: z.string(),
  version: z.int().min(1),
  currency: currencySchema,
  /** Where the other pages of the shop are. */
  pages: z.array(shopPageSchema),
  stations: z.array(stationSchema).min(1),
  /** The shopper's cash, and what of it lies on the counter's tray. The largest value is the first. */
  purse: z.strictObject({ piles: z.array(cashPileSchema), totalMinor: z.int().min(0) }),
  tray: z.strictObject({ piles: z.array(cashPileSchema), totalMinor: z.int().min(0) }),
  /** The PIN of the demo's people, for an age check at the kiosk. */
  demoPin: z.string(),
  categories: z.array(z.strictObject({ id: z.string(), name: namesSchema })),
  goods: z.array(goodSchema),
  shoppers: z.array(shopperSchema),
  /** The other companies' wallets that the demo plays. */
  rails: z.array(demoRailSchema),
  payCode: payCodeSchema.optional(),
});

/** Everything on the simulated counter. */
export type CounterSnapshot = z.infer<typeof counterSnapshotSchema>;

/** What the counter page may ask of the demo's server. */
export const counterContract = {
  name: "counter",
  methods: {
    /** Holds a good under a station's scanner. */
    "scanner.scan-good": method(z.strictObject({ station: stationIdSchema, goodId: z.string() }), nothing),
    /** Holds any code under a station's scanner, as typed. */
    "scanner.scan-text": method(
      z.strictObject({ station: stationIdSchema, text: z.string().min(1).max(4096) }),
      nothing,
    ),
    "scanner.set-plugged": method(z.strictObject({ station: stationIdSchema, plugged: z.boolean() }), nothing),
    /** The shopper opens the wallet: a fresh code, of the platform's own where no other company's is named. */
    "shopper.show-code": method(z.strictObject({ shopperId: z.string(), rail: otherWalletSchema.optional() }), nothing),
    /** How the next payment with another company's wallet goes. */
    "shopper.choose-behaviour": method(
      z.strictObject({ rail: otherWalletSchema, behaviour: railBehaviourSchema }),
      nothing,
    ),
    /** What the shopper does where that wallet asks for the password. */
    "shopper.answer": method(
      z.strictObject({ rail: otherWalletSchema, orderNumber: z.string(), confirms: z.boolean() }),
      nothing,
    ),
    /** The shopper holds the code that is shown under a station's scanner. */
    "shopper.scan-code": method(z.strictObject({ station: stationIdSchema }), nothing),
    "printer.set": method(
      z.strictObject({
        station: stationIdSchema,
        paper: z.enum(["ok", "near-end", "end"]).optional(),
        cover: z.enum(["closed", "open"]).optional(),
        answering: z.boolean().optional(),
      }),
      nothing,
    ),
    "printer.tear-off": method(z.strictObject({ station: stationIdSchema }), nothing),
    /** Lays one note or coin of the purse on the tray, or all of the tray back into the purse. */
    "purse.lay-down": method(z.strictObject({ valueMinor: z.int().min(1) }), nothing),
    "purse.take-back": method(nothing, nothing),
    /** The cashier's hands: the tray into the open drawer, change out of it into the purse, and shut. */
    "drawer.put-in": method(nothing, nothing),
    "drawer.give": method(z.strictObject({ amountMinor: z.int().min(1) }), nothing),
    "drawer.close": method(nothing, nothing),
    "network.set": method(
      z.strictObject({ station: stationIdSchema, network: z.enum(["up", "cut", "silent"]) }),
      nothing,
    ),
  },
  snapshot: counterSnapshotSchema,
} as const;

/** What the counter page and the demo's server say to each other. */
export type CounterContract = typeof counterContract;

/** The devices of one till on the counter. @throws RangeError where the shop runs without it. */
export function stationOf(snapshot: Pick<CounterSnapshot, "stations">, id: StationId): Station {
  const station = snapshot.stations.find((each) => each.id === id);
  if (station === undefined) throw new RangeError(`The counter has no ${id}`);
  return station;
}
