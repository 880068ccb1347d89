import {
  nameOf,
  stemOf,
  type AccountKey,
  type Clock,
  type Fingerprint,
  type MediaItemId,
  type MissingImage,
  type VaultPath,
} from "../model";
import type { Catalogue } from "./catalogue";
import { mediaItem } from "./journal";
import type { Ledger, SeenItem } from "./ledger";
import type { Known } from "./ledger-record";

/** An image that Google Photos has and the vault has not. */
export interface AbsentImage extends MissingImage {
  /** Where it is put back. */
  readonly place: VaultPath;
  /** What is known of it: all, or the mark of its name alone where the ledger was lost. */
  readonly by: Known | SeenItem;
}

/** What is backed up and in no file of the vault. */
export interface Absent {
  /** Notes ask for these. */
  readonly missing: readonly AbsentImage[];
  /** And for these no more. */
  readonly only: readonly AbsentImage[];
}

/**
 * Finds what is backed up and in no file of the vault. An image whose fingerprint lies in a file all the same was only
 * moved or renamed. The whole ledger is gone through once; from then on, only what has changed.
 */
export class AbsentImages {
  #account: AccountKey | undefined;
  /** What is known of items that count and whose bytes lie in no file, in the order in which that was noticed. */
  readonly #away = new Map<Fingerprint, Known>();
  #unlinked: readonly SeenItem[] = [];
  #found: readonly AbsentImage[] = [];

  constructor(
    private readonly ledger: Ledger,
    private readonly catalogue: Catalogue,
    private readonly clock: Clock,
  ) {}

  /**
   * Goes through all there is in slices; to be called again only when it has ended.
   *
   * @param lost  images that notes ask for in vain, as links name them: a whole path, its end, or the name alone
   */
  async find(lost: () => Iterable<VaultPath>, account: AccountKey): Promise<Absent> {
    const candidates = await this.#candidates(account);
    if (candidates.length === 0) return { missing: [], only: [] };
    const asked = new Set(lost());
    const named = await this.#named(new Set([...asked].map(keyOf)), candidates);
    const missing = new Map<VaultPath, AbsentImage>();
    const taken = new Set<AbsentImage>();
    for (const path of asked) {
      const same = named.get(keyOf(path)) ?? [];
      const found =
        same.find(({ place, by }) => isRecord(by) && leadsTo(path, place)) ??
        same.find(({ by }) => !isRecord(by));
      if (found === undefined) continue;
      taken.add(found);
      missing.set(path, { ...found, path, place: isRecord(found.by) ? found.place : withoutDots(path) });
    }
    const unread = await this.#unreadNames();
    const only: AbsentImage[] = [];
    for (const one of candidates) {
      const pause = this.clock.breath();
      if (pause !== undefined) await pause;
      const isMissing = taken.has(one) || missing.has(one.path);
      // What is not read yet may be it, under the same name.
      if (isMissing || unread.has(nameOf(one.place).toLowerCase())) continue;
      // Without an album it may be another vault's.
      if (isRecord(one.by) || one.by.album !== undefined) only.push(one);
    }
    return { missing: [...missing.values()], only };
  }

