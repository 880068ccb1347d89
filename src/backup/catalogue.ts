import { WAITING, type Fingerprint, type ImageState, type VaultImage, type VaultPath } from "../model";

/** An image that was found, with the one state it is in. */
export interface FoundImage {
  image: VaultImage;
  fingerprint: Fingerprint | undefined;
  state: ImageState;
  /** How often sending it has failed in a row. */
  attempts: number;
}

/** All images that were found, each in exactly one state. Tells of changes many at a time. */
export class Catalogue {
  readonly #images = new Map<VaultPath, FoundImage>();
  /** Mostly one file has a fingerprint: a set for each would take more than all else here. */
  readonly #paths = new Map<Fingerprint, VaultPath | Set<VaultPath>>();
  #changed = new Map<VaultPath, ImageState | undefined>();
  #telling = false;
  #touched: Set<Fingerprint> | undefined;
  /** The latest time at which any of them came to be, milliseconds since 1970 by whatever clock it was told. */
  latest = -Infinity;

  constructor(private readonly tell: (states: ReadonlyMap<VaultPath, ImageState | undefined>) => void) {}

  get(path: VaultPath): FoundImage | undefined {
    return this.#images.get(path);
  }

  all(): Iterable<FoundImage> {
    return this.#images.values();
  }

  /** Paths of all files with this fingerprint. */
  pathsOf(fingerprint: Fingerprint): readonly VaultPath[] {
    const paths = this.#paths.get(fingerprint) ?? [];
    return typeof paths === "string" ? [paths] : [...paths];
  }

  /** Where a file with this fingerprint lies, and its size in bytes, as a journal tells it. */
  placeOf(fingerprint: Fingerprint, path: VaultPath): { readonly path: VaultPath; readonly size?: number } {
    const found = this.#images.get(path);
    return found?.fingerprint === fingerprint ? { path, size: found.image.size } : { path };
  }

  /** Whether any file has this fingerprint. */
  has(fingerprint: Fingerprint): boolean {
    return this.#paths.has(fingerprint);
  }

  /** Fingerprints that came into files or went from them since this was last asked; `undefined` where it never was. */
  takeTouched(): ReadonlySet<Fingerprint> | undefined {
    const touched = this.#touched;
    this.#touched = new Set();
    return touched;
  }

  /** Notes a file as it is now. A new one waits until it is planned. */
  put(image: VaultImage): FoundImage {
    let found = this.#images.get(image.path);
    this.latest = Math.max(this.latest, image.ctime);
    if (found === undefined) {
      found = { image, fingerprint: undefined, state: WAITING, attempts: 0 };
      this.#images.set(image.path, found);
      this.#note(image.path, WAITING);
    } else {
      found.image = image;
    }
    return found;
  }

  remove(path: VaultPath): void {
    this.identify(path, undefined);
    if (this.#images.delete(path)) this.#note(path, undefined);
  }

  /** Says which bytes lie at a path; `undefined` where that is not known any more. */
  identify(path: VaultPath, fingerprint: Fingerprint | undefined): void {
    const found = this.#images.get(path);
    if (found === undefined || found.fingerprint === fingerprint) return;
    this.#leave(found.fingerprint, path);
    found.fingerprint = fingerprint;
    if (fingerprint === undefined) return;
    this.#touched?.add(fingerprint);
    const paths = this.#paths.get(fingerprint);
    if (paths === undefined) this.#paths.set(fingerprint, path);
    else if (typeof paths === "string") this.#paths.set(fingerprint, new Set([paths, path]));
    else paths.add(path);
  }

  #leave(fingerprint: Fingerprint | undefined, path: VaultPath): void {
    const paths = fingerprint && this.#paths.get(fingerprint);
    if (fingerprint === undefined || paths === undefined) return;
    this.#touched?.add(fingerprint);
    if (typeof paths !== "string") paths.delete(path);
    if (typeof paths === "string" || paths.size === 0) this.#paths.delete(fingerprint);
  }

  enter(path: VaultPath, state: ImageState): void {
    const found = this.#images.get(path);
    if (found === undefined || sameState(found.state, state)) return;
    found.state = state;
    this.#note(path, state);
  }

  #note(path: VaultPath, state: ImageState | undefined): void {
    this.#changed.set(path, state);
    if (this.#telling) return;
    this.#telling = true;
    void Promise.resolve().then(() => {
      this.flush();
    });
  }

  /** Tells now of what has changed, instead of a moment later. */
  flush(): void {
    this.#telling = false;
    if (this.#changed.size === 0) return;
    const changed = this.#changed;
    this.#changed = new Map();
    this.tell(changed);
  }
}

function sameState(one: ImageState, other: ImageState): boolean {
  if (one === other || (one.is === "waiting" && other.is === "waiting")) return true;
  if (one.is === "backed-up" && other.is === "backed-up")
    return one.item === other.item && one.doubles === other.doubles && one.saved === other.saved;
  return one.is === "uploading" && other.is === "uploading" && one.percent === other.percent;
}
