import { z } from "zod";
import { hashSchema } from "./entry.ts";
import { namesSchema, ratePartsPerMillionSchema } from "./entry-types.ts";
import { currencySchema, positiveAmountMinorSchema } from "./money.ts";

const codeSchema = z.string().min(1).max(64);

/** A wallet of another company whose codes a till can tell. Those that are no `Rail` are recognised and refused in words. */
export const walletKindSchema = z.enum(["wechat-pay", "alipay", "unionpay", "emvco-consumer"]);

/** A wallet of another company whose codes a till can tell. */
export type WalletKind = z.infer<typeof walletKindSchema>;

/**
 * How labels of the shop's own scales are built: an EAN-13 of `prefix`, the item's own digits, a check digit of the value
 * where `hasPriceCheck` says so, the value, and the check digit of the whole. What such numbers mean is for each country
 * or shop to say (GS1 General Specifications, section 2.1.11), so that nothing is read out of them without a pattern.
 */
const embeddedPatternSchema = z
  .object({
    /** Up to six digits, of a range that GS1 keeps for numbers of restricted circulation. */
    prefix: z.string().regex(/^(?:02\d{0,4}|04\d{0,4}|2\d{0,5})$/),
    itemDigits: z.int().min(1).max(8),
    /** Whether the value has a check digit of its own in front (GS1 General Specifications, section 7.9.2 to 7.9.4). */
    hasPriceCheck: z.boolean(),
    valueDigits: z.int().min(2).max(8),
    value: z.enum(["weight", "price"]),
    /** How many grams, or minor units, one unit of the value is: 1, or 10 for a label that prints whole jiao. */
    step: z.int().min(1).max(1000),
  })
  .refine(
    (pattern) =>
      pattern.prefix.length + pattern.itemDigits + pattern.valueDigits + (pattern.hasPriceCheck ? 1 : 0) === 12,
    {
      message: "Prefix, item, check digit and value have to fill twelve digits",
    },
  )
  .refine((pattern) => !pattern.hasPriceCheck || pattern.valueDigits === 4 || pattern.valueDigits === 5, {
    message: "A value has a check digit of its own with four or five digits only",
  });

/** How labels of the shop's own scales are built. */
export type EmbeddedPattern = z.infer<typeof embeddedPatternSchema>;

/**
 * The shop as its receipts and rules have it. Like every body of a change it may carry fields of a newer platform, which
 * are left out on reading: a till of last year goes on selling.
 */
export const storeSchema = z.object({
  id: codeSchema,
  name: namesSchema,
  address: namesSchema,
  /** An IANA time zone. */
  zone: codeSchema,
  currency: currencySchema,
  /** The smallest step that cash can pay, in minor units: 10 for a shop without coins below one jiao. */
  cashRoundingMinor: z.int().min(1).max(100_000),
  priceIncludesTax: z.boolean(),
  /** Notes that a cashier is handed, in minor units and rising: the till suggests them as tenders. */
  cashNotesMinor: z.array(z.int().min(1)).min(1).max(16),
  /**
   * When the business day begins, in minutes after midnight: what a bar sells at half past one belongs to the day before. At
   * midnight where it is absent.
   */
  dayStartMinutes: z.int().min(0).max(1439).optional(),
  /**
   * The wallets of other companies that this shop takes, and the kinds of codes that it recognises. Their codes collide between
   * countries, so that nothing is ever taken for a wallet that is not in here. None where it is absent.
   */
  wallets: z.array(walletKindSchema).max(16).optional(),
  /** The labels of the shop's own scales; the first pattern that fits is the one. None where it is absent. */
  embedded: z.array(embeddedPatternSchema).max(32).optional(),
  /** Until when somebody answers shoppers in chat, as the shop's own time of day. */
  answersUntil: z
    .string()
    .regex(/^\d{2}:\d{2}$/)
    .optional(),
});

