import { Copy, Plus } from "lucide-react";
import { useRef, useState } from "react";
import { Key } from "../shared/components/key.tsx";
import { useWords } from "../shared/words/intl.tsx";
import { useDesk, useDeskState, useOverview } from "./desk-context.tsx";
import type { EnrolmentCode } from "./operator-client.ts";
import { newestLedgers } from "./till-states.ts";
import styles from "./enrolment.module.css";
import { useConsoleFormats } from "./use-console-formats.ts";

/** Makes a code that takes one till in, or a new disk in the place of one. It is shown once, here, and not kept. */
export function Enrolment() {
  const words = useWords();
  const formats = useConsoleFormats();
  const { stores, tills } = useOverview();
  const { code, isMakingCode } = useDeskState();
  const { makeCode } = useDesk();
  const [storeId, setStoreId] = useState<string | null>(null);
  const [replaces, setReplaces] = useState<number | undefined>();
  const chosen = storeId ?? stores[0]?.storeId;
  const replaceable = newestLedgers(tills).filter((till) => till.storeId === chosen);
  return (
    <section className={styles.panel} aria-label={words("console.code-title")}>
      <div className={styles.words}>
        <h2 className={styles.title}>{words("console.code-title")}</h2>
        <p className={styles.about}>{words("console.code-about")}</p>
      </div>
      {stores.length > 1 && (
        <select
          className={styles.shop}
          aria-label={words("console.code-shop")}
          value={chosen ?? ""}
          onChange={(event) => {
            setStoreId(event.target.value);
            setReplaces(undefined);
          }}
        >
          {stores.map((store) => (
            <option key={store.storeId} value={store.storeId}>
              {formats.name(store.name)}
            </option>
          ))}
        </select>
      )}
      {replaceable.length > 0 && (
        <select
          className={styles.shop}
          aria-label={words("console.code-for")}
          value={replaces ?? ""}
          onChange={({ target }) => setReplaces(target.value === "" ? undefined : Number(target.value))}
        >
          <option value="">{words("console.code-for-new")}</option>
          {replaceable.map(({ tillId, tillNumber: number }) => (
            <option key={tillId} value={number}>
              {words("console.code-for-disk", { number })}
            </option>
          ))}
        </select>
      )}
      <Key
        className={styles.make}
        icon={Plus}
        label={words(isMakingCode ? "console.code-making" : "console.code-make")}
        onPress={() => makeCode({ storeId: chosen, ...(replaces === undefined ? {} : { replaces }) })}
      />
      {code !== null && <Made key={code.code} code={code} />}
    </section>
  );
}

function Made({ code: { code: text, expiresAt, replaces } }: { code: EnrolmentCode }) {
  const words = useWords();
  const formats = useConsoleFormats();
  const { time } = useOverview();
  const field = useRef<HTMLTextAreaElement>(null);
  const [copied, setCopied] = useState<"no" | "done" | "by-hand">("no");
  const copy = async () => {
    field.current?.select();
    try {
      await navigator.clipboard.writeText(text);
      setCopied("done");
    } catch {
      setCopied("by-hand");
    }
  };
  return (
    <div className={styles.made}>
      <textarea
        ref={field}
        className={styles.code}
        aria-label={words("console.code-field")}
        readOnly
        rows={1}
        spellCheck={false}
        value={text}
      />
      <Key className={styles.copy} icon={Copy} label={words("console.code-copy")} onPress={() => void copy()} />
      <p className={styles.until} role="status">
        {replaces !== undefined && `${words("console.code-replaces", { number: replaces })} `}
        {words("console.code-until", { time: formats.when(expiresAt, time) })}{" "}
        {copied === "done" && words("console.code-copied")}
        {copied === "by-hand" && words("console.code-by-hand")}
      </p>
    </div>
  );
}
