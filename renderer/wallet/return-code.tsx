import { useFormats, useWords } from "../shared/words/intl.tsx";
import { ScreenHead } from "./frame.tsx";
import { BackKey } from "./head-keys.tsx";
import { usePhoneState } from "./phone-context.tsx";
import { Qr } from "./qr.tsx";
import styles from "./return-code.module.css";

/** The code of a receipt, large, and what to do with it. */
export function ReturnCode({ threadId, messageId }: { threadId: string; messageId: string }) {
  const words = useWords();
  const formats = useFormats();
  const { rooms, threads } = usePhoneState();
  const message = rooms[threadId]?.messages?.find((each) => each.messageId === messageId);
  const receipt = message?.kind === "receipt" ? message.receipt : undefined;
  const address = threads?.find((each) => each.threadId === threadId)?.address;
  return (
    <div className={styles.screen}>
      <ScreenHead title={words("wallet.return-title")} start={<BackKey to={{ screen: "chat", threadId }} />} />
      <div className={styles.scroll}>
        {receipt === undefined ? (
          <p className={styles.steps}>{words("wallet.return-gone")}</p>
        ) : (
          <>
            <section className={styles.card} aria-label={words("wallet.return-show")}>
              <h2 className={styles.title}>{words("wallet.return-show")}</h2>
              <Qr
                text={receipt.returnCode}
                name={words("wallet.return-image", { receipt: receipt.receiptCode })}
                mostPixels={9}
              />
              <p className={styles.number}>{words("wallet.receipt-number", { receipt: receipt.receiptCode })}</p>
            </section>
            <ol className={styles.steps}>
              <li>
                {address === undefined
                  ? words("wallet.return-step-goods-only", { store: formats.name(receipt.store) })
                  : words("wallet.return-step-goods", {
                      store: formats.name(receipt.store),
                      address: formats.name(address),
                    })}
              </li>
              <li>{words("wallet.return-step-scan", { receipt: receipt.receiptCode })}</li>
              <li>{words("wallet.return-step-money")}</li>
            </ol>
          </>
        )}
      </div>
    </div>
  );
}
