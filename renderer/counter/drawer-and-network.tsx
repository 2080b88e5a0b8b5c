import { Cable, Inbox } from "lucide-react";
import { Key } from "../shared/components/key.tsx";
import { useWords } from "../shared/words/intl.tsx";
import { useCounterAct, useCounterSnapshot } from "./counter.tsx";
import { Panel } from "./panel.tsx";
import panel from "./panel.module.css";

/** The cash drawer: it opens by itself, and a hand closes it. */
export function Drawer() {
  const words = useWords();
  const act = useCounterAct();
  const { drawer } = useCounterSnapshot();
  return (
    <Panel
      isSlim
      title={words("counter.drawer")}
      state={words(drawer === "open" ? "counter.drawer-open" : "counter.drawer-closed")}
    >
      <Key
        className={panel.action}
        icon={Inbox}
        label={words("counter.drawer-close")}
        reason={drawer === "open" ? undefined : words("counter.drawer-is-closed")}
        onPress={() => void act("drawer.close", {})}
      />
    </Panel>
  );
}

const states = {
  up: "counter.network-up",
  cut: "counter.network-cut",
  silent: "counter.network-silent",
} as const;

/** The cable between till and platform. Where answers get lost, the till cannot know whether a wallet has paid. */
export function Network() {
  const words = useWords();
  const act = useCounterAct();
  const { network } = useCounterSnapshot();
  const set = (next: typeof network) => () => void act("network.set", { network: next });
  return (
    <Panel isSlim title={words("counter.network")} state={words(states[network])}>
      {network === "up" ? (
        <div className={panel.pair}>
          <Key className={panel.action} label={words("counter.silence")} onPress={set("silent")} />
          <Key className={panel.action} label={words("counter.cut")} onPress={set("cut")} />
        </div>
      ) : (
        <Key className={panel.action} icon={Cable} label={words("counter.join")} onPress={set("up")} />
      )}
    </Panel>
  );
}
