import { Apple, ScanBarcode, ShoppingBag, Wallet } from "lucide-react";
import { useTillSnapshot } from "../shared/till-session.tsx";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import { BeamLine } from "./beam-line.tsx";
import { Items } from "./items.tsx";
import { KioskKey, KioskMainKey } from "./kiosk-key.tsx";
import { Notices } from "./notices.tsx";
import { Screen } from "./screen.tsx";
import styles from "./scan.module.css";
import { LowReach } from "./low-reach.tsx";
import { Totals } from "./totals.tsx";
import { bagCategory, useBags } from "./use-tiles.ts";
import { openPanel, setView, useView } from "./view.ts";
import { useAct, useDismiss } from "./use-act.ts";

/** The items as they are counted: the newest lies on the beam, the total under it, the pay key below that. */
export function Scan() {
  const words = useWords();
  const { basket } = useTillSnapshot();
  const selected = useView((view) => view.selectedLineId);
  const isLow = useView((view) => view.access.isLow);
  const onBeam =
    basket.lines.find((line) => line.lineId === selected) ??
    basket.lines.find((line) => line.lineId === basket.newestLineId) ??
    basket.lines.at(-1);
  return (
    <Screen
      title={words("kiosk.items")}
      isTitleHidden
      work={
        <>
          {onBeam === undefined ? <Empty /> : <Items lines={basket.lines} onBeam={onBeam} />}
          <Notices />
          {onBeam !== undefined && (
            <BeamLine
              key={onBeam.lineId}
              line={onBeam}
              isNewest={onBeam.lineId === basket.newestLineId}
              hasStepper={!isLow}
            />
          )}
        </>
      }
      lower={
        <>
          {isLow && onBeam !== undefined && <LowReach line={onBeam} />}
          <Totals label="kiosk.total" />
          <GoodsKeys />
          <PayKey />
        </>
      }
    />
  );
}

function Empty() {
  const words = useWords();
  return (
    <div className={styles.empty}>
      <ScanBarcode className={styles.emptyIcon} strokeWidth={1.5} aria-hidden />
      <p className={styles.emptyTitle}>{words("kiosk.empty-title")}</p>
      <p className={styles.emptyText}>{words("kiosk.empty-text")}</p>
    </div>
  );
}

/** Ways into the basket without a barcode. One kind of bag is added at a touch, several are chosen from. */
function GoodsKeys() {
  const words = useWords();
  const act = useAct();
  const bags = useBags();
  const addBag = () => {
    const only = bags?.length === 1 ? bags[0] : undefined;
    if (only !== undefined) void act("basket.add", { itemId: only.itemId });
    else openPanel({ kind: "goods", category: bagCategory });
  };
  return (
    <div className={styles.keys}>
      <KioskKey
        icon={Apple}
        label={words("kiosk.no-barcode")}
        onPress={() => openPanel({ kind: "goods", category: null })}
      />
      {bags !== null && <KioskKey icon={ShoppingBag} label={words("kiosk.bag")} onPress={addBag} />}
    </div>
  );
}

function PayKey() {
  const words = useWords();
  const formats = useFormats();
  const { basket, sync } = useTillSnapshot();
  const dismiss = useDismiss();
  const toCheck = basket.lines.filter((line) => line.ageMinimum !== undefined).length;
  const isUnchecked = basket.age !== undefined && basket.age.checked === undefined;
  let second = words("kiosk.pay-second");
  if (isUnchecked) second = words("kiosk.pay-check", { count: toCheck });
  else if (sync.state !== "online") second = words("kiosk.pay-offline");
  if (basket.lines.length === 0) {
    return <div className={styles.listen}>{words("kiosk.empty-title")}</div>;
  }
  return (
    <KioskMainKey
      icon={Wallet}
      title={words("kiosk.pay", { amount: formats.money(basket.dueMinor) })}
      second={second}
      onPress={() => {
        dismiss();
        setView({ wantsToPay: true, selectedLineId: null });
      }}
    />
  );
}
