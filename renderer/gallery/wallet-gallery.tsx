import type { Locale } from "../../main/contract/snapshot.ts";
import type { Routing } from "../shared/platform-page/address-routing.ts";
import type { WordKey } from "../shared/words/en.ts";
import type { HeldPhone } from "../wallet/phone-context.tsx";
import type { PhoneState, View } from "../wallet/phone-state.ts";
import { WalletApp } from "../wallet/wallet-app.tsx";
import { walletStates, type WalletScreen } from "./wallet-states.ts";

/** The names of the phone's screens. */
export const walletScreenNames: readonly string[] = Object.keys(walletStates);

const nothing = () => {};

function standingPhone(state: PhoneState): HeldPhone {
  return {
    state: () => state,
    subscribe: () => nothing,
    choose: nothing,
    leave: nothing,
    renewCode: nothing,
    dismissArrived: nothing,
    dismissFault: nothing,
    write: nothing,
    writeAgain: nothing,
    olderMessages: nothing,
    olderMoves: nothing,
  };
}

function standingRouting(view: View): Routing<View> {
  return { view: () => view, subscribe: () => nothing, go: nothing };
}

/** One screen of the phone, standing still. */
export function WalletGallery(props: {
  name: string;
  locale: Locale;
  words: Readonly<Record<WordKey, string>> | undefined;
}) {
  const screens: Readonly<Record<string, WalletScreen>> = walletStates;
  const screen = screens[props.name] ?? walletStates["wallet-pay"];
  return (
    <WalletApp
      phone={standingPhone(screen.state)}
      routing={standingRouting(screen.view)}
      locale={props.locale}
      zone="Asia/Shanghai"
      words={props.words}
    />
  );
}
