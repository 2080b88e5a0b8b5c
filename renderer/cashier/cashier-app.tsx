import type { TillContract } from "../../main/contract/methods.ts";
import type { Session } from "../shared/session.ts";
import { TillSessionProvider } from "../shared/till-session.tsx";
import { TillWindow, useTillTitle, type OtherWords } from "../shared/till-window.tsx";
import { CashierPage } from "./cashier-page.tsx";

/** The cashier's window: its words, its line to the till, and the page as soon as the till has told what to show. */
export function CashierApp(props: { session: Session<TillContract>; words?: OtherWords }) {
  return (
    <TillSessionProvider session={props.session}>
      <CashierWindow words={props.words} />
    </TillSessionProvider>
  );
}

function CashierWindow({ words }: { words: OtherWords }) {
  useTillTitle();
  return (
    <TillWindow words={words}>
      <CashierPage />
    </TillWindow>
  );
}
