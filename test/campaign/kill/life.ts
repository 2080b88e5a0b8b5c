import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { SeededChance } from "../../../main/demo/seeded.ts";
import { verifyLedger } from "../../../main/ledger/verify/verify.ts";
import { unpackTar } from "../../support/unpack-tar.ts";
import { Cashier } from "./cashier.ts";
import { checkRestart, type LastView } from "./check-restart.ts";
import { checkRun } from "./check-witness.ts";
import { endLife } from "./end-life.ts";
import { copyLedgerFiles, hasJournal, JournalBook, type Finding } from "./journal-book.ts";
import type { Lane, Run } from "./lane.ts";
import { chanceOf, type Kill, type LifePlan } from "./plan-kills.ts";
import type { Scene } from "./steps.ts";
import type { Plan, View } from "./wire.ts";
import { Dead, TillWindow, type Death, type OpenCall } from "./window.ts";
import { Witness } from "./witness.ts";

/** Nobody listens there: the line of a shop that is down. */
const deadPlatform = "http://127.0.0.1:9";

const firstVersion = join(import.meta.dirname, "../../main/ledger/vectors/first-version.tar.gz");

/** How long a till may take to be ready on a machine that does other things, too. */
const readyPatienceMs = 60_000;

/** How long what a scene has set going may take to reach its step. */
const reachPatienceMs = 1_500;

/** What a life came to. */
export type LifeResult = {
  /** How often the till was killed at each step; `outside` stands for a moment of no name. */
  kills: Map<string, number>;
  /** Steps that were planned and not reached, whose till was killed from outside instead. */
  missed: string[];
  findings: (Finding & { at: string })[];
  crashes: string[];
};

/** What a life is lived with. The same plan has the same kills and the same wishes of the people at the till. */
export type LifeOptions = {
  lane: Lane;
  plan: LifePlan;
  /** What is played before the end, when the till is not killed any more. */
  scenes: readonly Scene[];
};

/** One data folder: its till is killed again and again, each start meets what the kill before has left. */
export class Life {
  readonly #lane: Lane;
  readonly #plan: LifePlan;
  readonly #scenes: readonly Scene[];
  readonly #chance: SeededChance;
  readonly #home = mkdtempSync(join(tmpdir(), "suanpan-kill-"));
  readonly #witness = new Witness(join(this.#home, "witness.jsonl"));
  readonly #book = new JournalBook();
  readonly #result: LifeResult = { kills: new Map(), missed: [], findings: [], crashes: [] };
  readonly #settled = new Set<string>();
  #enrolmentCode: string | undefined;
  #last: LastView | undefined;
  /** Entries that were there before the campaign touched the folder. */
  #inherited = 0;

  constructor({ lane, plan, scenes }: LifeOptions) {
    this.#lane = lane;
    this.#plan = plan;
    this.#scenes = scenes;
    this.#chance = chanceOf(plan.seed);
  }

  /** The till's data folder. The witness's file lies beside it, not in it. */
  get #folder(): string {
    return join(this.#home, "till");
  }

