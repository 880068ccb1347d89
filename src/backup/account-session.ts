import {
  orError,
  PhotosError,
  unmarkedName,
  type AccountKey,
  type Fingerprint,
  type PhotoLibrary,
} from "../model";
import { AccountView } from "./account-view";
import type { BackupPorts } from "./context";
import { writtenUrl } from "./journal";
import type { Ledger } from "./ledger";
import type { RetryBook } from "./retry-book";

/** The account that was used last, so that states are known before anybody signs in again. */
const ACCOUNT_KEY = "account";

/** Whose account is in use, and the one view of it. */
export class AccountSession {
  #account: AccountKey | undefined;
  #view: Promise<AccountView> | undefined;
  /** Whose account the sign-in of the moment is; unknown from each change of it until Google has been asked. */
  #signedIn: AccountKey | undefined;
  /** How often somebody has signed in or out. */
  #changes = 0;
  /** What was seen of the account stays true when the same one signs in again. */
  #lastView: AccountView | undefined;

  /** @param another  an account other than the last one is in use: everything is planned anew */
  constructor(
    private readonly ports: BackupPorts,
    private readonly ledger: Ledger,
    private readonly signal: AbortSignal,
    private readonly another: () => void,
    /** Items were found; by the first 16 digits of the fingerprints they stand for. */
    private readonly seen: (prefixes: ReadonlySet<string>) => void,
    private readonly isInVault: (fingerprint: Fingerprint) => boolean,
    /** Older versions are still to leave their albums. */
    private readonly tidy: (account: AccountKey) => void,
    private readonly retries: RetryBook,
  ) {
    const kept = ports.memory.get(ACCOUNT_KEY);
    if (typeof kept === "string") this.#account = kept as AccountKey;
  }

  /** Whose ledger counts; while nobody is signed in, the one used last here, or else by another device. */
  get account(): AccountKey | undefined {
    return this.#account ?? this.ledger.lastAccount;
  }

  /**
   * Somebody signed in or out: whose account it is, is asked at once, since what is safe in the one before need not be
   * in this one, even where nothing is left to be sent. Where that cannot be told now, it answers why, and who needs the
   * view asks again.
   */
  async askAgain(): Promise<PhotosError | undefined> {
    this.#changes += 1;
    this.#signedIn = undefined;
    this.#view = undefined;
    const view = await orError(this.view());
    return view instanceof PhotosError ? view : undefined;
  }

  /** The view of the account in use, opened by the first who asks. Rejects with `PhotosError` where nobody is signed in. */
  view(): Promise<AccountView> {
    const view = (this.#view ??= this.#open());
    view.catch(() => {
      if (this.#view === view) this.#view = undefined;
    });
    return view;
  }

  async #open(): Promise<AccountView> {
    const { ports, ledger } = this;
    const { library, memory, clock, settings } = ports;
    const changes = this.#changes;
    const account = await library.account(this.signal);
    // To learn whose account it is may itself be a change of the sign-in.
    if (changes !== this.#changes) return this.#open();
    this.#signedIn = account.key;
    if (this.#lastView?.account === account.key) return this.#lastView;
    const isAnother = this.#account !== account.key;
    this.#account = account.key;
    memory.set(ACCOUNT_KEY, account.key);
    ports.tell({ type: "account", account });
    if (isAnother) this.another();
    this.#lastView = new AccountView(account.key, {
      library: whileTrue(library, () => this.#signedIn === account.key),
      memory,
      clock,
      settings,
      vaultName: ports.vault.name,
      ledger,
      askAgain: (error, attempt) => this.retries.repeat(error, attempt),
      see: async (found) => {
        await ledger.append(
          found.map(({ mark, item, album, isOlder }) => ({
            account: account.key,
            what: "seen",
            mark,
            id: item.id,
            url: writtenUrl(item),
            album,
            name: unmarkedName(item.name),
            older: isOlder || undefined,
          })),
        );
        this.seen(new Set(found.map(({ mark }) => mark.slice(0, 16))));
      },
      giveWay: async (items) => {
        const given = items.filter(({ fingerprint }) => !this.isInVault(fingerprint));
        await ledger.append(
          given.map(({ fingerprint: fp, id, out }) => ({
            account: account.key,
            what: "superseded",
            fp,
            id,
            out,
          })),
        );
        // Whoever was to take it out may have been stopped.
        if (given.some(({ out }) => out === undefined)) this.tidy(account.key);
      },
      miss: (gone) =>
        ledger.append(gone.map((id) => ({ account: account.key, what: "unseen", id, gone: true }))),
    });
    return this.#lastView;
  }
}

/**
 * A library that refuses each call where `isSo` is not true any more: what another account answers must not be written
 * down for the one that was meant.
 */
function whileTrue(library: PhotoLibrary, isSo: () => boolean): PhotoLibrary {
  return new Proxy(library, {
    get(target, call): unknown {
      if (!isSo()) throw new PhotosError("transient");
      return Reflect.get(target, call, target);
    },
  });
}
