import {
  NOTHING_CHECKED,
  type AccountKey,
  type Checked,
  type ExportedFile,
  type Fingerprint,
  type RecoveryCommands,
  type Restoration,
  type VaultPath,
} from "../model";
import { isRecord, type Absent, type AbsentImages } from "./absent";
import type { Context } from "./context";
import { itemOfSeen } from "./journal";
import type { LedgerRecord } from "./ledger-record";
import { restoreFromExport, restoreFromGoogle } from "./restore";
import type { Verifier } from "./verify";

/** What recovery needs of a running engine. */
export interface Running {
  readonly context: Context;
  readonly verifier: Verifier;
  readonly absent: AbsentImages;
  readonly account: AccountKey | undefined;
}

const NONE: Absent = { missing: [], only: [] };
const NOTHING: Restoration = { same: 0, copies: 0, not: 0 };

/** Carries out what people decide about images that are gone from the account, or from the vault. */
export class Recovery implements RecoveryCommands {
  #lost: () => Iterable<VaultPath> = () => [];
  /** A look that has not begun, and the end of the one before it. */
  #next: Promise<Absent> | undefined;
  #last: Promise<unknown> = Promise.resolve();

  /**
   * @param known  what the vault was looked through with last, if only to be read
   * @param awake  the same to work with; an engine that rests after a fault begins anew for it
   * @param send   backs up these images now
   */
  constructor(
    private readonly known: () => Running | undefined,
    private readonly awake: () => Promise<Running | undefined>,
    private readonly send: (paths: readonly VaultPath[]) => void,
  ) {}

  /**
   * What is backed up and in no file of the vault; `lost` are the images that notes ask for in vain. Whoever asks while a
   * look is under way gets what the next one finds, which knows what has changed meanwhile.
   */
  look(lost = this.#lost): Promise<Absent> {
    this.#lost = lost;
    if (this.#next !== undefined) return this.#next;
    const next = this.#last.then(() => {
      this.#next = undefined;
      const now = this.known();
      return now?.account === undefined ? NONE : now.absent.find(this.#lost, now.account);
    });
    this.#next = next;
    this.#last = next.catch(() => undefined);
    return next;
  }

  async verify(): Promise<Checked> {
    return (await this.awake())?.verifier.all() ?? NOTHING_CHECKED;
  }

  async sendAgain(paths: readonly VaultPath[]): Promise<Checked> {
    const now = await this.awake();
    if (now?.account === undefined) return NOTHING_CHECKED;
    const records = this.#records(now, now.account, paths).map(({ record }) => record);
    // What came back meanwhile, out of the bin perhaps, needs no sending.
    const checked = await now.verifier.of(records.map(({ fingerprint }) => fingerprint));
    if (checked.is === "failed") return checked;
    const gone = records.filter(({ item }) => item === undefined).map(({ fingerprint }) => fingerprint);
    await now.context.write(
      now.account,
      gone.map((fp) => ({ what: "again", fp })),
    );
    this.send(gone.flatMap((fingerprint) => now.context.catalogue.pathsOf(fingerprint)));
    return checked;
  }

  leave(paths: readonly VaultPath[]): Promise<void> {
    return this.#decide(paths, ({ fingerprint, removed }) =>
      removed === undefined
        ? []
        : [
            {
              what: "removed",
              fp: fingerprint,
              id: removed.item.id,
              left: true,
              bin: removed.bin,
            },
          ],
    );
  }

  async forget(paths: readonly VaultPath[]): Promise<void> {
    await this.#decide(paths, ({ fingerprint, removed }) =>
      removed === undefined ? [] : [{ what: "forgotten", fp: fingerprint, id: removed.item.id }],
    );
    const now = await this.awake();
    if (now?.account === undefined) return;
    const { only } = await this.look();
    const ids = new Set(only.filter(({ path }) => paths.includes(path)).map(({ item }) => item.id));
    const entries: Parameters<Context["write"]>[1][number][] = [];
    // A restored copy and its original stand for one item.
    for (const { fingerprint, item } of now.context.ledger.all(now.account))
      if (item !== undefined && ids.has(item.id))
        entries.push({ what: "forgotten", fp: fingerprint, id: item.id });
    for (const { by, item } of only)
      if (!isRecord(by) && ids.has(item.id)) entries.push({ what: "unseen", id: item.id });
    await now.context.write(now.account, entries);
    now.context.ports.tell({ type: "account-seen" });
  }

  confirm(paths: readonly VaultPath[]): Promise<void> {
    return this.#decide(paths, ({ fingerprint, guess }, path) =>
      // How it was made nobody knows: as it is counts as the original.
      guess === undefined ? [] : [{ ...itemOfSeen(fingerprint, guess, "o"), path }],
    );
  }

  restore(paths: readonly VaultPath[]): Promise<Restoration> {
    return this.#putBack(({ missing, only }, { context }) =>
      restoreFromGoogle(
        [...missing, ...only].filter(({ path }) => paths.includes(path)),
        context,
      ),
    );
  }

  restoreFrom(files: readonly ExportedFile[]): Promise<Restoration> {
    return this.#putBack(({ missing }, { context }, account) =>
      restoreFromExport(missing, files, account, context),
    );
  }

  async #putBack(
    restore: (absent: Absent, now: Running, account: AccountKey) => Promise<Restoration>,
  ): Promise<Restoration> {
    const now = await this.awake();
    if (now?.account === undefined) return NOTHING;
    const restored = await restore(await this.look(), now, now.account);
    await now.context.index.save();
    now.context.ports.tell({ type: "account-seen" });
    return restored;
  }

  /** What the ledger knows of the images at these paths, each fingerprint once. */
  #records(
    { context }: Running,
    account: AccountKey,
    paths: readonly VaultPath[],
  ): readonly { readonly record: LedgerRecord; readonly path: VaultPath }[] {
    const { catalogue, ledger } = context;
    const records = new Map<Fingerprint, { readonly record: LedgerRecord; readonly path: VaultPath }>();
    for (const path of paths) {
      const fingerprint = catalogue.get(path)?.fingerprint;
      const record = fingerprint && ledger.record(account, fingerprint);
      if (record !== undefined) records.set(record.fingerprint, { record, path });
    }
    return [...records.values()];
  }

  async #decide(
    paths: readonly VaultPath[],
    entriesOf: (record: LedgerRecord, path: VaultPath) => Parameters<Context["write"]>[1],
  ): Promise<void> {
    const now = await this.awake();
    if (now?.account === undefined) return;
    const records = this.#records(now, now.account, paths);
    await now.context.write(
      now.account,
      records.flatMap(({ record, path }) => entriesOf(record, path)),
    );
    now.context.replanAll(records.map(({ record }) => record.fingerprint));
  }
}