  /** Lives it. What was found ends it early; the folder is then left for people to look at, and named. */
  async live(): Promise<LifeResult> {
    await this.#prepare();
    for (const [index, kill] of this.#plan.kills.entries()) {
      await this.#killOnce(kill, `kill ${index + 1} at ${kill.step?.name ?? "random"}`);
      if (this.#isSpoilt) break;
    }
    if (!this.#isSpoilt) await this.#end();
    this.#witness.close();
    if (this.#isSpoilt) process.stderr.write(`seed ${this.#plan.seed}: what was found lies in ${this.#home}\n`);
    else rmSync(this.#home, { recursive: true, force: true });
    return this.#result;
  }

  get #isSpoilt(): boolean {
    return this.#result.findings.length > 0 || this.#result.crashes.length > 0;
  }

  async #prepare(): Promise<void> {
    if (this.#plan.isOld) {
      await unpackTar(gunzipSync(readFileSync(firstVersion)), this.#folder);
      this.#readBook("the folder of the first version");
      this.#inherited = this.#book.entries.length;
    } else this.#enrolmentCode = await this.#lane.shop.enrolmentCode();
  }

  async #killOnce(kill: Kill, at: string): Promise<void> {
    const { step } = kill;
    const from = this.#book.entries.length;
    const seenBefore = this.#witness.seen.length;
    const run = this.#start(kill, at);
    const death = await this.#liveUntilDeath(run, kill, at);
    const how = run.killedAt ?? death.step ?? "outside";
    this.#witness.note({ what: "died", how: death.signal === "SIGKILL" ? how : `${death.code} ${death.words}` });
    if (death.signal !== "SIGKILL" && !(step?.scene === "rebuild" && death.code === 0)) {
      this.#result.crashes.push(`${at}: the till ended by itself with ${death.code}: ${death.words.slice(0, 1000)}`);
      return;
    }
    this.#count(how);
    if (step !== null && how !== step.name) this.#result.missed.push(step.name);
    this.#readBook(at);
    this.#found(at, checkRun(this.#witness.seen, this.#witness.seen.slice(seenBefore), this.#book, from));
    if (this.#chance.percent(20)) await this.#verify(at);
  }

  #start({ step, time }: Kill, at: string, isFirst = false): Run {
    const lane = this.#lane;
    const plan: Plan = {
      folder: this.#folder,
      platformUrl: this.#plan.isOld ? deadPlatform : lane.platformUrl,
      ...(this.#enrolmentCode === undefined ? {} : { enrolmentCode: this.#enrolmentCode }),
      printerPort: lane.printerPort,
      task: step?.scene === "rebuild" ? "rebuild" : "sell",
      ...(step?.where === "till" ? { dieAt: { step: step.name, time } } : {}),
    };
    this.#witness.note({ what: "started", task: plan.task, step: step?.name ?? "random" });
    const run: Run = {
      window: new TillWindow(lane.tills.start(plan, isFirst), {
        shown: (view) => this.#noteShown(view),
        answered: (call, value) => this.#noteAnswer(call, value),
        trouble: (words) => this.#found(at, [{ kind: "wrong", words: `The till says: ${words}` }]),
      }),
      witness: this.#witness,
      losesCharge: false,
      ...(step === null || step.where === "till" ? {} : { outside: { step, time } }),
    };
    lane.begin(run);
    return run;
  }

  async #liveUntilDeath(run: Run, kill: Kill, at: string): Promise<Death> {
    const { window } = run;
    if (kill.step?.scene === "rebuild") return window.died;
    if (kill.step === null && kill.from === "start") {
      if (!(await window.diesWithin(kill.delayMs))) return window.kill();
      return window.died;
    }
    const stuck = setTimeout(() => void window.kill(), readyPatienceMs);
    const first = await window.ready;
    clearTimeout(stuck);
    if (first === null) return window.died;
    const timer = kill.step === null ? setTimeout(() => void window.kill(), kill.delayMs) : undefined;
    try {
      await this.#look(window, first, at);
      await this.#work(run, kill);
    } catch (error) {
      if (!(error instanceof Dead)) this.#found(at, [{ kind: "wrong", words: String(error) }]);
    }
    // What the window showed last, for the next start to be held against.
    const isDead = await window.diesWithin(kill.step === null ? kill.delayMs : reachPatienceMs);
    clearTimeout(timer);
    const death = isDead ? await window.died : await window.kill();
    this.#last = { view: window.view, openCalls: window.openCalls };
    return death;
  }

  /** Holds what the till shows after its start against what was shown before. A refund in view is cleared away for it. */
  async #look(window: TillWindow, first: View, at: string): Promise<void> {
    if (this.#last === undefined) return;
    const { outcome } = first;
    if (outcome?.kind === "refund") await window.call("sale.next", { saleId: outcome.saleId });
    this.#found(at, checkRestart(this.#last, first, window.view, this.#book));
    this.#last = undefined;
  }

  /** Plays the scene that leads to the step, a few times where the step asks for it; at random, whatever comes. */
  async #work(run: Run, { step, time }: Kill): Promise<void> {
    const cashier = this.#cashier(run);
    if (step === null) {
      for (let scene = 0; scene < 20; scene += 1) await cashier.playAny();
      return;
    }
    if (this.#chance.percent(25)) await cashier.playAny();
    for (let scene = 0; scene < time + 1; scene += 1) await cashier.play(step.scene);
  }

  #cashier(run: Run): Cashier {
    return new Cashier({
      window: run.window,
      shop: this.#lane.shop,
      witness: this.#witness,
      chance: this.#chance,
      hasPlatform: !this.#plan.isOld,
      loseNextCharge: () => {
        run.losesCharge = true;
      },
    });
  }

  #noteShown({ outcome }: View): void {
    if (outcome === undefined) return;
    const { kind, saleId, receiptCode, totalMinor } = outcome;
    const shown = `${receiptCode} ${saleId}`;
    if (this.#settled.has(shown)) return;
    this.#settled.add(shown);
    this.#witness.note({ what: "settled", kind, saleId, receiptCode, totalMinor });
  }

  #noteAnswer({ method, input }: OpenCall, value: unknown): void {
    const said = value as Record<string, never>;
    const { saleId } = input as { saleId: string };
    if (method === "tender.cash") {
      this.#witness.note({
        what: "money",
        saleId,
        receiptCode: said["receiptCode"] ?? "",
        outMinor: said["changeMinor"] ?? 0,
      });
    } else if (method === "refund.settle") {
      this.#witness.note({
        what: "money",
        saleId,
        receiptCode: said["receiptCode"] ?? "",
        outMinor: said["paidOutMinor"] ?? 0,
      });
    } else if (method === "shift.close") {
      const { shift, sales, salesMinor, expectedCashMinor, differenceMinor } = value as ClosedShift;
      this.#witness.note({
        what: "shift-closed",
        shift,
        sales,
        salesMinor,
        expectedMinor: expectedCashMinor,
        differenceMinor,
      });
    } else if (method === "ledger.copy") this.#noteBackup((value as { file: string }).file);
  }

  /** A copy that has its name is whole: where it ends is read while its till goes on. */
  #noteBackup(file: string): void {
    const copy = new JournalBook();
    this.#found("a copy of the running ledger", copy.readOn(file));
    this.#witness.note({ what: "backup", file, head: copy.head });
  }

  #readBook(at: string): void {
    const copy = copyLedgerFiles(this.#folder);
    if (copy === null) return;
    try {
      if (hasJournal(copy.file)) this.#found(at, this.#book.readOn(copy.file));
    } finally {
      copy.remove();
    }
  }

  async #verify(at: string): Promise<void> {
    const copy = copyLedgerFiles(this.#folder);
    if (copy === null || this.#book.entries.length === 0) return copy?.remove();
    try {
      const marks = join(this.#folder, "marks");
      const result = await verifyLedger({ database: copy.file, ...(existsSync(marks) ? { marks } : {}) });
      if (!result.ok) {
        this.#found(at, [{ kind: "wrong", words: `Verification says ${JSON.stringify(result.firstBroken)}` }]);
      }
    } finally {
      copy.remove();
    }
  }

  async #end(): Promise<void> {
    const at = "the last start";
    let isFirst = this.#plan.kills.length === 0;
    const { findings, crash } = await endLife({
      start: () => {
        const run = this.#start({ step: null, time: 1, delayMs: 0, from: "ready" }, at, isFirst);
        isFirst = false;
        return run;
      },
      cashier: (run) => this.#cashier(run),
      folder: this.#folder,
      book: this.#book,
      witness: this.#witness,
      inherited: this.#inherited,
      look: (window, first) => this.#look(window, first, at),
      isPaidAtRail: (paymentId) => this.#lane.shop.isPaidAtRail(paymentId),
      database: this.#plan.isOld ? null : this.#lane.shop.database,
      scenes: this.#scenes,
      readBook: () => this.#readBook(at),
    });
    if (crash !== undefined) this.#result.crashes.push(`${at}: ${crash}`);
    this.#found("the end", findings);
  }

  #count(how: string): void {
    this.#result.kills.set(how, (this.#result.kills.get(how) ?? 0) + 1);
  }

  #found(at: string, findings: readonly Finding[]): void {
    this.#result.findings.push(...findings.map((finding) => ({ ...finding, at })));
  }
}

type ClosedShift = {
  shift: string;
  sales: number;
  salesMinor: number;
  expectedCashMinor: number;
  differenceMinor: number;
};
