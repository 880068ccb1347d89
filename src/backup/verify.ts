import {
  aNumber,
  anObject,
  MOST_IDS,
  PhotosError,
  qualityOfMark,
  readAs,
  recipeKey,
  type AccountKey,
  type Checked,
  type CheckedImages,
  type Fingerprint,
  type GetResult,
  type MediaItemId,
  type Shaped,
} from "../model";
import type { AccountView } from "./account-view";
import type { Context } from "./context";
import { itemAgain, itemOfSeen } from "./journal";
import type { SeenItem } from "./ledger";
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

/** An item to be asked for, and what the ledger says of it: it counts, it is gone, or it stands beside the one that counts. */
type Question =
  | { readonly id: MediaItemId; readonly as: "item" | "gone" | "double"; readonly fp: Fingerprint }
  | { readonly id: MediaItemId; readonly as: "seen"; readonly seen: SeenItem };

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
    const { clock, memory } = this.context.ports;
    if (this.#due === undefined) {
      const now = clock.now();
      const last = this.#last();
      if (last === undefined || last.at > now) memory.set(KEY, { at: now, share: last?.share ?? 0 });
      const age = last === undefined ? 0 : Math.max(0, now - last.at);
      this.#due = clock.elapsed() + Math.max(0, DAY - age);
    }
    return this.#due;
  }

  /** Checks the share that is due; where that fails, it is tried again on another day. */
  async share(): Promise<void> {
    const { clock, memory } = this.context.ports;
    const account = this.account();
    const share = (this.#last()?.share ?? 0) + 1;
    this.#due = clock.elapsed() + DAY;
    if (account === undefined) return;
    try {
      const view = await this.context.view();
      // What another device has added meanwhile shows whether two have met.
      await view.look("check");
      if (account === view.account) await this.#ask(view, await this.#all(account, share));
      this.context.retries.good();
      memory.set(KEY, { at: clock.now(), share });
    } catch (error) {
      if (!(error instanceof PhotosError)) throw error;
      this.context.retries.failed(error, 1);
      memory.set(KEY, { at: clock.now(), share: share - 1 });
    }
  }

  /** Checks everything. */
  async all(): Promise<Checked> {
    return this.#checked(async (view) => {
      await view.look("all");
      return this.#all(view.account);
    });
  }

  /** Checks what belongs to these fingerprints. */
  of(fingerprints: Iterable<Fingerprint>): Promise<Checked> {
    return this.#checked(({ account }) =>
      Promise.resolve(
        [...fingerprints].flatMap((fingerprint) => {
          const known = this.context.ledger.known(account, fingerprint);
          return known === undefined ? [] : [...this.#about(account, known)];
        }),
      ),
    );
  }

  async #checked(questions: (view: AccountView) => Promise<readonly Question[]>): Promise<Checked> {
    try {
      const view = await this.context.view();
      const asked = await questions(view);
      const { young } = this.#images();
      await this.#ask(view, asked);
      const now = this.#images();
      // What has come back is told of anew, but was asked for.
      return { is: "checked", ...now, young, there: now.there + now.young - young };
    } catch (error) {
      if (!(error instanceof PhotosError)) throw error;
      return { is: "failed", error };
    }
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
    for (const seen of unlinked) if (isAsked(seen.mark)) questions.push({ id: seen.id, as: "seen", seen });
    return questions;
  }

  *#about(account: AccountKey, known: Known): Iterable<Question> {
    const { clock } = this.context.ports;
    const { item, fingerprint: fp } = known;
    // What the user had from elsewhere this client cannot see: that says nothing.
    if (item !== undefined && item.origin !== "preexisting" && clock.now() - item.since >= YOUNG)
      yield { id: item.id, as: "item", fp };
    for (const id of known.gone) yield { id, as: "gone", fp };
    for (const id of this.context.ledger.doubles(account, known)) yield { id, as: "double", fp };
  }

  async #ask({ account, library }: AccountView, questions: readonly Question[]): Promise<void> {
    const { ports, signal } = this.context;
    const byId = new Map<MediaItemId, Question[]>();
    for (const question of questions) {
      const same = byId.get(question.id);
      if (same === undefined) byId.set(question.id, [question]);
      else same.push(question);
    }
    const all = [...byId];
    for (let at = 0; at < all.length; at += MOST_IDS) {
      const asked = all.slice(at, at + MOST_IDS);
      const results = await library.get(
        asked.map(([id]) => id),
        signal,
      );
      const news = asked.flatMap(([, same], place) =>
        same.flatMap((question) => {
          const result = results[place];
          return result === undefined ? [] : this.#news(account, question, result);
        }),
      );
      await this.context.write(account, news);
      this.context.replanAll(news.flatMap((entry) => ("fp" in entry ? [entry.fp] : [])));
    }
    ports.tell({ type: "account-seen" });
  }

  /** What an answer changes, as journal entries. */
  #news(account: AccountKey, question: Question, { is }: GetResult): readonly Entry[] {
    if (question.as === "seen")
      return is === "there" ? [] : [{ what: "unseen", id: question.id, gone: true }];
    const { id, as, fp } = question;
    // What is there as it should be, or still gone, is no news.
    if ((is === "there") !== (as === "gone")) return [];
    const told = this.context.ledger.record(account, fp)?.told(id);
    if (as === "gone") return told === undefined ? [] : [itemAgain(told)];
    const removed: Entry = { what: "removed", fp, id };
    if (as === "double") return [removed];
    // Another item that stands for the same bytes takes its place.
    const other = this.context.ledger.seen(account, fp, id);
    if (other === undefined) return [removed];
    const dated = told?.recipe.endsWith("d") === true;
    return [removed, itemOfSeen(fp, other, recipeKey({ quality: qualityOfMark(other.mark), dated }))];
  }

  #last(): Shaped<typeof lastShare> | undefined {
    return readAs(lastShare, this.context.ports.memory.get(KEY));
  }
}

/** Chooses the share of one day: by the fingerprint's digits, so that every one has its day whatever comes and goes. */
function shareOf(count: number, day: number): (digits: string) => boolean {
  const enough = Math.min(ROUND, Math.ceil(count / MOST_IDS));
  const shares = Math.max(1, enough, Math.ceil(count / MOST_A_DAY));
  return (digits) => Number.parseInt(digits.slice(0, 8), 16) % shares === day % shares;
}
