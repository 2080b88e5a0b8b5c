import { Scissors, SlidersHorizontal } from "lucide-react";
import { useState } from "react";
import type { Station } from "../../main/contract/counter.ts";
import { Key } from "../shared/components/key.tsx";
import { useWords, type Words } from "../shared/words/intl.tsx";
import { useCounterAct, useStation } from "./counter.tsx";
import { PaperStrip } from "./paper-strip.tsx";
import { Choices, Panel } from "./panel.tsx";
import panel from "./panel.module.css";
import styles from "./printer-panel.module.css";

/** The receipt printer: its paper, and behind a key the ways in which it can fail. What fails is always said. */
export function PrinterPanel() {
  const words = useWords();
  const act = useCounterAct();
  const { id, printer } = useStation();
  const [isUnfolded, setUnfolded] = useState(false);
  const faults = faultsOf(printer, words);
  return (
    <Panel
      className={styles.printer}
      title={words("counter.printer")}
      state={faults.length === 0 ? words("counter.printer-ready") : faults.join(" · ")}
      needsPerson={faults.length > 0}
    >
      <PaperStrip />
      <div className={styles.keys}>
        <Key
          className={panel.action}
          icon={Scissors}
          label={words("counter.tear")}
          onPress={() => void act("printer.tear-off", { station: id })}
        />
        <Key
          className={panel.action}
          icon={SlidersHorizontal}
          label={words("counter.printer-change")}
          isOn={isUnfolded}
          onPress={() => setUnfolded(!isUnfolded)}
        />
      </div>
      {isUnfolded && <PrinterChoices />}
    </Panel>
  );
}

function faultsOf({ paper, cover, answering }: Station["printer"], words: Words): string[] {
  return [
    paper === "end" ? words("counter.fault-end") : "",
    paper === "near-end" ? words("counter.fault-near-end") : "",
    cover === "open" ? words("counter.fault-cover") : "",
    answering ? "" : words("counter.fault-silent"),
  ].filter((fault) => fault !== "");
}

function PrinterChoices() {
  const words = useWords();
  const act = useCounterAct();
  const { id: station, printer } = useStation();
  return (
    <div className={panel.rows}>
      <Choices
        label={words("counter.paper")}
        value={printer.paper}
        choices={[
          { value: "ok", label: words("counter.paper-ok") },
          { value: "near-end", label: words("counter.paper-near-end") },
          { value: "end", label: words("counter.paper-end") },
        ]}
        onChoose={(paper) => void act("printer.set", { station, paper })}
      />
      <Choices
        label={words("counter.cover")}
        value={printer.cover}
        choices={[
          { value: "closed", label: words("counter.cover-closed") },
          { value: "open", label: words("counter.cover-open") },
        ]}
        onChoose={(cover) => void act("printer.set", { station, cover })}
      />
      <Choices
        label={words("counter.answers")}
        value={printer.answering ? "yes" : "no"}
        choices={[
          { value: "yes", label: words("counter.answers-yes") },
          { value: "no", label: words("counter.answers-no") },
        ]}
        onChoose={(value) => void act("printer.set", { station, answering: value === "yes" })}
      />
    </div>
  );
}
