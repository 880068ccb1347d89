import {
  aNumber,
  anObject,
  MOST_IDS,
  orError,
  PhotosError,
  readAs,
  recipeOfMark,
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
import { itemOfSeen } from "./journal";
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

/** What is done before anything is asked. */
type Look = (view: AccountView) => Promise<void>;

/** Whether an item is asked for, by the digits of its fingerprint, out of so many. */
type IsAsked = (digits: string, of: number) => boolean;

type Entry = Parameters<Context["write"]>[1][number];

/** Asks Google whether what the ledger says is there is there: a share a day by itself, all of it at a word. */
export class Verifier {
  /** When the next share is due, on the clock's `elapsed`. */
  #due: number | undefined;

  constructor(private readonly context: Context) {}

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
    const { ports, retries } = this.context;
    const before = this.#last?.share ?? 0;
    this.#due = ports.clock.elapsed() + DAY;
    if (this.context.account() === undefined) return;
    const asked = await orError(
      this.#ask(
        // What another device has added meanwhile shows whether two have met.
        (view) => view.look("create", { since: ports.clock.elapsed() }),
        (digits, of) => isOfDay(digits, of, before + 1),
      ),
    );
    const isDone = !(asked instanceof PhotosError);
    if (isDone) retries.good();
    else retries.failed(asked, 1);
    ports.memory.set(KEY, { at: ports.clock.now(), share: isDone ? before + 1 : before });
  }

  /** Checks everything. */
  all(): Promise<Checked> {
    return this.#checked(
      (view) => view.look("create", { since: this.context.ports.clock.elapsed(), isAll: true }),
      () => true,
    );
  }

  /** Checks what belongs to these fingerprints. */
  of(fingerprints: ReadonlySet<string>): Promise<Checked> {
    return this.#checked(
      () => Promise.resolve(),
      (digits) => fingerprints.has(digits),
    );
  }

  async #checked(...questions: readonly [look: Look, isAsked: IsAsked]): Promise<Checked> {
    const young = await orError(this.#ask(...questions));
    if (young instanceof PhotosError) return { is: "failed", error: young };
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

  /**
   * Looks, asks for items, and writes down what the answers change.
   *
   * @returns  how many images were too young to be asked for
   */
  async #ask(look: Look, isAsked: IsAsked): Promise<number> {
    const { ports, ledger, signal } = this.context;
    const view = await this.context.view();
    await look(view);
    const { account, library } = view;
    const unlinked = ledger.unlinked(account);
    const count = ledger.sizeOf(account) + unlinked.length;
    const questions: Question[] = [];
    for (const known of ledger.all(account)) {
      const pause = ports.clock.breath();
      if (pause !== undefined) await pause;
      if (isAsked(known.fingerprint, count)) questions.push(...this.#about(account, known));
    }
    for (const { id, mark } of unlinked) if (isAsked(mark, count)) questions.push({ id });
    const { young } = this.#images();
    const get = (ids: readonly MediaItemId[]) => library.get(ids, signal);
    for await (const answers of askFor(questions, ({ id }) => id, get)) {
      const news = answers.flatMap(([question, item]) => this.#news(account, question, item !== undefined));
      await this.context.write(account, news);
      this.context.replanAll(news.flatMap((entry) => ("fp" in entry ? [entry.fp] : [])));
    }
    ports.tell({ type: "account-seen" });
    return young;
  }

  #about(account: AccountKey, known: Known): readonly Question[] {
    const { clock } = this.context.ports;
    const { item, fingerprint: fp, gone } = known;
    // What the user had from elsewhere this client cannot see: that says nothing.
    const isAsked = item !== undefined && item.origin !== "preexisting" && clock.now() - item.since >= YOUNG;
    const ids = [...(isAsked ? [item.id] : []), ...gone, ...this.context.ledger.doubles(account, known)];
    return ids.map((id) => ({ id, fp }));
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
      const told = known?.told(id);
      return told === undefined ? [] : [told];
    }
    const removed: Entry = { what: "removed", fp, id };
    // Another item that stands for the same bytes takes its place.
    const other = known?.item?.id === id ? ledger.seen(account, fp, id) : undefined;
    if (other === undefined) return [removed];
    const dated = known?.item?.recipe.endsWith("d") === true;
    return [removed, itemOfSeen(fp, other, recipeOfMark(other.mark, dated))];
  }

  get #last(): Shaped<typeof lastShare> | undefined {
    return readAs(lastShare, this.context.ports.memory.get(KEY));
  }
}

/** Whether an item belongs to one day's share: by the fingerprint's digits, so that each has its day whatever comes and goes. */
function isOfDay(digits: string, of: number, day: number): boolean {
  const enough = Math.min(ROUND, Math.ceil(of / MOST_IDS));
  const shares = Math.max(1, enough, Math.ceil(of / MOST_A_DAY));
  return Number.parseInt(digits.slice(0, 8), 16) % shares === day % shares;
}
