import {
  imageKind,
  markOf,
  type AccountKey,
  type Checked,
  type ExportedFile,
  type Fingerprint,
  type MediaItem,
  type RecoveryCommands,
  type Restoration,
  type VaultPath,
} from "../../model";
import type { BackupPorts, Context } from "../context";
import { itemOfSeen } from "../ledger/journal";
import type { LedgerRecord } from "../ledger/ledger-record";
import type { Parts } from "../parts";
import { largestHere } from "../planning/plan";
import { findAbsent, type AbsentImage } from "./absent";
import { fromExport, fromGoogle, restore } from "./restore";

/** What recovery needs of a running engine. */
type Running = Pick<Parts, "context" | "verifier">;

type WithAccount = Running & { readonly account: AccountKey };

type Entry = Parameters<Context["write"]>[1][number];

/** Carries out what people decide about images that are gone from the account, or from the vault. */
export class Recovery implements RecoveryCommands {
  readonly #known: () => Running | undefined;
  readonly #awake: () => Promise<Running | undefined>;
  readonly #ports: Pick<BackupPorts, "lost" | "tell">;
  /** A look that has not begun, and the last one of all. */
  #next: Promise<readonly AbsentImage[]> | undefined;
  #last: Promise<unknown> = Promise.resolve();
  /** Ends with the last restoring that was asked for: there is one at a time. */
  #restored: Promise<unknown> = Promise.resolve();

  /**
   * @param known  what the vault was looked through with last, if only to be read
   * @param awake  the same to work with; an engine that rests after a fault begins anew for it
   */
  constructor(
    known: () => Running | undefined,
    awake: () => Promise<Running | undefined>,
    ports: Pick<BackupPorts, "lost" | "tell">,
  ) {
    this.#known = known;
    this.#awake = awake;
    this.#ports = ports;
  }

  /**
   * Looks for what is backed up and in no file of the vault, and tells of it. Whoever asks while a look is under way gets
   * what the next one finds, which knows what has changed meanwhile.
   */
  look(): Promise<readonly AbsentImage[]> {
    const find = async (): Promise<readonly AbsentImage[]> => {
      this.#next = undefined;
      const now = withAccount(this.#known());
      const images = now ? await findAbsent(this.#ports.lost, now.account, now.context) : [];
      this.#ports.tell({ type: "away", images });
      return images;
    };
    const next = (this.#next ??= this.#last.then(find, find));
    this.#last = next;
    return next;
  }

  verify(): Promise<Checked | undefined> {
    return this.#with(({ verifier }) => verifier.all());
  }

  want(paths: readonly VaultPath[]): Promise<Checked | undefined> {
    return this.#with(async (now) => {
      const records = recordsOf(paths, now).map(({ record }) => record);
      const forgotten = records.flatMap(({ isForgotten, items }) => (isForgotten ? items : []));
      const count = (what: "removed" | "forgotten"): Promise<void> =>
        now.context.write(
          now.account,
          forgotten.map(({ fp, id }) => ({ what, fp, id })),
        );
      // What was forgotten may be there all the same: it counts as gone while Google is asked.
      await count("removed");
      // What came back meanwhile, out of the bin perhaps, needs no sending.
      const checked = await now.verifier.of(new Set(records.map(({ fingerprint }) => fingerprint)));
      if (checked.is === "failed") {
        await count("forgotten");
        return checked;
      }
      await decide(paths, now, ({ fingerprint: fp, item }) =>
        item === undefined ? [{ what: "again", fp }] : [],
      );
      return checked;
    });
  }

  leave(paths: readonly VaultPath[]): Promise<true | undefined> {
    return this.#with((now) =>
      decide(paths, now, ({ fingerprint: fp, removed }) =>
        removed ? [{ what: "removed", fp, id: removed.item.id, left: true, bin: removed.bin }] : [],
      ),
    );
  }

