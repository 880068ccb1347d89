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
  readonly #paths = new Map<Fingerprint, Set<VaultPath>>();
  #changed = new Set<VaultPath>();
  #telling = false;

  constructor(private readonly tell: (states: ReadonlyMap<VaultPath, ImageState | undefined>) => void) {}

  get size(): number {
    return this.#images.size;
  }

  get(path: VaultPath): FoundImage | undefined {
    return this.#images.get(path);
  }

  all(): Iterable<FoundImage> {
    return this.#images.values();
  }

  /** Paths of all files with this fingerprint. */
  pathsOf(fingerprint: Fingerprint): readonly VaultPath[] {
    return [...(this.#paths.get(fingerprint) ?? [])];
  }

  /** Notes a file as it is now. A new one waits until it is planned. */
  put(image: VaultImage): FoundImage {
    let found = this.#images.get(image.path);
    if (found === undefined) {
      found = { image, fingerprint: undefined, state: WAITING, attempts: 0 };
      this.#images.set(image.path, found);
      this.#note(image.path);
    } else {
      found.image = image;
    }
    return found;
  }

  remove(path: VaultPath): void {
    this.identify(path, undefined);
    if (this.#images.delete(path)) this.#note(path);
  }

  /** Says which bytes lie at a path; `undefined` where that is not known any more. */
  identify(path: VaultPath, fingerprint: Fingerprint | undefined): void {
    const found = this.#images.get(path);
    if (found === undefined || found.fingerprint === fingerprint) return;
    if (found.fingerprint !== undefined) {
      const paths = this.#paths.get(found.fingerprint);
      paths?.delete(path);
      if (paths?.size === 0) this.#paths.delete(found.fingerprint);
    }
    found.fingerprint = fingerprint;
    if (fingerprint === undefined) return;
    const paths = this.#paths.get(fingerprint);
    if (paths === undefined) this.#paths.set(fingerprint, new Set([path]));
    else paths.add(path);
  }

  enter(path: VaultPath, state: ImageState): void {
    const found = this.#images.get(path);
    if (found === undefined || sameState(found.state, state)) return;
    found.state = state;
    this.#note(path);
  }

  #note(path: VaultPath): void {
    this.#changed.add(path);
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
    this.#changed = new Set();
    this.tell(new Map([...changed].map((path) => [path, this.#images.get(path)?.state])));
  }
}

function sameState(one: ImageState, other: ImageState): boolean {
  if (one === other || (one.is === "waiting" && other.is === "waiting")) return true;
  return one.is === "uploading" && other.is === "uploading" && one.percent === other.percent;
}
