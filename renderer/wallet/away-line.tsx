import { WifiOff } from "lucide-react";
import { useWords } from "../shared/words/intl.tsx";
import styles from "./away-line.module.css";
import { usePhoneState } from "./phone-context.tsx";
import { useWhen } from "./use-when.ts";

/** Says since when the platform has not answered, where it does not. What is shown below is from then. */
export function AwayLine() {
  const words = useWords();
  const when = useWhen();
  const { signal, shoppers, owner } = usePhoneState();
  if (signal.kind !== "away") return null;
  const hasNothing = owner === null && shoppers === null;
  return (
    <p className={styles.line} role="status">
      <WifiOff size={22} aria-hidden />
      {hasNothing ? words("wallet.away-never") : words("wallet.away-since", { time: when.time(signal.since) })}
    </p>
  );
}
