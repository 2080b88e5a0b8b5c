import type { kioskWords as kioskEnglish } from "../en/kiosk.ts";

/** Every text of the kiosk, in Simplified Chinese, as ICU messages. */
export const kioskWords = {} as const satisfies Record<keyof typeof kioskEnglish, string>;
