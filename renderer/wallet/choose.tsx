import { ChevronRight } from "lucide-react";
import { Mark } from "../shared/components/mark.tsx";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import { AwayLine } from "./away-line.tsx";
import styles from "./choose.module.css";
import { ScreenHead } from "./frame.tsx";
import { usePhone, usePhoneState } from "./phone-context.tsx";
import { LanguageChoice } from "./settings.tsx";
import { Row, Rows, WaitingForRows } from "./rows.tsx";

/** Whose phone it is. Only the demo asks: a chat app knows who holds it. */
export function Choose() {
  const words = useWords();
  const formats = useFormats();
  const { shoppers, choosing } = usePhoneState();
  const { choose } = usePhone();
  return (
    <div className={styles.screen}>
      <ScreenHead title={words("wallet.choose-title")} start={<Mark widthPx={34} />} />
      <p className={styles.about}>{words("wallet.choose-about")}</p>
      <AwayLine />
      {shoppers === null && <WaitingForRows>{words("wallet.reaching")}</WaitingForRows>}
      {shoppers !== null && shoppers.length === 0 && <p className={styles.about}>{words("wallet.choose-none")}</p>}
      <Rows look="card">
        {shoppers?.map((shopper) => {
          const name = formats.name(shopper.name);
          const amount = formats.money(shopper.balanceMinor);
          return (
            <Row key={shopper.id} className={styles.shopper} onPress={() => choose(shopper)}>
              <span className={styles.initial} aria-hidden="true">
                {[...name][0]}
              </span>
              <span className={styles.name}>{name}</span>
              <span className={styles.amount}>{choosing === shopper.id ? words("wallet.choose-opening") : amount}</span>
              <ChevronRight size={22} aria-hidden />
            </Row>
          );
        })}
      </Rows>
      <div className={styles.foot}>
        <LanguageChoice />
      </div>
    </div>
  );
}
