import { z } from "zod";
import { timeSchema } from "../../sync/protocol/entry.ts";
import { namesSchema } from "../../sync/protocol/entry-types.ts";
import { faultSchema } from "./errors.ts";
import { localeSchema } from "./snapshot.ts";

/**
 * What a window and a till say to each other whose ledger is not in order. Nothing can be sold here: the till asks the
 * platform again and again for what is missing, or goes on in a new ledger on a manager's word, and is then started anew.
 */

const everybody = ["cashier", "kiosk", "manager", "customer", "tool"] as const;
const staff = ["cashier", "kiosk", "manager", "tool"] as const;

const nothing = z.strictObject({});

/** Who reads the window: a person of the shop, the shopper at a kiosk, or the shopper at the till's second display. */
const audienceSchema = z.enum(["staff", "kiosk", "customer"]);

/** How it stands. `version` rises with each change of this process, which `run` names. */
export const recoveryViewSchema = z.strictObject({
  run: z.string(),
  version: z.int().min(1),
  audience: audienceSchema,
  state: z.enum(["working", "waiting", "done"]),
  locale: localeSchema,
  /** Absent where nothing on this disk says it any more; the shop's name as well. */
  tillNumber: z.int().min(1).optional(),
  store: namesSchema.optional(),
  /** The IANA time zone that the times are meant for. */
  zone: z.string(),
  /** Why the till does not sell; the parameters say what is missing. Shoppers are not told. */
  fault: faultSchema.optional(),
  /** Why the last try came to nothing; for the shop's people as well. */
  lastError: faultSchema.optional(),
  /** When the next try begins by itself. */
  nextTryAt: timeSchema.optional(),
  /** Entries that the try under way, or the last one, has read. */
  taken: z.int().min(0),
  /** Whether a manager's PIN can let the shop open without the platform. */
  canApprove: z.boolean(),
  /** What came of it: the ledger is whole again, or a new one names what is missing. */
  recovered: z.enum(["restored", "succeeded"]).optional(),
});

/** How it stands. */
export type RecoveryView = z.infer<typeof recoveryViewSchema>;

/** What a window and a till in recovery say to each other. */
export const recoveryContract = {
  name: "recovery",
  methods: {
    /** Tries now instead of in a moment. Answers at once; what comes of it is in the snapshots. */
    "recovery.try-now": { roles: everybody, input: nothing, output: nothing },
    /** Lets the shop open in a new ledger. Refused in words for a PIN that is not a manager's. */
    "recovery.approve": {
      roles: staff,
      input: z.strictObject({ pin: z.string().regex(/^\d{4,8}$/) }),
      output: nothing,
    },
    "recovery.set-locale": { roles: everybody, input: z.strictObject({ locale: localeSchema }), output: nothing },
  },
  snapshot: recoveryViewSchema,
} as const;

/** What a window and a till in recovery say to each other. */
export type RecoveryContract = typeof recoveryContract;
