import { CircleAlert, Info, OctagonX } from "lucide-react";
import { classNames } from "../shared/class-names.ts";
import { useTillSnapshot } from "../shared/till-session.tsx";
import { useWords } from "../shared/words/intl.tsx";
import { KioskKey } from "./kiosk-key.tsx";
import styles from "./notices.module.css";
import { shopperWordsOf } from "./shopper-words.ts";
import { useQuietAct } from "./use-act.ts";
import { setView, useView } from "./view.ts";

/**
 * What the shopper has to hear, where the next item would lie: the page's own refusal before the till's. The next thing
 * that works takes it away; nothing waits for it.
 */
export function Notices({ className }: { className?: string | undefined }) {
  const words = useWords();
  const quietly = useQuietAct();
  const { notice } = useTillSnapshot();
  const fault = useView((view) => view.fault);
  const reason = useView((view) => view.reason);
  if (reason !== null) {
    return (
      <div className={classNames(styles.notice, styles.wait, className)} role="alert">
        <Info className={styles.icon} strokeWidth={1.75} aria-hidden />
        <p className={styles.happened}>{reason}</p>
        <KioskKey className={styles.close} label={words("kiosk.close")} onPress={() => setView({ reason: null })} />
      </div>
    );
  }
  const told = fault ?? notice?.fault;
  if (told === undefined) return null;
  const [happened, todo] = shopperWordsOf(told);
  const isBlocked = fault !== null || notice?.tone === "blocked";
  const Icon = isBlocked ? OctagonX : CircleAlert;
  const seconds = told.params["seconds"] ?? "–";
  const close = () => {
    if (fault !== null) setView({ fault: null });
    else if (notice !== undefined) void quietly("notice.dismiss", { noticeId: notice.id });
  };
  return (
    <div
      key={fault === null ? notice?.id : told.code}
      className={classNames(styles.notice, isBlocked ? styles.error : styles.attention, className)}
      role="alert"
    >
      <Icon className={styles.icon} strokeWidth={1.75} aria-hidden />
      <div className={styles.words}>
        <p className={styles.happened}>{words(happened)}</p>
        <p>{words(todo, { seconds })}</p>
      </div>
      <KioskKey className={styles.close} label={words("kiosk.close")} onPress={close} />
    </div>
  );
}
