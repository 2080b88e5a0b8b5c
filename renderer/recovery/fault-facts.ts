import type { RecoveryView } from "../../main/contract/recovery.ts";
import type { Words } from "../shared/words/intl.tsx";

/** What is the matter, in the words of the page. */
export type FaultFacts = {
  title: string;
  sentence: string;
  /** What is missing here, as a sum. */
  missing: string;
  /** Sales that are missing, where that is known. */
  missingSales: number;
  /** The code of the last receipt that the till made, where it is known. */
  receipt: string;
};

/** What is the matter with the ledger, or what came of it. */
export function faultFacts(words: Words, { fault, recovered }: Pick<RecoveryView, "fault" | "recovered">): FaultFacts {
  const missingSales = numberOf(fault?.params["missing"]);
  const receipt = String(fault?.params["receipt"] ?? "");
  const known = { missingSales, receipt };
  if (recovered === "restored") {
    const title = words("recovery.title-restored");
    const missing = words("recovery.missing-nothing");
    return { missingSales: 0, receipt, title, sentence: words("recovery.sentence-restored"), missing };
  }
  const facts = unfinishedFacts(words, fault, known);
  if (recovered === undefined) return facts;
  const [title, sentence] = [words("recovery.title-succeeded"), words("recovery.sentence-succeeded")];
  return { ...facts, title, sentence };
}

function unfinishedFacts(
  words: Words,
  fault: RecoveryView["fault"],
  known: Pick<FaultFacts, "missingSales" | "receipt">,
): FaultFacts {
  const { missingSales, receipt } = known;
  const entries = numberOf(fault?.params["entries"]);
  if (fault?.code === "ledger.damaged") {
    const title = words("recovery.title-damaged");
    const missing = words("recovery.missing-unknown");
    return { ...known, title, sentence: words("recovery.sentence-damaged"), missing };
  }
  if (fault?.code === "ledger.key-missing") {
    const title = words("recovery.title-key");
    return { ...known, title, sentence: words("recovery.sentence-key"), missing: words("recovery.missing-key") };
  }
  if (missingSales > 0) {
    const sentence =
      receipt === ""
        ? words("recovery.sentence-platform", { count: missingSales })
        : words("recovery.sentence-sales", { count: missingSales, receipt });
    const title = words("recovery.title-sales", { count: missingSales });
    return { ...known, title, sentence, missing: words("recovery.missing-sales", { count: missingSales }) };
  }
  if (entries > 0) {
    const sentence = words("recovery.sentence-end", { count: entries });
    const missing = words("recovery.entries", { count: entries });
    return { ...known, title: words("recovery.title-end"), sentence, missing };
  }
  const title = words("recovery.title-gone");
  return { ...known, title, sentence: words("recovery.sentence-gone"), missing: words("recovery.missing-ledger") };
}

function numberOf(value: string | number | undefined): number {
  return typeof value === "number" ? value : 0;
}