  /** Candidates of these names. */
  async #named(
    keys: ReadonlySet<string>,
    candidates: readonly AbsentImage[],
  ): Promise<ReadonlyMap<string, readonly AbsentImage[]>> {
    const named = new Map<string, AbsentImage[]>();
    if (keys.size === 0) return named;
    for (const candidate of candidates) {
      const pause = this.clock.breath();
      if (pause !== undefined) await pause;
      const key = keyOf(candidate.place);
      if (!keys.has(key)) continue;
      const same = named.get(key);
      if (same === undefined) named.set(key, [candidate]);
      else same.push(candidate);
    }
    return named;
  }

  /** Names of files whose content is not known yet. */
  async #unreadNames(): Promise<ReadonlySet<string>> {
    const names = new Set<string>();
    for (const { fingerprint, image, state } of this.catalogue.all()) {
      const pause = this.clock.breath();
      if (pause !== undefined) await pause;
      if (fingerprint === undefined && state.is !== "skipped") names.add(nameOf(image.path).toLowerCase());
    }
    return names;
  }

  /** Each item once, though a restored copy may stand for it beside the original. */
  async #candidates(account: AccountKey): Promise<readonly AbsentImage[]> {
    const { ledger, catalogue } = this;
    await catalogue.mapPaths(this.clock);
    const inVault = catalogue.takeTouched();
    const inLedger = ledger.takeTouched();
    const unlinked = ledger.unlinked(account);
    const isFirst = this.#account !== account || inVault === undefined || inLedger === undefined;
    if (!isFirst && unlinked === this.#unlinked && inVault.size === 0 && inLedger.size === 0)
      return this.#found;
    if (isFirst) this.#away.clear();
    const toWeigh = isFirst
      ? ledger.all(account)
      : [...inVault, ...inLedger].map((fingerprint) => ({ fingerprint }));
    for (const { fingerprint } of toWeigh) {
      const pause = this.clock.breath();
      if (pause !== undefined) await pause;
      this.#weigh(account, fingerprint);
    }
    this.#account = account;
    this.#unlinked = unlinked;
    return (this.#found = await this.#list(account));
  }

  #weigh(account: AccountKey, fingerprint: Fingerprint): void {
    const known = this.catalogue.has(fingerprint) ? undefined : this.ledger.known(account, fingerprint);
    if (known?.item !== undefined && !known.isSuperseded) this.#away.set(fingerprint, known);
    else this.#away.delete(fingerprint);
  }

  async #list(account: AccountKey): Promise<readonly AbsentImage[]> {
    const away = new Map<MediaItemId, AbsentImage & { readonly by: Known }>();
    for (const by of this.#away.values()) {
      const pause = this.clock.breath();
      if (pause !== undefined) await pause;
      const { item, path } = by;
      if (item === undefined || path === undefined) continue;
      const known = away.get(item.id);
      if (known === undefined || goesBefore(by, known.by)) away.set(item.id, { path, place: path, item, by });
    }
    // An older version was never meant to be had back.
    const seen = this.#unlinked.filter(
      ({ id, name, older }) => name !== undefined && older !== true && !away.has(id),
    );
    const here = await this.#here(new Set([...away.keys(), ...seen.map(({ id }) => id)]), account);
    const found: AbsentImage[] = [...away.values()].filter(({ item }) => !here.has(item.id));
    if (seen.length === 0) return found;
    const prefixes = new Set<string>();
    for (const { fingerprint } of this.catalogue.all()) {
      const pause = this.clock.breath();
      if (pause !== undefined) await pause;
      if (fingerprint !== undefined) prefixes.add(fingerprint.slice(0, 16));
    }
    for (const one of seen) {
      const { id, mark, name = "" } = one;
      const recipe = mark.endsWith("s") ? "s" : "o";
      if (here.has(id) || prefixes.has(mark.slice(0, 16))) continue;
      found.push({ path: name, place: name, item: mediaItem({ ...one, recipe, origin: "found" }), by: one });
    }
    return found;
  }

  /** Of some items, those for which a file stands by another record. */
  async #here(ids: ReadonlySet<MediaItemId>, account: AccountKey): Promise<ReadonlySet<MediaItemId>> {
    const here = new Set<MediaItemId>();
    if (ids.size === 0) return here;
    for (const known of this.ledger.all(account)) {
      const pause = this.clock.breath();
      if (pause !== undefined) await pause;
      const id = this.catalogue.has(known.fingerprint) ? known.item?.id : undefined;
      if (id !== undefined && ids.has(id)) here.add(id);
    }
    return here;
  }
}

/** Of two records of one item, which is told of: the original before a copy, else the same one in whatever order. */
function goesBefore(one: Known, other: Known): boolean {
  const isCopy = ({ item }: Known): boolean => item?.restored === "copy";
  return isCopy(one) === isCopy(other) ? one.fingerprint < other.fingerprint : isCopy(other);
}

export function isRecord(by: Known | SeenItem): by is Known {
  return "fingerprint" in by;
}

/** Links may name a file with or without its extension, in capitals or not. */
function keyOf(path: VaultPath): string {
  return stemOf(path).toLowerCase();
}

function withoutDots(link: VaultPath): VaultPath {
  return link.replace(/^(\.{0,2}\/)+/, "");
}

function leadsTo(link: VaultPath, path: VaultPath): boolean {
  return `/${path.toLowerCase()}`.endsWith(`/${withoutDots(link).toLowerCase()}`);
}
