import { Cable } from "lucide-react";
import { Key } from "../shared/components/key.tsx";
import { useWords } from "../shared/words/intl.tsx";
import { useCounterAct, useStation } from "./counter.tsx";
import { Panel } from "./panel.tsx";
import panel from "./panel.module.css";

const states = {
  up: "counter.network-up",
  cut: "counter.network-cut",
  silent: "counter.network-silent",
} as const;

/** The cable between this till and the platform. Where answers get lost, the till cannot know whether a wallet has paid. */
export function Network() {
  const words = useWords();
  const act = useCounterAct();
  const { id, network } = useStation();
  const set = (next: typeof network) => () => void act("network.set", { station: id, network: next });
  return (
    <Panel isSlim title={words("counter.network")} state={words(states[network])} needsPerson={network !== "up"}>
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
