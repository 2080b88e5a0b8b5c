import type { BasketLine, Discount } from "../../main/contract/snapshot.ts";
import { Key } from "../shared/components/key.tsx";
import { formatPercent } from "../shared/format.ts";
import { useWords } from "../shared/words/intl.tsx";
import { giveDiscount } from "./entries/discount.ts";
import styles from "./sheets.module.css";
import { classNames } from "../shared/class-names.ts";
import { useAct, useSnapshot } from "./till.tsx";
import { closeAfter } from "./view.ts";

/** What shops take off most: 5, 10, 20 and 50 per cent, in parts per million. */
const usualRates: readonly number[] = [50_000, 100_000, 200_000, 500_000];

/** One touch for the usual percentages. The one in force is marked; `none` takes the discount off. */
export function PercentKeys(props: {
  lineId: string | null;
  given: Discount | BasketLine["discounts"][number] | undefined;
}) {
  const words = useWords();
  const act = useAct();
  const { basket } = useSnapshot();
  const { lineId, given } = props;
  const givenRate = given !== undefined && "ratePartsPerMillion" in given ? given.ratePartsPerMillion : undefined;
  const give = (rate: number | null) =>
    void closeAfter(
      giveDiscount(act, { lineId, saleId: basket.saleId }, rate === null ? undefined : { ratePartsPerMillion: rate }),
    );
  return (
    <div className={styles.quick} role="group" aria-label={words("discount.usual")}>
      {usualRates.map((rate) => (
        <Key
          key={rate}
          className={classNames(styles.key, givenRate === rate && styles.on)}
          label={words("discount.percent", { percent: formatPercent(rate) })}
          isOn={givenRate === rate}
          onPress={() => give(rate)}
        />
      ))}
      {given !== undefined && <Key className={styles.key} label={words("discount.none")} onPress={() => give(null)} />}
    </div>
  );
}
