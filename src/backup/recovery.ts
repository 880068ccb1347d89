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
import { findAbsent, type AbsentImage } from "./absent";
import type { BackupPorts, Context } from "./context";
import { itemOfSeen } from "./journal";
import type { LedgerRecord } from "./ledger-record";
import { fromExport, fromGoogle, restore } from "./restore";
import type { Parts } from "./parts";

/** What recovery needs of a running engine. */
type Running = Pick<Parts, "context" | "verifier">;

type WithAccount = Running & { readonly account: AccountKey };

type Entry = Parameters<Context["write"]>[1][number];

const NOTHING: Restoration = { same: 0, copies: 0, not: 0 };

/** Carries out what people decide about images that are gone from the account, or from the vault. */
export class Recovery implements RecoveryCommands {
  readonly #known: () => Running | undefined;
  readonly #awake: () => Promise<Running | undefined>;
  readonly #send: (paths: readonly VaultPath[]) => void;
  readonly #ports: Pick<BackupPorts, "lost" | "tell">;
  /** A look that has not begun, and the last one of all. */
  #next: Promise<readonly AbsentImage[]> | undefined;
  #last: Promise<unknown> = Promise.resolve();

  /**
   * @param known  what the vault was looked through with last, if only to be read
   * @param awake  the same to work with; an engine that rests after a fault begins anew for it
   * @param send   backs up these images now
   */
  constructor(
    known: () => Running | undefined,
    awake: () => Promise<Running | undefined>,
    send: (paths: readonly VaultPath[]) => void,
    ports: Pick<BackupPorts, "lost" | "tell">,
  ) {
    this.#known = known;
    this.#awake = awake;
    this.#send = send;
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

  async verify(): Promise<Checked> {
    return (await this.#awake())?.verifier.all() ?? NOTHING_CHECKED;
  }

  async sendAgain(paths: readonly VaultPath[]): Promise<Checked> {
    const now = withAccount(await this.#awake());
    if (now === undefined) return NOTHING_CHECKED;
    const fingerprints = recordsOf(paths, now).map(({ record }) => record.fingerprint);
    // What came back meanwhile, out of the bin perhaps, needs no sending.
    const checked = await now.verifier.of(new Set(fingerprints));
    if (checked.is === "failed") return checked;
    await this.#decide(paths, ({ fingerprint: fp, item }) =>
      item === undefined ? { what: "again", fp } : undefined,
    );
    this.#send(paths);
    return checked;
  }

  leave(paths: readonly VaultPath[]): Promise<void> {
    return this.#decide(
      paths,
      ({ fingerprint: fp, removed }) =>
        removed && { what: "removed", fp, id: removed.item.id, left: true, bin: removed.bin },
    );
  }

  async forget(paths: readonly VaultPath[]): Promise<void> {
    await this.#decide(
      paths,
      ({ fingerprint: fp, removed }) => removed && { what: "forgotten", fp, id: removed.item.id },
    );
    const now = withAccount(await this.#awake());
    if (now === undefined) return;
    const { account, context } = now;
    const only = (await this.look()).filter(({ is, path }) => is === "only" && paths.includes(path));
    const ids = new Set(only.map(({ item }) => item.id));
    const entries: Entry[] = only
      .filter(({ fingerprint }) => fingerprint === undefined)
      .map(({ item }) => ({ what: "unseen", id: item.id }));
    // A restored copy and its original stand for one item.
    for (const { fingerprint: fp, item } of context.ledger.all(account))
      if (item !== undefined && ids.has(item.id)) entries.push({ what: "forgotten", fp, id: item.id });
    await context.write(account, entries);
    context.ports.tell({ type: "account-seen" });
  }

  confirm(paths: readonly VaultPath[]): Promise<void> {
    return this.#decide(
      paths,
      ({ fingerprint, guess }, path) =>
        // How it was made nobody knows: as it is counts as the original.
        guess && { ...itemOfSeen(fingerprint, guess, "o"), path },
    );
  }

  async restore(paths: readonly VaultPath[], files?: readonly ExportedFile[]): Promise<Restoration> {
    const now = withAccount(await this.#awake());
    if (now === undefined) return NOTHING;
    const { account, context } = now;
    const chosen = new Set(paths);
    const images = (await this.look()).filter(({ path }) => chosen.has(path));
    const found = files ? fromExport(images, files, account, context) : fromGoogle(images, context);
    const restored = await restore(found, images.length, account, context);
    await context.index.save();
    context.ports.tell({ type: "account-seen" });
    return restored;
  }

  /** Writes down what is decided about the images at these paths; nothing where that makes no sense. */
  async #decide(
    paths: readonly VaultPath[],
    entryOf: (record: LedgerRecord, path: VaultPath) => Entry | undefined,
  ): Promise<void> {
    const now = withAccount(await this.#awake());
    if (now === undefined) return;
    const records = recordsOf(paths, now);
    const entries = records.flatMap(({ record, path }) => entryOf(record, path) ?? []);
    await now.context.write(now.account, entries);
    now.context.replanAll(records.map(({ record }) => record.fingerprint));
  }
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
