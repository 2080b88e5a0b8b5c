import { useState, type FormEvent } from "react";
import { Key } from "../shared/components/key.tsx";
import { Mark } from "../shared/components/mark.tsx";
import { useWords } from "../shared/words/intl.tsx";
import { useDesk, useDeskState } from "./desk-context.tsx";
import styles from "./gate-page.module.css";

/** Where the platform keeps the operator's token, below its data folder. */
const tokenFile = "keys/operator-token";

/** The console's door: it opens with the operator's key. */
export function GatePage() {
  const words = useWords();
  const { gate } = useDeskState();
  const { open } = useDesk();
  const [token, setToken] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    open(token);
  };
  return (
    <main className={styles.page}>
      <Mark widthPx={64} />
      <h1 className={styles.title}>{words("console.gate-title")}</h1>
      <p className={styles.about}>{words("console.gate-about", { file: tokenFile })}</p>
      <form className={styles.form} onSubmit={submit}>
        <input
          className={styles.field}
          type="password"
          autoComplete="off"
          spellCheck={false}
          aria-label={words("console.gate-field")}
          placeholder={words("console.gate-field")}
          value={token}
          onChange={(event) => setToken(event.target.value)}
        />
        <Key
          className={styles.key}
          label={words(gate.isTrying ? "console.gate-opening" : "console.gate-open")}
          onPress={() => open(token)}
        />
      </form>
      <p className={styles.refusal} role="alert">
        {gate.refusal === "refused" && words("console.gate-refused")}
        {gate.refusal === "away" && words("console.gate-away")}
      </p>
    </main>
  );
}
