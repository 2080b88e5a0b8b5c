import { LogOut, RotateCcw } from "lucide-react";
import { Key } from "../../shared/components/key.tsx";
import { useFormats, useWords } from "../../shared/words/intl.tsx";
import { Done, Refusal } from "../parts/outcome.tsx";
import { Question } from "../parts/question.tsx";
import { useAction, useSnapshot, useTillData } from "../till.tsx";
import { openSection, setView, useView } from "../view.ts";
import styles from "./till-page.module.css";

/**
 * Taking the till out of its shop, and setting it up anew. Neither can be done while a sale is only here; the reason
 * stands in words with count and sum. Whether it may be done is the till's to decide, which says no by itself too.
 */
export function LeaveTill() {
  const words = useWords();
  const question = useView((view) => view.question);
  const unsent = useUnsent();
  const signOut = useAction("till.sign-out");
  const reset = useAction("till.reset");
  const action = question === "reset" ? reset : signOut;
  const leave = async () => {
    const answer = await action.run({});
    setView({ question: null, ...(answer !== null && question === "sign-out" ? { hasLeft: true } : {}) });
  };
  const fault = signOut.fault ?? reset.fault;
  const isDone = signOut.isDone || reset.isDone;
  return (
    <section className={styles.part} aria-label={words("manager.leave")}>
      <h2 className={styles.title}>{words("manager.leave")}</h2>
      {unsent !== null && (
        <div className={styles.blocked}>
          <p className={styles.why}>{unsent.text}</p>
          <p>{words("manager.leave-why")}</p>
          <Key className={styles.wide} label={words("manager.leave-see")} onPress={() => openSection("sync")} />
        </div>
      )}
      {question === null ? (
        <div className={styles.acts}>
          <Act
            icon={LogOut}
            label={words("manager.sign-out")}
            about={words("manager.sign-out-about")}
            reason={unsent?.reason}
            onPress={() => setView({ question: "sign-out" })}
          />
          <Act
            icon={RotateCcw}
            label={words("manager.reset")}
            about={words("manager.reset-about")}
            reason={unsent?.reason}
            onPress={() => setView({ question: "reset" })}
          />
        </div>
      ) : (
        <Question
          title={words(question === "reset" ? "manager.reset-really" : "manager.sign-out-really")}
          lines={
            question === "reset"
              ? [words("manager.reset-forgets"), words("manager.reset-stays"), words("manager.reset-then")]
              : [words("manager.sign-out-sells"), words("manager.sign-out-stays"), words("manager.sign-out-then")]
          }
          yes={words(question === "reset" ? "manager.reset-yes" : "manager.sign-out-yes")}
          no={words(question === "reset" ? "manager.reset-no" : "manager.sign-out-no")}
          isBusy={action.isBusy}
          busy={words("manager.under-way")}
          onYes={() => void leave()}
          onNo={() => setView({ question: null })}
        />
      )}
      {fault !== null && (
        <Refusal
          fault={fault}
          onDismiss={() => {
            signOut.clear();
            reset.clear();
          }}
        />
      )}
      {isDone && <Done text={words(signOut.isDone ? "manager.signed-out" : "manager.reset-done")} />}
    </section>
  );
}

function Act(props: {
  icon: typeof LogOut;
  label: string;
  about: string;
  reason: string | undefined;
  onPress(): void;
}) {
  return (
    <div className={styles.act}>
      <Key
        className={styles.wide}
        icon={props.icon}
        label={props.label}
        reason={props.reason}
        onPress={props.onPress}
      />
      <p className={styles.text}>{props.about}</p>
    </div>
  );
}

/** What is only on this till, in a sentence and in the few words of a key; null where all has arrived. */
function useUnsent(): { text: string; reason: string } | null {
  const words = useWords();
  const { money } = useFormats();
  const { sync } = useSnapshot();
  const left = useTillData("sync.overview", {}).data?.notArrived;
  const count = left?.count ?? sync.salesWaiting;
  if (count === 0) return null;
  const amount = money(left?.totalMinor ?? sync.moneyWaitingMinor);
  return {
    text: words("manager.leave-blocked", { count, amount }),
    reason: words("manager.leave-blocked-short", { count }),
  };
}
