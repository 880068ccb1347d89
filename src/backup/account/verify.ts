import {
  aNumber,
  anObject,
  inSlices,
  MOST_IDS,
  orError,
  readAs,
  recipeOfMark,
  type AccountKey,
  type Checked,
  type CheckedImages,
  type Fingerprint,
  type MediaItemId,
  type Shaped,
} from "../../model";
import type { Context } from "../context";
import { itemOfSeen } from "../ledger/journal";
import type { Known } from "../ledger/ledger-record";
import type { Asked } from "./account-view";
import { askFor } from "./ask-for";

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

/** Whether an item is asked for, by the digits of its fingerprint, out of so many. */
type IsAsked = (digits: string, of: number) => boolean;

type Entry = Parameters<Context["write"]>[1][number];

/** Asks Google whether what the ledger says is there is there: a share a day by itself, all of it at a word. */
export class Verifier {
  readonly #context: Context;

  constructor(context: Context) {
    this.#context = context;
  }

  /** When the next share is due, on the clock's `elapsed`. */
  get due(): number {
    const { clock } = this.#context.ports;
    const rest = this.#last.at + DAY - clock.now();
    return rest > 0 ? clock.elapsed() + rest : -Infinity;
  }

  /** Checks the share that is due; where that fails, it is tried again on another day. */
  async share(): Promise<void> {
    const { ports, retries } = this.#context;
    const { share } = this.#last;
    const keep = (last: number): void => ports.memory.set(KEY, { at: ports.clock.now(), share: last });
    keep(share);
    if (this.#context.account() === undefined) return;
    // What another device has added meanwhile shows whether two have met.
    const error = await orError(this.#ask((digits, of) => isOfDay(digits, of, share + 1), {}));
    if (error) {
      retries.failed(error, 1);
    } else {
      retries.good();
      keep(share + 1);
    }
  }

  /** Checks everything. */
  all(): Promise<Checked> {
    return this.#checked(() => true, { isAll: true });
  }

  /** Checks what belongs to these fingerprints. */
  of(fingerprints: ReadonlySet<string>): Promise<Checked> {
    return this.#checked((digits) => fingerprints.has(digits));
  }

  async #checked(...questions: readonly [isAsked: IsAsked, look?: Asked]): Promise<Checked> {
    const began = this.#context.ports.clock.now();
    const error = await orError(this.#ask(...questions));
    return error ? { is: "failed", error } : { is: "checked", ...this.#images(began) };
  }

  /** Counts the images of the vault by how they stand now, after a check that began at a time. */
  #images(began: number): CheckedImages {
    const counted = { there: 0, gone: 0, young: 0, before: 0 };
    for (const { state } of this.#context.catalogue.all()) {
      if (state.is === "removed") counted.gone += 1;
      if (state.is !== "backed-up") continue;
      const { origin, since } = state.item;
      // What has come back, or was only just made, is told of since then.
      const isYoung = since < began && !isOldEnough(since, began);
      counted[origin === "preexisting" ? "before" : isYoung ? "young" : "there"] += 1;
    }
    return counted;
  }

  /**
   * Asks for items, and writes down what the answers change.
   *
   * @param look  what is asked of a look at the account before, if there is to be one; an earlier one is not good
   */
  async #ask(isAsked: IsAsked, look?: Asked): Promise<void> {
    const { ports, ledger, signal } = this.#context;
    const view = await this.#context.view();
    if (look !== undefined) await view.look("create", { since: ports.clock.elapsed(), ...look });
    const { account, library } = view;
    const unlinked = [...ledger.unlinked(account)];
    const count = ledger.sizeOf(account) + unlinked.length;
    const questions: Question[] = [];
    await inSlices(ledger.all(account), ports.clock, (known) => {
      if (isAsked(known.fingerprint, count)) questions.push(...this.#about(account, known));
    });
    for (const { id, mark } of unlinked) if (isAsked(mark, count)) questions.push({ id });
    const get = (ids: readonly MediaItemId[]) => library.get(ids, signal);
    for await (const answers of askFor(questions, ({ id }) => id, get)) {
      const news = answers.flatMap(([question, item]) => this.#news(account, question, item !== undefined));
      // One that a person has deleted and one that another device adds would count as none (decision 4).
      for (const entry of news) {
        const told = entry.what === "removed" ? ledger.known(account, entry.fp)?.told(entry.id) : undefined;
        if (told?.album !== undefined) view.albums.counts.forget(told.album);
      }
      await this.#context.write(account, news);
      this.#context.replanAll(news.flatMap((entry) => ("fp" in entry ? [entry.fp] : [])));
    }
    ports.tell({ type: "account-seen" });
  }

  #about(account: AccountKey, known: Known): readonly Question[] {
    const { clock } = this.#context.ports;
    const { item, fingerprint: fp, gone } = known;
    // What the user had from elsewhere this client cannot see: that says nothing.
    const isAsked =
      item !== undefined && item.origin !== "preexisting" && isOldEnough(item.since, clock.now());
    const ids = [...(isAsked ? [item.id] : []), ...gone, ...this.#context.ledger.doubles(account, known)];
    return ids.map((id) => ({ id, fp }));
  }

  /** What an answer changes, as journal entries. */
  #news(account: AccountKey, { id, fp }: Question, isThere: boolean): readonly Entry[] {
    if (fp === undefined) return isThere ? [] : [{ what: "unseen", id, gone: true }];
    const { ledger } = this.#context;
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

  /** The last share, and when it was. A device that is new to it, or whose clock was put back, waits for a day. */
  get #last(): Shaped<typeof lastShare> {
    const { clock, memory } = this.#context.ports;
    const kept = readAs(lastShare, memory.get(KEY));
    const at = clock.now();
    if (kept !== undefined && kept.at <= at) return kept;
    const last = { at, share: kept?.share ?? 0 };
    memory.set(KEY, last);
    return last;
  }
}

/** Whether Google may be asked for an item that is known since a time, which a clock that was ahead may have told. */
export function isOldEnough(since: number, now: number): boolean {
  return Math.abs(now - since) >= YOUNG;
}

/** Whether an item belongs to one day's share: by the fingerprint's digits, so that each has its day whatever comes and goes. */
function isOfDay(digits: string, of: number, day: number): boolean {
  const enough = Math.min(ROUND, Math.ceil(of / MOST_IDS));
  const shares = Math.max(1, enough, Math.ceil(of / MOST_A_DAY));
  return Number.parseInt(digits.slice(0, 8), 16) % shares === day % shares;
}
