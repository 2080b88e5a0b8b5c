import { useEffect } from "react";
import type { TillContract } from "../../main/contract/methods.ts";
import type { Session } from "../shared/session.ts";
import { TillSessionProvider } from "../shared/till-session.tsx";
import { TillWindow, type OtherWords } from "../shared/till-window.tsx";
import { useWords } from "../shared/words/intl.tsx";
import { ManagerPage } from "./manager-page.tsx";
import { TillDataProvider, useSnapshot } from "./till.tsx";

/** The manager's window: its words, its line to the till, and the page as soon as the till has told what to show. */
export function ManagerApp(props: { session: Session<TillContract>; words?: OtherWords }) {
  return (
    <TillSessionProvider session={props.session}>
      <TillDataProvider>
        <TillWindow words={props.words}>
          <PageTitle />
          <ManagerPage />
        </TillWindow>
      </TillDataProvider>
    </TillSessionProvider>
  );
}

function PageTitle() {
  const words = useWords();
  const { till } = useSnapshot();
  useEffect(() => {
    document.title = words("manager.page-title", { number: till.number });
  }, [words, till.number]);
  return null;
}
