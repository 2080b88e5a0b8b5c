import type { TillContract } from "../../main/contract/methods.ts";
import type { Session } from "../shared/session.ts";
import { TillSessionProvider } from "../shared/till-session.tsx";
import { TillWindow, type OtherWords } from "../shared/till-window.tsx";
import { CustomerPage } from "./customer-page.tsx";

/** The shopper's display beside a till: a second window that shows and asks nothing. */
export function CustomerApp(props: { session: Session<TillContract>; words?: OtherWords }) {
  return (
    <TillSessionProvider session={props.session}>
      <TillWindow words={props.words}>
        <CustomerPage />
      </TillWindow>
    </TillSessionProvider>
  );
}
