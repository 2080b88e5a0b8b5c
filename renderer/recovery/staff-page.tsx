import { useEffect, useRef } from "react";
import { useNow } from "../shared/clock.tsx";
import { Mark } from "../shared/components/mark.tsx";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import { PinSheet } from "./pin-sheet.tsx";
import { useStand } from "./recovery-session.tsx";
import { StandPanel } from "./stand-panel.tsx";
import styles from "./staff-page.module.css";
import { usePinPad } from "./use-pin-pad.ts";
import { useView } from "./view.ts";
import { WhatHappened } from "./what-happened.tsx";

/** What the shop's people see of a till that waits for its ledger: what happened, what is safe, and what can be done. */
export function StaffPage() {
  const { state } = useStand();
  const isOpen = useView((view) => view.isApproving);
  const isApproving = isOpen && state !== "done";
  useFocusAtTitle(isApproving);
  return (
    <div className={styles.window}>
      <div className={styles.page}>
        <header className={styles.status}>
          <StatusLine />
          <Spoken />
        </header>
        {isApproving ? <Approving /> : <Waiting />}
      </div>
    </div>
  );
}

function Waiting() {
  return (
    <>
      <main className={styles.work}>
        <WhatHappened />
      </main>
      <StandPanel pad={null} />
    </>
  );
}

function Approving() {
  const pad = usePinPad();
  return (
    <>
      <main className={styles.work}>
        <PinSheet pad={pad} />
      </main>
      <StandPanel pad={pad} />
    </>
  );
}

/** Which till, whose shop, when. */
function StatusLine() {
  const words = useWords();
  const formats = useFormats();
  const { tillNumber, store } = useStand();
  const now = useNow(1000);
  return (
    <div className={styles.line}>
      <Mark />
      {tillNumber !== undefined && <span className={styles.till}>{words("status.till", { number: tillNumber })}</span>}
      {store !== undefined && <span className={styles.store}>{formats.name(store)}</span>}
      <time>{formats.time(now)}</time>
    </div>
  );
}

/** The pad and the page each begin at their title, so that nobody is left on a key that has gone. */
function useFocusAtTitle(isApproving: boolean): void {
  const last = useRef(isApproving);
  useEffect(() => {
    if (last.current === isApproving) return;
    last.current = isApproving;
    document.querySelector<HTMLElement>("main h1")?.focus({ preventScroll: true });
  }, [isApproving]);
}

/** What a screen reader is told when it changes; the seconds of the next try are not among it. */
function Spoken() {
  const words = useWords();
  const { state } = useStand();
  const reason = useView((view) => view.reason);
  return (
    <p className={styles.hidden} aria-live="polite">
      {state === "waiting" && words("recovery.spoken-waiting")} {reason}
    </p>
  );
}
