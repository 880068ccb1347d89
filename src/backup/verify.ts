import {
  aNumber,
  anObject,
  MOST_IDS,
  orError,
  qualityOfMark,
  readAs,
  recipeKey,
  type AccountKey,
  type Checked,
  type CheckedImages,
  type Fingerprint,
  type MediaItemId,
  type Shaped,
} from "../model";
import type { AccountView } from "./account-view";
import { askFor } from "./ask-for";
import type { Context } from "./context";
import { itemAgain, itemOfSeen } from "./journal";
import type { Known } from "./ledger-record";

const DAY = 24 * 3_600_000;

/** What is younger than this, in milliseconds, may not be told of everywhere at Google. */
const YOUNG = 3_600_000;

/** The ledger is gone through in this many days, unless that takes more items a day than `MOST_A_DAY`. */
const ROUND = 30;
const MOST_A_DAY = 40 * MOST_IDS;

/** Where the device keeps when it last checked a share, and which one. */
const KEY = "checked";
const lastShare = anObject({ at: aNumber, share: aNumber });

/** An item to be asked for, and the fingerprint that it stands for, unless its mark is all that is known. */
interface Question {
  readonly id: MediaItemId;
  readonly fp?: Fingerprint;
}

type Entry = Parameters<Context["write"]>[1][number];

/** Asks Google whether what the ledger says is there is there: a share a day by itself, all of it at a word. */
export class Verifier {
  /** When the next share is due, on the clock's `elapsed`. */
  #due: number | undefined;

  constructor(
    private readonly context: Context,
    private readonly account: () => AccountKey | undefined,
  ) {}

  /** When the next share is due, on the clock's `elapsed`. A device that is new to it waits for a day. */
  get due(): number {
    if (this.#due === undefined) {
      const { clock, memory } = this.context.ports;
      const now = clock.now();
      const { at, share } = this.#last ?? { at: now, share: 0 };
      const since = Math.min(at, now);
      memory.set(KEY, { at: since, share });
      this.#due = clock.elapsed() + Math.max(0, since + DAY - now);
    }
    return this.#due;
  }

