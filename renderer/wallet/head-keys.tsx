import { ChevronLeft, Ellipsis } from "lucide-react";
import { useWords } from "../shared/words/intl.tsx";
import styles from "./head-keys.module.css";
import { useGo } from "./phone-context.tsx";
import type { View } from "./phone-state.ts";
import { Press } from "./press.tsx";

/** The way back from a screen. */
export function BackKey({ to }: { to: View }) {
  const words = useWords();
  const go = useGo();
  return (
    <Press className={styles.key} name={words("wallet.back")} onPress={() => go(to)}>
      <ChevronLeft size={26} aria-hidden />
    </Press>
  );
}

/** The way to the settings. */
export function SettingsKey() {
  const words = useWords();
  const go = useGo();
  return (
    <Press className={styles.key} name={words("wallet.settings")} onPress={() => go({ screen: "settings" })}>
      <Ellipsis size={24} aria-hidden />
    </Press>
  );
}
