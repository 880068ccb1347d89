import type {
  AccountKey,
  BackupSettings,
  Clock,
  DeviceMemory,
  Fingerprint,
  SettingsPort,
  Vault,
} from "../model";
import type { Holds } from "./holds";
import type { JournalEntry } from "./ledger/journal";
import type { Ledger } from "./ledger/ledger";
import type { Catalogue } from "./planning/catalogue";
import type { RetryBook } from "./sending/retry-book";

/** What of a running backup the view of the account rests on, as all else does. */
export interface Basis {
  readonly ports: {
    readonly vault: Pick<Vault, "name">;
    readonly memory: DeviceMemory;
    readonly clock: Clock;
    readonly settings: SettingsPort;
    readonly limits: {
      /** Most items in one album, where it is not Google's own limit. */
      readonly albumItems?: number;
    };
  };
  readonly catalogue: Catalogue;
  readonly ledger: Ledger;
  readonly retries: RetryBook;
  readonly holds: Holds;
  /** Ends with this life of the engine. */
  readonly signal: AbortSignal;
  readonly settings: () => BackupSettings;
  /** Fingerprints of some images from all over the vault, by which its own albums are known. */
  readonly someFingerprints: () => Promise<readonly Fingerprint[]>;
  /** What is known of fingerprints has changed: every file that has one of them is planned anew. */
  replanAll(fingerprints: Iterable<Fingerprint>): void;
  /** Writes entries of one account down; by what has given way the albums are tidied afterwards. */
  write(account: AccountKey, entries: readonly WithoutAccount<JournalEntry>[]): Promise<void>;
}

type WithoutAccount<Entry> = Entry extends unknown ? Omit<Entry, "account"> : never;
