import { Scissors } from "lucide-react";
import { Key } from "../shared/components/key.tsx";
import { useWords } from "../shared/words/intl.tsx";
import { useCounterAct, useCounterSnapshot } from "./counter.tsx";
import { PaperStrip } from "./paper-strip.tsx";
import { Choices, Panel } from "./panel.tsx";
import panel from "./panel.module.css";
import styles from "./printer-panel.module.css";

/** The receipt printer: its paper, and the ways in which it can fail. */
export function PrinterPanel() {
  const words = useWords();
  const act = useCounterAct();
  const { printer } = useCounterSnapshot();
  return (
    <Panel className={styles.printer} title={words("counter.printer")}>
      <PaperStrip />
      <Key
        className={panel.action}
        icon={Scissors}
        label={words("counter.tear")}
        onPress={() => void act("printer.tear-off", {})}
      />
      <div className={panel.rows}>
        <Choices
          label={words("counter.paper")}
          value={printer.paper}
          choices={[
            { value: "ok", label: words("counter.paper-ok") },
            { value: "near-end", label: words("counter.paper-near-end") },
            { value: "end", label: words("counter.paper-end") },
          ]}
          onChoose={(paper) => void act("printer.set", { paper })}
        />
        <Choices
          label={words("counter.cover")}
          value={printer.cover}
          choices={[
            { value: "closed", label: words("counter.cover-closed") },
            { value: "open", label: words("counter.cover-open") },
          ]}
          onChoose={(cover) => void act("printer.set", { cover })}
        />
        <Choices
          label={words("counter.answers")}
          value={printer.answering ? "yes" : "no"}
          choices={[
            { value: "yes", label: words("counter.answers-yes") },
            { value: "no", label: words("counter.answers-no") },
          ]}
          onChoose={(value) => void act("printer.set", { answering: value === "yes" })}
        />
      </div>
    </Panel>
  );
}
