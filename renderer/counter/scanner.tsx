import { Plug, ScanBarcode, Unplug } from "lucide-react";
import { useState } from "react";
import { Key } from "../shared/components/key.tsx";
import { useWords } from "../shared/words/intl.tsx";
import { useCounterAct, useStation } from "./counter.tsx";
import { Panel } from "./panel.tsx";
import panel from "./panel.module.css";
import styles from "./scanner.module.css";
import shelf from "./shelf.module.css";
import { visibleText } from "./visible-text.ts";

/** The scanner: any code can be held under it, and its plug can be pulled. */
export function Scanner() {
  const words = useWords();
  const act = useCounterAct();
  const { id: station, scanner } = useStation();
  const [code, setCode] = useState("");
  const hold = () => {
    if (code !== "") void act("scanner.scan-text", { station, text: code });
  };
  return (
    <Panel
      title={words("counter.scanner")}
      state={words(scanner.plugged ? "counter.scanner-plugged" : "counter.scanner-unplugged")}
      needsPerson={!scanner.plugged}
    >
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          hold();
        }}
      >
        <input
          className={shelf.input}
          aria-label={words("counter.code")}
          placeholder={words("counter.code")}
          autoComplete="off"
          maxLength={4096}
          value={code}
          onChange={(event) => setCode(event.target.value)}
        />
        <Key className={panel.action} icon={ScanBarcode} label={words("counter.hold")} onPress={hold} />
      </form>
      <div className={panel.line}>
        <span className={`${panel.label} ${panel.grow} ${styles.last}`}>
          {words("counter.scans", { count: scanner.scans })}
          {scanner.lastScan !== undefined && ` · ${visibleText(scanner.lastScan)}`}
        </span>
        <Key
          className={panel.action}
          icon={scanner.plugged ? Unplug : Plug}
          label={words(scanner.plugged ? "counter.unplug" : "counter.plug")}
          onPress={() => void act("scanner.set-plugged", { station, plugged: !scanner.plugged })}
        />
      </div>
    </Panel>
  );
}