/** The shop as its receipts and rules have it. */
export type Store = z.infer<typeof storeSchema>;

/** A tax class: what a good says, and the rate that it means today. Its id is a part of the name of an account. */
export const taxClassSchema = z.object({
  id: z.string().regex(/^[A-Za-z0-9._-]{1,32}$/),
  name: namesSchema,
  ratePartsPerMillion: ratePartsPerMillionSchema,
  /** Whether prices of this class hold the tax; absent where it is as the store's `priceIncludesTax` says. */
  priceIncludesTax: z.boolean().optional(),
});

/** A tax class. */
export type TaxClass = z.infer<typeof taxClassSchema>;

/** A category of goods, in the order in which the till shows it. */
export const categorySchema = z.object({ id: codeSchema, name: namesSchema, order: z.int().min(0) });

/** A category of goods. */
export type Category = z.infer<typeof categorySchema>;

/** A good as the platform sells it. `code` is the shop's own short number for goods without a GTIN. */
export const itemSchema = z.object({
  id: codeSchema,
  gtin14: z
    .string()
    .regex(/^\d{14}$/)
    .optional(),
  code: z
    .string()
    .regex(/^\d{1,8}$/)
    .optional(),
  name: namesSchema,
  /** Pinyin initials and other short forms to find it by, lower case, divided by spaces. */
  initials: z.string().max(100),
  category: codeSchema,
  taxClass: codeSchema,
  unit: z.enum(["each", "kilogram"]),
  priceMinor: positiveAmountMinorSchema,
  currency: currencySchema,
  /** Its price is typed when it is sold; `priceMinor` is then 0. */
  openPrice: z.literal(true).optional(),
  ageMinimum: z.int().min(1).max(99).optional(),
  depositMinor: positiveAmountMinorSchema.optional(),
  /** SHA-256 of its picture, which is fetched by that name. */
  picture: hashSchema.optional(),
  /** Its place among the goods that are touched most, from 1. */
  popular: z.int().min(1).optional(),
});

/** A good as the platform sells it. */
export type Item = z.infer<typeof itemSchema>;

/**
 * A PIN as it is kept: scrypt (RFC 7914) over its digits, with a salt of its own, r = 8, p = 1 and 32 bytes of output.
 * `cost` is N, a power of two.
 */
const pinSchema = z.object({
  saltHex: z.string().regex(/^[0-9a-f]{32}$/),
  hashHex: z.string().regex(/^[0-9a-f]{64}$/),
  cost: z.int().min(16_384).max(131_072),
});

/** Somebody who works in the shop. */
export const personSchema = z.object({
  id: codeSchema,
  name: namesSchema,
  roles: z.array(z.enum(["cashier", "manager", "attendant"])).max(8),
  pin: pinSchema.optional(),
});

/** Somebody who works in the shop. */
export type Person = z.infer<typeof personSchema>;

/** The body of each kind of change. */
export const changeBodySchemas = {
  store: storeSchema,
  "tax-class": taxClassSchema,
  category: categorySchema,
  item: itemSchema,
  person: personSchema,
} as const;

/** What a change is about. */
export type ChangeKind = keyof typeof changeBodySchemas;

/** The kinds of change, in no special order. */
export const changeKinds = Object.keys(changeBodySchemas) as [ChangeKind, ...ChangeKind[]];

/**
 * One line of the platform's change log: the newest state of one thing. `body` is absent when the thing is gone.
 * Cursors rise in the order of commit, so that a reader who has seen cursor n has seen every change up to n.
 * A kind that this version does not know is kept out of the till's tables and its cursor is passed over.
 */
export const changeSchema = z.strictObject({
  cursor: z.int().min(1),
  kind: z.string().min(1).max(32),
  id: codeSchema,
  body: z.record(z.string(), z.unknown()).optional(),
});

/** One line of the platform's change log. */
export type Change = z.infer<typeof changeSchema>;
