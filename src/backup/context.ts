import type {
  AccountKey,
  BackupEvent,
  Clock,
  ConditionsPort,
  DeviceMemory,
  Fingerprint,
  JournalStore,
  PhotoLibrary,
  Pictures,
  Random,
  SegmentLog,
  SettingsPort,
  Vault,
  VaultPath,
  WindowLock,
} from "../model";
import type { AccountView } from "./account/account-view";
import type { Basis } from "./basis";
import type { FingerprintIndex } from "./disposable/fingerprint-index";
import type { KeptTokens } from "./disposable/kept-tokens";
import type { Doubts } from "./ledger/doubts";
import type { WorkList } from "./planning/work-list";
import type { ReadyItem } from "./sending/batch";
import type { Lanes } from "./sending/lanes";
import type { Rest } from "./sending/retry";
import type { Together } from "./together";

/** Everything outside that backup needs; `main.ts` hands it in. */
export interface BackupPorts {
  readonly vault: Vault;
  /** What a note says of an image that it shows, where it says something. */
  readonly captionOf: (image: VaultPath) => string | undefined;
  /** Images that notes ask for in vain, as links name them. */
  readonly lost: () => Iterable<VaultPath>;
  readonly pictures: Pictures;
  readonly library: PhotoLibrary;
  readonly journals: JournalStore;
  readonly journalCache: SegmentLog;
  readonly index: SegmentLog;
  readonly tokens: SegmentLog;
  readonly memory: DeviceMemory;
  readonly conditions: ConditionsPort;
  readonly lock: WindowLock;
  readonly clock: Clock;
  readonly random: Random;
  readonly settings: SettingsPort;
  /** Tells what happens. Must not throw. */
  readonly tell: (event: BackupEvent) => void;
  /** Notes what nobody expected, once for each time; people are told by a hold or by an image's state. Must not throw. */
  readonly fault: (error: unknown) => void;
  readonly limits: {
    /** Most uploads at a time. */
    readonly uploads: number;
    /** Most bytes of images in memory at a time; a single larger one goes alone. */
    readonly bytes: number;
    /** What a video takes in memory at most, in bytes, where it is read in slices; it is whole there otherwise. */
    readonly video?: number;
    /** The device is a phone or tablet: a file over the limit that is set for those is not sent. */
    readonly isPhone?: boolean;
    /** Most items in one album, where it is not Google's own limit. */
    readonly albumItems?: number;
  };
}

/** What the parts of a running backup share. */
export interface Context extends Basis {
  readonly ports: BackupPorts;
  readonly together: Together;
  readonly index: FingerprintIndex;
  readonly tokens: KeptTokens;
  readonly list: WorkList;
  /** Every upload goes through them. */
  readonly lanes: Lanes;
  /** Images are read and prepared in these before. */
  readonly readers: Lanes;
  /** Videos in this one, which take long. */
  readonly videoReaders: Lanes;
  /** Fingerprints that are on their way, from being read until their outcome is written down. */
  readonly underway: Set<Fingerprint>;
  readonly doubts: Doubts;
  /** Whose ledger counts now; the account used last, while nobody is signed in. */
  account(): AccountKey | undefined;
  /** The account in use and what is known of it; throws `PhotosError` where nobody is signed in. */
  view(): Promise<AccountView>;
  /** Whether an image may be sent now: backup is automatic, or somebody asked for it. */
  isWanted(path: VaultPath): boolean;
  /** Plans an image anew and puts it on the list where it wants work, after a rest if need be. */
  replan(path: VaultPath, rest?: Rest): void;
  /** Nobody carries a fingerprint's bytes any more: every file that has them is planned anew. */
  conclude(fingerprint: Fingerprint, rest?: Rest): void;
  /** Google holds the bytes: an item is to be made of them. */
  ready(item: ReadyItem): void;
  /** Runs something on its own, of which a fault ends this life of the engine. */
  watched(part: () => Promise<void>): void;
  /** Lets the loop go round. */
  beat(): void;
}
