import { z } from "zod";
import { faultSchema } from "../contract/errors.ts";
import { recoveryPage } from "./served-pages.ts";

const pictureHashSchema = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * What the Electron shell tells the till's process. `window` comes with the port of a window, whose role the shell
 * vouches for.
 */
export const toTillSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("window"), role: z.string().max(16) }),
  z.strictObject({ type: z.literal("picture"), id: z.int(), hash: pictureHashSchema }),
  z.strictObject({ type: z.literal("stop") }),
]);

/** What the Electron shell tells the till's process. */
export type ToTill = z.infer<typeof toTillSchema>;

/**
 * What the till's process tells the Electron shell. After `failed` it ends by itself, and starting it again would end in
 * the same way.
 */
export const fromTillSchema = z.discriminatedUnion("type", [
  /** `instead` is the page that is to be shown at the address of every one, until the till is started again. */
  z.strictObject({ type: z.literal("ready"), instead: z.literal(recoveryPage).optional() }),
  z.strictObject({ type: z.literal("failed"), fault: faultSchema }),
  z.strictObject({
    type: z.literal("picture"),
    id: z.int(),
    picture: z
      .strictObject({ type: z.string(), bytes: z.custom<Uint8Array>((value) => value instanceof Uint8Array) })
      .nullable(),
  }),
]);

/** What the till's process tells the Electron shell. */
export type FromTill = z.infer<typeof fromTillSchema>;