  forget(paths: readonly VaultPath[]): Promise<true | undefined> {
    return this.#with<true>(async (now) => {
      // Of all that went: another one would be told of in the place of this.
      await decide(paths, now, ({ fingerprint: fp, removed, gone }) =>
        removed ? gone.map((id) => ({ what: "forgotten", fp, id })) : [],
      );
      const { account, context } = now;
      const chosen = new Set(paths);
      const away = (await this.look()).filter(({ path }) => chosen.has(path));
      const ids = new Set(away.map(({ item }) => item.id));
      const marks = new Set(away.map(({ mark }) => mark));
      const { ledger } = context;
      const entries: Entry[] = [];
      // Where two devices have met, the other one's item would be told of next.
      for (const { id, mark } of ledger.unlinked(account))
        if (marks.has(markOf(mark))) entries.push({ what: "unseen", id });
      // A restored copy and its original stand for one item.
      for (const { fingerprint: fp, item } of ledger.all(account))
        if (item !== undefined && ids.has(item.id))
          for (const id of ledger.present(account, fp)) entries.push({ what: "forgotten", fp, id });
      await context.write(account, entries);
      context.ports.tell({ type: "account-seen" });
      return true;
    });
  }

  confirm(paths: readonly VaultPath[]): Promise<true | undefined> {
    return this.#with((now) =>
      decide(paths, now, ({ fingerprint, guess }, path) =>
        // How it was made nobody knows: as it is counts as the original.
        guess ? [{ ...itemOfSeen(fingerprint, guess, "o"), path }] : [],
      ),
    );
  }

  restore(paths: readonly VaultPath[], files?: readonly ExportedFile[]): Promise<Restoration | undefined> {
    const putBack = async ({ account, context }: WithAccount): Promise<Restoration> => {
      const largest = largestHere(context.settings(), context.ports.limits.isPhone);
      const chosen = new Set(paths);
      const asked = (await this.look()).filter(({ path }) => chosen.has(path));
      // Notes may name one image in several ways: the longest tells best where it lay.
      asked.sort((one, other) => one.place.length - other.place.length);
      const images = [...new Map(asked.map((image) => [image.item.id, image])).values()];
      // An exported folder is read on computers alone.
      const fitting = files ? images : images.filter(({ item, place }) => sizeOf(item, place) <= largest);
      const found = files ? fromExport(images, files, account, context) : fromGoogle(fitting, context);
      const restored = await restore(found, images.length, account, context);
      await context.index.save();
      context.ports.tell({ type: "account-seen" });
      const tooLarge = images.length - fitting.length;
      return tooLarge > 0 ? { ...restored, tooLarge } : restored;
    };
    // What is being put back already would be in the way of itself.
    const next = this.#restored.then(() => this.#with(putBack));
    this.#restored = next;
    return next;
  }

  /**
   * Does something about the account, where anybody has signed in and no other window does the work; answers `undefined`
   * where it cannot be done. A fault ends this life of the engine, which tells of it.
   */
  async #with<Answer>(work: (now: WithAccount) => Promise<Answer>): Promise<Answer | undefined> {
    const now = withAccount(await this.#awake());
    // What this window wrote the other one would not read.
    if (!now || now.context.holds.blocking?.why === "other-window") return undefined;
    return new Promise((resolve) =>
      now.context.watched(() =>
        work(now)
          .then(resolve)
          .finally(() => resolve(undefined)),
      ),
    );
  }
}

/** How many bytes an item has, as far as is known: of a video nobody knows may have gigabytes. */
function sizeOf({ bytes }: MediaItem, path: VaultPath): number {
  return bytes ?? (imageKind(path) === "video" ? Infinity : 0);
}

/** Writes down what is decided about the images at these paths; nothing where that makes no sense. */
async function decide(
  paths: readonly VaultPath[],
  now: WithAccount,
  entriesOf: (record: LedgerRecord, path: VaultPath) => readonly Entry[],
): Promise<true> {
  const records = recordsOf(paths, now);
  await now.context.write(
    now.account,
    records.flatMap(({ record, path }) => entriesOf(record, path)),
  );
  now.context.replanAll(records.map(({ record }) => record.fingerprint));
  return true;
}

/** What can be worked with, and whose ledger counts; nothing until somebody has signed in for the first time. */
function withAccount(now: Running | undefined): WithAccount | undefined {
  const account = now?.context.account();
  return now && account && { ...now, account };
}

/** What the ledger knows of the images at these paths, each fingerprint once. */
function recordsOf(
  paths: readonly VaultPath[],
  { account, context: { catalogue, ledger } }: WithAccount,
): readonly { readonly record: LedgerRecord; readonly path: VaultPath }[] {
  const records = new Map<Fingerprint, { readonly record: LedgerRecord; readonly path: VaultPath }>();
  for (const path of paths) {
    const fingerprint = catalogue.get(path)?.fingerprint;
    const record = fingerprint && ledger.record(account, fingerprint);
    if (record !== undefined) records.set(record.fingerprint, { record, path });
  }
  return [...records.values()];
}
