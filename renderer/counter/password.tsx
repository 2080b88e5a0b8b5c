import { Check, X } from "lucide-react";
import { Key } from "../shared/components/key.tsx";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import { useCounterAct } from "./counter.tsx";
import styles from "./phone.module.css";
import { walletWords, type CounterRail } from "./rails.ts";

/** Another company's wallet asks for the password: the shopper gives it or refuses. */
export function Password(props: { rail: CounterRail["rail"]; order: CounterRail["waiting"][number] }) {
  const words = useWords();
  const formats = useFormats();
  const act = useCounterAct();
  const { rail, order } = props;
  const answer = (confirms: boolean) => () =>
    void act("shopper.answer", { rail, orderNumber: order.orderNumber, confirms });
  return (
    <div className={styles.card} role="status">
      <h3 className={styles.cardTitle}>{words("counter.password-title", { wallet: words(walletWords[rail]) })}</h3>
      <p className={styles.ask}>{words("counter.password-amount", { amount: formats.money(order.amountMinor) })}</p>
      <div className={styles.keys}>
        <Key className={styles.answer} icon={X} label={words("counter.refuse")} onPress={answer(false)} />
        <Key className={styles.answer} icon={Check} label={words("counter.confirm")} onPress={answer(true)} />
      </div>
    </div>
  );
}
