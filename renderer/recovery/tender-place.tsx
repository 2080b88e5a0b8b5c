import { KeyRound, Languages, Undo2 } from "lucide-react";
import { Key } from "../shared/components/key.tsx";
import { useLocale, useWords } from "../shared/words/intl.tsx";
import { useRecoverySession, useStand } from "./recovery-session.tsx";
import styles from "./tender-place.module.css";
import { closePad, openPad, setView } from "./view.ts";

/** The ordinary keys: the way without the platform and back, and the other language. */
export function TenderPlace({ isApproving }: { isApproving: boolean }) {
  const words = useWords();
  const { canApprove, state } = useStand();
  return (
    <div className={styles.row}>
      {isApproving ? (
        <Key className={styles.wide} icon={Undo2} label={words("recovery.back")} onPress={closePad} />
      ) : (
        state !== "done" && (
          <Key
            className={styles.wide}
            icon={KeyRound}
            label={words("recovery.approve")}
            second={words("recovery.approve-second")}
            {...(canApprove ? {} : { reason: words("recovery.approve-nobody") })}
            onReason={(reason) => setView({ reason })}
            onPress={openPad}
          />
        )
      )}
      <LanguageKey />
    </div>
  );
}

function LanguageKey() {
  const session = useRecoverySession();
  const other = useLocale() === "en" ? "zh-CN" : "en";
  const words = useWords();
  return (
    <Key
      className={styles.language}
      icon={Languages}
      label={words("recovery.language")}
      // A line that has just gone comes back by itself; the key can be touched again.
      onPress={() => void session.call("recovery.set-locale", { locale: other }).catch(() => undefined)}
    />
  );
}
