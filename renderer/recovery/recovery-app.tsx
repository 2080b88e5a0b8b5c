import { useEffect } from "react";
import type { RecoveryContract, RecoveryView } from "../../main/contract/recovery.ts";
import { Opening } from "../shared/components/opening.tsx";
import type { Session } from "../shared/session.ts";
import type { OtherWords } from "../shared/till-window.tsx";
import { TradeProvider, WordsProvider } from "../shared/words/intl.tsx";
import { CustomerClosed } from "./customer-closed.tsx";
import { KioskClosed } from "./kiosk-closed.tsx";
import { RecoverySessionProvider, StandProvider, useRecoverySessionState } from "./recovery-session.tsx";
import { StaffPage } from "./staff-page.tsx";

/** The window of a till that waits for its ledger, for whoever stands before it. */
export function RecoveryApp(props: { session: Session<RecoveryContract>; words?: OtherWords }) {
  return (
    <RecoverySessionProvider session={props.session}>
      <RecoveryWindow words={props.words} />
    </RecoverySessionProvider>
  );
}

function RecoveryWindow({ words }: { words: OtherWords }) {
  const { phase, snapshot: stand, fault } = useRecoverySessionState();
  const number = stand?.tillNumber;
  useEffect(() => {
    if (number !== undefined) document.title = `Suanpan ${number}`;
  }, [number]);
  const isAway = phase !== "ready" && stand?.state !== "done";
  if (stand === null || isAway || phase === "refused") {
    const ownLocale = navigator.language.startsWith("zh") ? "zh-CN" : "en";
    return (
      <WordsProvider locale={stand?.locale ?? ownLocale} words={words}>
        <Opening fault={fault} />
      </WordsProvider>
    );
  }
  return (
    <WordsProvider locale={stand.locale} words={words}>
      {/* No amount stands on these pages; the currency is never read. */}
      <TradeProvider trade={{ currency: "CNY", zone: stand.zone }}>
        <StandProvider stand={stand}>
          <PageFor audience={stand.audience} />
        </StandProvider>
      </TradeProvider>
    </WordsProvider>
  );
}

function PageFor({ audience }: Pick<RecoveryView, "audience">) {
  if (audience === "customer") return <CustomerClosed />;
  return audience === "kiosk" ? <KioskClosed /> : <StaffPage />;
}
