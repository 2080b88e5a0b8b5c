import type { PlatformFault } from "../shared/platform-http.ts";
import type { Words } from "../shared/words/intl.tsx";

/** What was refused, in one or two sentences: what happened, and what to do. */
export function wordsOfPlatformFault(words: Words, fault: PlatformFault): string {
  switch (fault.kind) {
    case "away":
      return words("wallet.fault-away");
    case "unreadable":
      return words("wallet.fault-unreadable");
    case "crowded":
      return words("wallet.fault-crowded");
    case "refused":
      if (fault.code.startsWith("auth.")) return words("wallet.fault-signed-out");
      if (fault.code === "not-found") return words("wallet.fault-not-found");
      return words("wallet.fault-refused", { code: fault.code });
  }
}
