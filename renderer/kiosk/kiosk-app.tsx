import type { TillContract } from "../../main/contract/methods.ts";
import type { Session } from "../shared/session.ts";
import { TillSessionProvider, useTillSessionState } from "../shared/till-session.tsx";
import { TillWindow, useTillTitle, type OtherWords } from "../shared/till-window.tsx";
import { Away } from "./away.tsx";
import { KioskPage } from "./kiosk-page.tsx";
import { homeLocale } from "./use-leave.ts";

/** The kiosk's window: its words, its line to the till, and the page as soon as the till has told what to show. */
export function KioskApp(props: { session: Session<TillContract>; words?: OtherWords }) {
  return (
    <TillSessionProvider session={props.session}>
      <KioskWindow words={props.words} />
    </TillSessionProvider>
  );
}

function KioskWindow({ words }: { words: OtherWords }) {
  const { phase } = useTillSessionState();
  useTillTitle();
  return (
    <TillWindow words={words} openingLocale={homeLocale()} opening={<Away isRefused={phase === "refused"} />}>
      <KioskPage />
    </TillWindow>
  );
}
