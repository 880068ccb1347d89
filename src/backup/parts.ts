import type { VaultPath } from "../model";
import { AccountSession } from "./account/account-session";
import { Tidier } from "./account/tidy";
import { Verifier } from "./account/verify";
import type { BackupPorts, Context } from "./context";
import { FingerprintIndex } from "./disposable/fingerprint-index";
import { KeptTokens } from "./disposable/kept-tokens";
import type { Holds } from "./holds";
import { Doubts } from "./ledger/doubts";
import { Ledger } from "./ledger/ledger";
import { Catalogue } from "./planning/catalogue";
import { someFingerprints } from "./planning/some-fingerprints";
import { Told } from "./planning/told";
import { Triage } from "./planning/triage";
import { WorkList } from "./planning/work-list";
import { Creator } from "./sending/create";
import { Lanes } from "./sending/lanes";
import { RetryBook } from "./sending/retry-book";
import { Sender } from "./sending/send";
import { Together } from "./together";

/**
 * So many images are read or prepared at a time. Were it all that may wait for the wire, the first would come to it late; and
 * a desktop does four reads at a time (Node's thread pool), of which one is left to Obsidian: they take long where a cloud
 * has to bring the files down.
 */
const READERS = 3;

/** What a running engine is made of. */
export interface Parts {
  readonly context: Context;
  readonly session: AccountSession;
  readonly triage: Triage;
  readonly sender: Sender;
  readonly creator: Creator;
  readonly tidier: Tidier;
  readonly verifier: Verifier;
  readonly told: Told;
}

/** What the parts ask of the engine that conducts them. */
interface Conductor {
  /** Aborted when this life of the engine ends. */
  readonly signal: AbortSignal;
  /** Runs something on its own, of which a fault ends this life. */
  readonly watched: (part: () => Promise<void>) => void;
  /** There may be something to start. */
  readonly beat: () => void;
}

/**
 * Reads what is known and puts the parts together. Rejects where the plugin's own files cannot be read.
 *
 * @param holds  those that lives share
 * @param asked  images that somebody asked for
 */
export async function openParts(
  ports: BackupPorts,
  engine: Conductor,
  holds: Holds,
  asked: Set<VaultPath>,
): Promise<Parts> {
  const { signal } = engine;
  const [ledger, index, tokens] = await Promise.all([
    Ledger.open(ports),
    FingerprintIndex.open(ports.index, ports.clock, signal),
    KeptTokens.open(ports.tokens, ports.clock, signal),
  ]);
  const settings = () => ports.settings.read();
  const retries = new RetryBook(ports.clock, ports.random, holds, ports.limits.uploads);
  const together = new Together(
    () => {
      ports.tell({ type: "sent", bytes: sender.sent });
      context.catalogue.flush();
    },
    ports.clock,
    signal,
  );
  const context: Context = {
    ports,
    catalogue: new Catalogue(
      (states) => ports.tell({ type: "images", states }),
      () => together.note(),
    ),
    together,
    index,
    ledger,
    tokens,
    holds,
    list: new WorkList(),
    retries,
    lanes: new Lanes(() => Math.min(settings().uploads, retries.width)),
    readers: new Lanes(() => READERS),
    videoReaders: new Lanes(() => 1),
    signal,
    underway: new Set(),
    doubts: new Doubts(ledger, ports.clock),
    settings,
    account: () => session.account,
    view: () => session.view(),
    isWanted: (path) => triage.isWanted(path),
    replan: (path, rest) => triage.plan(path, rest),
    replanAll: (fingerprints) => {
      for (const fingerprint of new Set(fingerprints))
        for (const path of context.catalogue.pathsOf(fingerprint)) triage.plan(path);
    },
    conclude: (fingerprint, rest) => triage.conclude(fingerprint, rest),
    write: async (account, entries) => {
      await ledger.append(entries.map((entry) => ({ ...entry, account })));
      for (const entry of entries)
        if (entry.what === "superseded" && entry.out === undefined) tidier.note(entry.fp);
    },
    ready: (item) => creator.add(item),
    someFingerprints: () => someFingerprints(context),
    watched: engine.watched,
    beat: engine.beat,
  };
  const session = new AccountSession(context, (account) => {
    tidier.recall(account);
    engine.watched(() => triage.planAll());
  });
  const tidier = new Tidier(context);
  const told = new Told(context);
  const triage = new Triage(context, (fingerprint) => tidier.note(fingerprint), told, asked);
  const sender = new Sender(context);
  const creator = new Creator(context);
  const verifier = new Verifier(context);
  return { context, session, triage, sender, creator, tidier, verifier, told };
}
