import { Hourglass, KeyRound, RefreshCw } from "lucide-react";
import { useNow } from "../shared/clock.tsx";
import { MainKey } from "../shared/components/main-key.tsx";
import { useWords } from "../shared/words/intl.tsx";
import { useRecoverySession, useStand } from "./recovery-session.tsx";
import type { PinPad } from "./use-pin-pad.ts";

/** The one next step: ask the platform now, or open the shop with the PIN that is typed. */
export function NextStep({ pad }: { pad: PinPad | null }) {
  const words = useWords();
  const { state, taken } = useStand();
  if (state === "done") {
    return <MainKey kind="busy" title={words("recovery.opening")} second={words("recovery.opening-second")} />;
  }
  if (pad !== null) return <ApproveKey pad={pad} />;
  if (state === "working") {
    const second = taken === 0 ? words("recovery.trying-second") : words("recovery.trying-read", { count: taken });
    return <MainKey kind="busy" title={words("recovery.trying")} second={second} />;
  }
  return <TryKey />;
}

function TryKey() {
  const words = useWords();
  const session = useRecoverySession();
  const { nextTryAt } = useStand();
  const now = useNow(1000);
  const seconds = nextTryAt === undefined ? 0 : Math.max(0, Math.ceil((Date.parse(nextTryAt) - now) / 1000));
  return (
    <MainKey
      kind="press"
      icon={RefreshCw}
      title={words("recovery.try")}
      second={words("recovery.try-second", { seconds })}
      // The line to the till may have just gone; the till tries by itself in any case.
      onPress={() => void session.call("recovery.try-now", {}).catch(() => undefined)}
    />
  );
}

function ApproveKey({ pad }: { pad: PinPad }) {
  const words = useWords();
  if (pad.isBusy) {
    return <MainKey kind="busy" title={words("recovery.pin-busy")} second={words("recovery.opening-second")} />;
  }
  if (pad.waitSeconds > 0) {
    const title = words("recovery.pin-wait", { seconds: pad.waitSeconds });
    return <MainKey kind="listen" icon={Hourglass} title={title} second={words("recovery.pin-wait-second")} />;
  }
  if (!pad.isWhole) {
    const [title, second] = [words("recovery.pin-listen"), words("recovery.pin-listen-second")];
    return <MainKey kind="listen" icon={KeyRound} title={title} second={second} />;
  }
  const [title, second] = [words("recovery.pin-key"), words("recovery.pin-key-second")];
  return <MainKey kind="press" icon={KeyRound} title={title} second={second} onPress={pad.approve} />;
}
