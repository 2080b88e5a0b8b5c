import { BellRing, HandHelping, Undo2, X } from "lucide-react";
import { useClock } from "../shared/clock.tsx";
import { useTillSnapshot } from "../shared/till-session.tsx";
import { useWords } from "../shared/words/intl.tsx";
import { AccessIcon } from "./access-icon.tsx";
import styles from "./footer.module.css";
import { KioskKey } from "./kiosk-key.tsx";
import { Said } from "./said.tsx";
import type { Stage } from "./stage.ts";
import { useDismiss } from "./use-act.ts";
import { useLeave } from "./use-leave.ts";
import { closePanel, openPanel, setView, useView } from "./view.ts";

/** The same on every screen: access at the start, one way back in the middle, help at the end. At the start, in both languages. */
export function Footer({ stage }: { stage: Stage }) {
  const isBoth = stage === "start";
  return (
    <nav className={styles.footer}>
      <AccessKey isBoth={isBoth} />
      <BackKey stage={stage} />
      <HelpKey isBoth={isBoth} />
    </nav>
  );
}

function bothFaces(text: "kiosk.access" | "kiosk.help" | "kiosk.help-called") {
  return { label: <Said locale="zh-CN" text={text} />, second: <Said locale="en" text={text} /> };
}

function AccessKey({ isBoth }: { isBoth: boolean }) {
  const words = useWords();
  const isOpen = useView((view) => view.panel?.kind === "access");
  return (
    <KioskKey
      className={isBoth ? styles.both : styles.key}
      icon={AccessIcon}
      isStacked
      {...(isBoth ? bothFaces("kiosk.access") : { label: words("kiosk.access") })}
      isOn={isOpen}
      onPress={() => (isOpen ? closePanel() : openPanel({ kind: "access" }))}
    />
  );
}

function BackKey({ stage }: { stage: Stage }) {
  const words = useWords();
  const leave = useLeave();
  const dismiss = useDismiss();
  const { basket } = useTillSnapshot();
  const panel = useView((view) => view.panel);
  if (panel !== null && stage !== "start") {
    return <KioskKey className={styles.key} icon={Undo2} isStacked label={words("kiosk.back")} onPress={closePanel} />;
  }
  switch (stage) {
    case "scan":
      return basket.lines.length === 0 ? (
        <KioskKey
          className={styles.key}
          icon={Undo2}
          isStacked
          label={words("kiosk.back-start")}
          onPress={() => leave("shopper")}
        />
      ) : (
        <KioskKey
          className={styles.key}
          icon={X}
          isStacked
          label={words("kiosk.start-over")}
          onPress={() => openPanel({ kind: "start-over" })}
        />
      );
    case "check":
    case "pay":
      return (
        <KioskKey
          className={styles.key}
          icon={Undo2}
          isStacked
          label={words("kiosk.back-items")}
          onPress={() => {
            dismiss();
            setView({ wantsToPay: false });
          }}
        />
      );
    case "asking":
    case "unknown":
      return (
        <KioskKey
          className={styles.key}
          icon={Undo2}
          isStacked
          label={words("kiosk.back-items")}
          reason={words("kiosk.back-locked")}
          onPress={closePanel}
        />
      );
    default:
      return <span />;
  }
}

function HelpKey({ isBoth }: { isBoth: boolean }) {
  const words = useWords();
  const clock = useClock();
  const isCalled = useView((view) => view.helpCalledMs !== null);
  const text = isCalled ? "kiosk.help-called" : "kiosk.help";
  return (
    <KioskKey
      className={isBoth ? styles.both : styles.key}
      icon={isCalled ? BellRing : HandHelping}
      isStacked
      {...(isBoth ? bothFaces(text) : { label: words(text) })}
      isOn={isCalled}
      onPress={() => setView({ helpCalledMs: isCalled ? null : clock() })}
    />
  );
}
