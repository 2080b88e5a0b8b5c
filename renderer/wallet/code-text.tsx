import { Copy } from "lucide-react";
import { useRef, useState } from "react";
import { useNow } from "../shared/clock.tsx";
import { Key } from "../shared/components/key.tsx";
import { useWords } from "../shared/words/intl.tsx";
import { Arrived } from "./arrived.tsx";
import styles from "./code-text.module.css";
import { ScreenHead } from "./frame.tsx";
import { BackKey } from "./head-keys.tsx";
import { usePhoneState } from "./phone-context.tsx";

/** The pay code as its characters: what a scanner that types would type. */
export function CodeText() {
  const words = useWords();
  const now = useNow(500);
  const field = useRef<HTMLTextAreaElement>(null);
  const [copied, setCopied] = useState<{ text: string; isDone: boolean } | null>(null);
  const { arrived, codePlace } = usePhoneState();
  const code = codePlace.kind === "shown" ? codePlace.code : null;
  const text = code?.text ?? "";

  const copy = async () => {
    field.current?.select();
    try {
      await navigator.clipboard.writeText(text);
      setCopied({ text, isDone: true });
    } catch {
      setCopied({ text, isDone: false });
    }
  };

  const head = <ScreenHead title={words("wallet.text-title")} start={<BackKey to={{ screen: "pay" }} />} />;
  // Whoever paid with the text looks here for the outcome, not on the screen with the picture.
  if (arrived !== null) {
    return (
      <div className={styles.screen}>
        {head}
        <div className={styles.arrived}>
          <Arrived move={arrived} />
        </div>
      </div>
    );
  }
  return (
    <div className={styles.screen}>
      {head}
      <div className={styles.panel}>
        <p>{words("wallet.text-about")}</p>
        <textarea
          ref={field}
          className={styles.field}
          aria-label={words("wallet.text-field")}
          readOnly
          spellCheck={false}
          rows={9}
          value={text}
        />
        <div className={styles.row}>
          <Key
            className={styles.copy}
            icon={Copy}
            label={words("wallet.copy")}
            reason={code === null ? words("wallet.code-making") : undefined}
            onPress={() => void copy()}
          />
          {code !== null && (
            <strong>{words("wallet.seconds", { seconds: Math.max(0, Math.ceil((code.renewAt - now) / 1000)) })}</strong>
          )}
        </div>
        <p role="status">
          {copied !== null && copied.text === text && words(copied.isDone ? "wallet.copied" : "wallet.copy-by-hand")}
        </p>
      </div>
    </div>
  );
}
