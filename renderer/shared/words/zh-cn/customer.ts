import type { customerWords as customerEnglish } from "../en/customer.ts";

/** Every text of the customer's display, in Simplified Chinese, as ICU messages. */
export const customerWords = {} as const satisfies Record<keyof typeof customerEnglish, string>;