  /** Checks the share that is due; where that fails, it is tried again on another day. */
  async share(): Promise<void> {
    const { ports, retries, signal } = this.context;
    const before = this.#last?.share ?? 0;
    this.#due = ports.clock.elapsed() + DAY;
    if (this.account() === undefined) return;
    const trouble = await orError(
      this.#ask(async (view) => {
        // What another device has added meanwhile shows whether two have met.
        await view.look("check", signal);
        return this.#all(view.account, before + 1);
      }),
    );
    if (trouble === undefined) retries.good();
    else retries.failed(trouble, 1);
    const share = trouble === undefined ? before + 1 : before;
    ports.memory.set(KEY, { at: ports.clock.now(), share });
  }

  /** Checks everything. */
  async all(): Promise<Checked> {
    return this.#checked(async (view) => {
      await view.lookAgain(this.context.signal);
      return this.#all(view.account);
    });
  }

  /** Checks what belongs to these fingerprints. */
  of(fingerprints: Iterable<Fingerprint>): Promise<Checked> {
    return this.#checked(({ account }) =>
      Promise.resolve(
        [...fingerprints].flatMap((fingerprint) => {
          const known = this.context.ledger.known(account, fingerprint);
          return known === undefined ? [] : this.#about(account, known);
        }),
      ),
    );
  }

  async #checked(questions: (view: AccountView) => Promise<readonly Question[]>): Promise<Checked> {
    let young = 0;
    const error = await orError(
      this.#ask(async (view) => {
        const asked = await questions(view);
        ({ young } = this.#images());
        return asked;
      }),
    );
    if (error !== undefined) return { is: "failed", error };
    const now = this.#images();
    // What has come back is told of anew, but was asked for.
    return { is: "checked", ...now, young, there: now.there + now.young - young };
  }

  /** Counts the images of the vault by how they stand now. */
  #images(): CheckedImages {
    const { catalogue, ports } = this.context;
    const counted = { there: 0, gone: 0, young: 0, before: 0 };
    for (const { state } of catalogue.all()) {
      if (state.is === "removed") counted.gone += 1;
      if (state.is !== "backed-up") continue;
      const { origin, since } = state.item;
      if (origin === "preexisting") counted.before += 1;
      else counted[ports.clock.now() - since < YOUNG ? "young" : "there"] += 1;
    }
    return counted;
  }

  /** What there is to be asked, or the share of one day; in slices. */
  async #all(account: AccountKey, day?: number): Promise<readonly Question[]> {
    const { ledger, ports } = this.context;
    const unlinked = ledger.unlinked(account);
    const isAsked = day === undefined ? () => true : shareOf(ledger.sizeOf(account) + unlinked.length, day);
    const questions: Question[] = [];
    for (const known of ledger.all(account)) {
      const pause = ports.clock.breath();
      if (pause !== undefined) await pause;
      if (isAsked(known.fingerprint)) questions.push(...this.#about(account, known));
    }
    for (const { id, mark } of unlinked) if (isAsked(mark)) questions.push({ id });
    return questions;
  }

  #about(account: AccountKey, known: Known): readonly Question[] {
    const { clock } = this.context.ports;
    const { item, fingerprint: fp, gone } = known;
    // What the user had from elsewhere this client cannot see: that says nothing.
    const isAsked = item !== undefined && item.origin !== "preexisting" && clock.now() - item.since >= YOUNG;
    const ids = [...(isAsked ? [item.id] : []), ...gone, ...this.context.ledger.doubles(account, known)];
    return ids.map((id) => ({ id, fp }));
  }

  async #ask(questions: (view: AccountView) => Promise<readonly Question[]>): Promise<void> {
    const view = await this.context.view();
    const { account, library } = view;
    const { ports, signal } = this.context;
    for await (const answers of askFor(await questions(view), ({ id }) => id, library, signal)) {
      const news = answers.flatMap(([question, item]) => this.#news(account, question, item !== undefined));
      await this.context.write(account, news);
      this.context.replanAll(news.flatMap((entry) => ("fp" in entry ? [entry.fp] : [])));
    }
    ports.tell({ type: "account-seen" });
  }

  /** What an answer changes, as journal entries. */
  #news(account: AccountKey, { id, fp }: Question, isThere: boolean): readonly Entry[] {
    if (fp === undefined) return isThere ? [] : [{ what: "unseen", id, gone: true }];
    const { ledger } = this.context;
    const known = ledger.known(account, fp);
    const isGone = known?.gone.includes(id) === true;
    // What is there as it should be, or still gone, is no news.
    if (isThere !== isGone) return [];
    if (isThere) {
      const told = ledger.record(account, fp)?.told(id);
      return told === undefined ? [] : [itemAgain(told)];
    }
    const removed: Entry = { what: "removed", fp, id };
    // Another item that stands for the same bytes takes its place.
    const other = known?.item?.id === id ? ledger.seen(account, fp, id) : undefined;
    if (other === undefined) return [removed];
    const dated = known?.item?.recipe.endsWith("d") === true;
    return [removed, itemOfSeen(fp, other, recipeKey({ quality: qualityOfMark(other.mark), dated }))];
  }

  get #last(): Shaped<typeof lastShare> | undefined {
    return readAs(lastShare, this.context.ports.memory.get(KEY));
  }
}

/** Chooses the share of one day: by the fingerprint's digits, so that every one has its day whatever comes and goes. */
function shareOf(count: number, day: number): (digits: string) => boolean {
  const enough = Math.min(ROUND, Math.ceil(count / MOST_IDS));
  const shares = Math.max(1, enough, Math.ceil(count / MOST_A_DAY));
  return (digits) => Number.parseInt(digits.slice(0, 8), 16) % shares === day % shares;
}
