import { orError, PhotosError, type AccountKey, type PhotoLibrary } from "../../model";
import type { Context } from "../context";
import { AccountView } from "./account-view";

/** The account that was used last, so that states are known before anybody signs in again. */
const ACCOUNT_KEY = "account";

/** Whose account is in use, and the one view of it. */
export class AccountSession {
  readonly #another: (account: AccountKey) => void;
  readonly #context: Context;
  #account: AccountKey | undefined;
  #view: Promise<AccountView> | undefined;
  /** Whose account the sign-in of the moment is; unknown from each change of it until Google has been asked. */
  #signedIn: AccountKey | undefined;
  /** How often somebody has signed in or out. */
  #changes = 0;
  /** What was seen of the account stays true when the same one signs in again. */
  #lastView: AccountView | undefined;

  /** @param another  an account other than the last one is in use: everything is planned anew */
  constructor(context: Context, another: (account: AccountKey) => void) {
    this.#another = another;
    this.#context = context;
    const kept = context.ports.memory.get(ACCOUNT_KEY);
    if (typeof kept === "string") this.#account = kept as AccountKey;
  }

  /** Whose ledger counts; while nobody is signed in, the one used last here, or else by another device. */
  get account(): AccountKey | undefined {
    return this.#account ?? this.#context.ledger.lastAccount;
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
    const { library, memory, tell } = this.#context.ports;
    const changes = this.#changes;
    const account = await library.account(this.#context.signal);
    // To learn whose account it is may itself be a change of the sign-in.
    if (changes !== this.#changes) return this.#open();
    this.#signedIn = account.key;
    if (this.#lastView?.account === account.key) return this.#lastView;
    const isAnother = this.#account !== account.key;
    this.#account = account.key;
    memory.set(ACCOUNT_KEY, account.key);
    tell({ type: "account-seen" });
    if (isAnother) this.#another(account.key);
    const own = whileTrue(library, () => this.#signedIn === account.key);
    return (this.#lastView = new AccountView(account.key, own, this.#context));
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
