import type { managerWords as managerEnglish } from "../en/manager.ts";

/** Every text of the manager's page, in Simplified Chinese, as ICU messages. */
export const managerWords = {} as const satisfies Record<keyof typeof managerEnglish, string>;
