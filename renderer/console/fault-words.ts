import type { PlatformFault } from "../shared/platform-http.ts";
import type { Words } from "../shared/words/intl.tsx";

/** What was refused, in one or two sentences. */
export function wordsOfConsoleFault(words: Words, fault: PlatformFault): string {
  switch (fault.kind) {
    case "away":
      return words("console.fault-away");
    case "unreadable":
      return words("console.fault-unreadable");
    case "crowded":
      return words("console.fault-crowded");
    case "refused":
      return words("console.fault-refused", { code: fault.code });
  }
}
