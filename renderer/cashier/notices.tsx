import { wordsOfFault } from "../../main/contract/words/index.ts";
import { Notice, type NoticeForm, type NoticeTone } from "../shared/components/notice.tsx";
import { useLocale, useWords } from "../shared/words/intl.tsx";
import { useAct, useSnapshot } from "./till.tsx";
import { setView, useView } from "./view.ts";

const tones = { "unknown-item": "attention", blocked: "error", info: "wait" } as const satisfies Record<
  string,
  NoticeTone
>;

/** What the cashier has to hear, the page's own message before the till's. One at a time; the next success takes it away. */
export function Notices({ className, form }: { className?: string | undefined; form: NoticeForm }) {
  const words = useWords();
  const locale = useLocale();
  const act = useAct();
  const { notice, undoing = 0 } = useSnapshot();
  const message = useView((view) => view.message);
  const readUndoing = useView((view) => view.readUndoing);
  const clear = () => setView({ message: null });
  if (message?.kind === "reason") {
    return <Notice className={className} form={form} tone="wait" happened={message.text} onDismiss={clear} />;
  }
  if (message?.kind === "scan-refused") {
    return (
      <Notice
        className={className}
        form={form}
        tone="error"
        happened={words("scan-refused.happened")}
        safe={words("scan-refused.safe")}
        todo={words("scan-refused.todo")}
        onDismiss={clear}
      />
    );
  }
  if (message?.kind === "fault") {
    return (
      <Notice
        className={className}
        form={form}
        tone="error"
        {...wordsOfFault(message.fault, locale)}
        onDismiss={clear}
      />
    );
  }
  if (notice !== undefined) {
    return (
      <Notice
        key={notice.id}
        className={className}
        form={form}
        tone={tones[notice.tone]}
        {...wordsOfFault(notice.fault, locale)}
        onDismiss={() => void act("notice.dismiss", { noticeId: notice.id })}
      />
    );
  }
  if (undoing > readUndoing) {
    return (
      <Notice
        className={className}
        form={form}
        tone="wait"
        happened={words("reversing.happened", { count: undoing })}
        safe={words("reversing.safe")}
        todo={words("reversing.todo")}
        onDismiss={() => setView({ readUndoing: undoing })}
      />
    );
  }
  return null;
}
