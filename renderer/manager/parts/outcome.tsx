import { Check, RotateCw } from "lucide-react";
import type { Fault } from "../../../main/contract/errors.ts";
import { wordsOfFault } from "../../../main/contract/words/index.ts";
import { Key } from "../../shared/components/key.tsx";
import { Notice } from "../../shared/components/notice.tsx";
import { BusyRod } from "../../shared/components/rod.tsx";
import { useLocale, useWords } from "../../shared/words/intl.tsx";
import { useRefresh } from "../till.tsx";
import styles from "./outcome.module.css";

/** What the till refused, in words: what happened, what is safe, what to do. */
export function Refusal({ fault, onDismiss }: { fault: Fault; onDismiss?: () => void }) {
  const { happened, safe, todo } = wordsOfFault(fault, useLocale());
  return <Notice tone="attention" form="compact" happened={happened} safe={safe} todo={todo} onDismiss={onDismiss} />;
}

/** Something is done, in one sentence that is also spoken. */
export function Done({ text }: { text: string }) {
  return (
    <p className={styles.done} role="status">
      <Check size={20} aria-hidden />
      {text}
    </p>
  );
}

/** Stands in the place of what has not been told yet, or could not be. */
export function NotKnownYet({ fault }: { fault: Fault | null }) {
  const words = useWords();
  const refresh = useRefresh();
  if (fault === null) {
    return (
      <div className={styles.wait} role="status">
        <BusyRod />
        <p>{words("manager.reading")}</p>
      </div>
    );
  }
  return (
    <div className={styles.missing}>
      <Refusal fault={fault} />
      <Key className={styles.again} icon={RotateCw} label={words("manager.read-again")} onPress={refresh} />
    </div>
  );
}
