import { Check, Printer, ScanBarcode } from "lucide-react";
import type { DeviceView } from "../../../main/contract/snapshot.ts";
import { wordsOfFault } from "../../../main/contract/words/index.ts";
import { classNames } from "../../shared/class-names.ts";
import type { WordKey } from "../../shared/words/en.ts";
import { useLocale, useWords } from "../../shared/words/intl.tsx";
import { ScrollPage } from "../parts/scroll-page.tsx";
import { SectionHead } from "../parts/section-head.tsx";
import { useSnapshot } from "../till.tsx";
import styles from "./devices-page.module.css";

const icons = { printer: Printer, scanner: ScanBarcode } as const;

const kindWords: Readonly<Record<DeviceView["kind"], WordKey>> = {
  printer: "manager.device-printer",
  scanner: "manager.device-scanner",
};

const stateWords: Readonly<Record<DeviceView["state"], WordKey>> = {
  absent: "manager.device-absent",
  present: "manager.device-present",
  opening: "manager.device-opening",
  ready: "manager.device-ready",
  degraded: "manager.device-degraded",
};

/** Everything with a plug: what it does, where it is, and what to do about it. */
export function DevicesPage() {
  const words = useWords();
  const { devices } = useSnapshot();
  const wrong = devices.filter(({ fault, state }) => fault !== undefined || state === "degraded").length;
  const starting = devices.filter(
    ({ state, fault }) => fault === undefined && (state === "opening" || state === "present"),
  );
  const title =
    devices.length === 0
      ? words("manager.devices-none")
      : wrong === 0 && starting.length === 0
        ? words("manager.devices-ready", { count: devices.length })
        : words("manager.devices-count", { ready: devices.filter(isFine).length, count: devices.length });
  return (
    <ScrollPage label={words("manager.nav-devices")}>
      <SectionHead
        title={title}
        urgent={wrong === 0 ? undefined : words("manager.devices-need", { count: wrong })}
        second={words(devices.length === 0 ? "manager.devices-none-second" : "manager.devices-second")}
      />
      <ul className={styles.list}>
        {devices.map((device) => (
          <Device key={device.id} device={device} />
        ))}
      </ul>
    </ScrollPage>
  );
}

function isFine({ state, fault }: DeviceView): boolean {
  return state === "ready" && fault === undefined;
}

function Device({ device }: { device: DeviceView }) {
  const words = useWords();
  const locale = useLocale();
  const { kind, state, place, fault } = device;
  const Icon = icons[kind];
  const fine = isFine(device);
  const fill = fault === undefined ? null : wordsOfFault(fault, locale);
  return (
    <li className={classNames(styles.device, fill !== null && styles.needs)}>
      <Icon size={30} strokeWidth={1.8} aria-hidden />
      <div className={styles.words}>
        <h2 className={styles.kind}>{words(kindWords[kind])}</h2>
        <p className={styles.state}>
          {fine && <Check size={20} aria-hidden />}
          {fill?.happened ?? words(stateWords[state])}
        </p>
        {fill !== null && <p>{fill.safe}</p>}
        {fill !== null && <p className={styles.todo}>{fill.todo}</p>}
        {fill === null && state === "absent" && <p>{words("manager.device-absent-todo")}</p>}
      </div>
      <p className={styles.place}>
        {place === undefined ? words("manager.device-no-place") : words("manager.device-place", { place })}
      </p>
    </li>
  );
}
