import { z } from "zod";
import { railSchema } from "./entry-types.ts";
import { positiveAmountMinorSchema } from "./money.ts";

/**
 * The phones of the demo's shoppers with other companies' wallets, as the demo's counter asks the demo's platform for them. They
 * are there with `--demo` alone and no part of what a till speaks.
 */
export const demoRailPaths = {
  rails: "/v1/demo/rails",
  code: "/v1/demo/rails/{rail}/codes",
  behaviour: "/v1/demo/rails/{rail}/behaviour",
  answer: "/v1/demo/rails/{rail}/answers",
} as const;

/**
 * How a rail's emulator may answer the next payment, after the rails' own documents:
 *
 * - `at-once`: paid.
 * - `password`: the shopper is asked for a password, and confirms or refuses on the phone.
 * - `password-by-itself`: the shopper types, and has paid at the third question.
 * - `timeout-charged`, `timeout-not-charged`: no reply at all.
 * - `system-error-charged`, `system-error-not-charged`: the rail's own word for "ask me again".
 * - `lost-reply`: paid, and the line is cut before the answer.
 * - `bad-signature`: paid, and the answer is signed by somebody else.
 * - `reversed-while-typing`: the shopper confirms at the moment when the reversal comes.
 * - the rest: declined.
 */
export const railBehaviours = [
  "at-once",
  "password",
  "password-by-itself",
  "timeout-charged",
  "timeout-not-charged",
  "system-error-charged",
  "system-error-not-charged",
  "lost-reply",
  "bad-signature",
  "reversed-while-typing",
  "insufficient",
  "above-limit",
  "code-expired",
  "code-used",
  "declined",
] as const;

/** How a rail's emulator answers the next payment. */
export type RailBehaviour = (typeof railBehaviours)[number];

/** How a rail's emulator answers the next payment. */
export const railBehaviourSchema = z.enum(railBehaviours);

/** A wallet of another company. */
export const otherWalletSchema = railSchema.exclude(["wallet"]);

/** A wallet of another company. */
export type OtherWallet = z.infer<typeof otherWalletSchema>;

const orderNumberSchema = z.string().regex(/^[0-9a-f]{32}$/);

/** One rail as the phones see it: what is in the wallets, what happens next, and who is asked for a password. */
export const demoRailSchema = z.strictObject({
  rail: otherWalletSchema,
  behaviour: railBehaviourSchema,
  balances: z.array(z.strictObject({ shopperId: z.string().min(1).max(64), balanceMinor: z.int() })).max(64),
  waiting: z
    .array(
      z.strictObject({
        orderNumber: orderNumberSchema,
        shopperId: z.string().min(1).max(64),
        amountMinor: positiveAmountMinorSchema,
      }),
    )
    .max(64),
});

/** One rail as the phones see it. */
export type DemoRail = z.infer<typeof demoRailSchema>;

/** Every rail that the demo plays. */
export const demoRailsResponseSchema = z.strictObject({ rails: z.array(demoRailSchema).max(8) });

/** Whose phone shows a code. */
export const demoRailCodeRequestSchema = z.strictObject({ shopperId: z.string().min(1).max(64) });

/** The code that the phone shows, and until when it is good, in milliseconds since 1970. */
export const demoRailCodeResponseSchema = z.strictObject({ code: z.string().regex(/^\d{16,24}$/), expiresAt: z.int() });

/** How the next payment goes. */
export const demoRailBehaviourRequestSchema = z.strictObject({ behaviour: railBehaviourSchema });

/** What the shopper does where the wallet asks for the password. */
export const demoRailAnswerRequestSchema = z.strictObject({ orderNumber: orderNumberSchema, confirms: z.boolean() });
