import { UserRoundCheck } from "lucide-react";
import type { Basket } from "../../main/contract/snapshot.ts";
import { Key } from "../shared/components/key.tsx";
import { MainKey } from "../shared/components/main-key.tsx";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import styles from "./age-step.module.css";
import { useAct } from "./till.tsx";
import tenderStyles from "./tender-row.module.css";

/** Whether somebody has to look at the shopper's age before this basket can be paid. */
export function needsAge(basket: Basket): boolean {
  return basket.age !== undefined && basket.age.checked === undefined;
}

/**
 * The age stands between the basket and its payment, so it is asked for in the place of the next step. It has the colour
 * of what a person must decide, so that nobody touches it by habit as the key that takes the money.
 */
export function AgeStep({ basket }: { basket: Basket }) {
  const words = useWords();
  const formats = useFormats();
  const act = useAct();
  const { age, saleId } = basket;
  if (age === undefined) return null;
  return (
    <div className={styles.ask}>
      <MainKey
        kind="press"
        icon={UserRoundCheck}
        title={words("age.checked")}
        second={words("age.born", { years: age.minimum, day: formats.day(age.bornOnOrBefore) })}
        onPress={() => void act("basket.confirm-age", { saleId })}
      />
    </div>
  );
}

/** The other answer: whoever is too young gets the rest of the basket. */
export function AgeRow({ basket }: { basket: Basket }) {
  const words = useWords();
  const act = useAct();
  const count = basket.lines.filter((line) => line.ageMinimum !== undefined).length;
  return (
    <div className={tenderStyles.row}>
      <Key
        className={tenderStyles.key}
        label={words("age.too-young")}
        second={words("age.take-out", { count })}
        onPress={() => void act("basket.remove-age-limited", { saleId: basket.saleId })}
      />
    </div>
  );
}
