import {
  inSlices,
  WAITING,
  type Clock,
  type Fingerprint,
  type ImageState,
  type VaultImage,
  type VaultPath,
} from "../../model";

/** An image that was found, with the one state it is in. */
export interface FoundImage {
  image: VaultImage;
  fingerprint: Fingerprint | undefined;
  state: ImageState;
  /** How often sending it has failed in a row. */
  attempts: number;
  /** Whether anybody has been told of it. */
  isTold: boolean;
  /** It came or changed while the vault was watched: a sync tool may have brought it, from a device that sends it as well. */
  hasCome?: boolean | undefined;
}

/** Paths of all files that have a fingerprint: the lists are replaced, so that whoever goes through one may plan anew. */
type Paths = Map<Fingerprint, readonly VaultPath[]>;

/** All images that were found, each in exactly one state. Tells of changes many at a time. */
export class Catalogue {
  readonly #images = new Map<VaultPath, FoundImage>();
  /** Made when first asked for. */
  #paths: Paths | undefined;
  /** How often images have got other bytes. */
  #changes = 0;
  #changed = new Map<VaultPath, ImageState | undefined>();

  /** @param changed  called at each change: `flush` is wanted soon */
  constructor(
    private readonly tell: (states: ReadonlyMap<VaultPath, ImageState | undefined>) => void,
    private readonly changed: () => void,
  ) {}

  get(path: VaultPath): FoundImage | undefined {
    return this.#images.get(path);
  }

  all(): Iterable<FoundImage> {
    return this.#images.values();
  }

  /** Paths of all files with this fingerprint. */
  pathsOf(fingerprint: Fingerprint): readonly VaultPath[] {
    return this.#pathsByFingerprint.get(fingerprint) ?? [];
  }

  /** Where a file with this fingerprint lies, and its size in bytes, as a journal tells it. */
  placeOf(fingerprint: Fingerprint, path: VaultPath): { readonly path: VaultPath; readonly size?: number } {
    const found = this.#images.get(path);
    return found?.fingerprint === fingerprint ? { path, size: found.image.size } : { path };
  }

  /** Whether any file has this fingerprint. */
  has(fingerprint: Fingerprint): boolean {
    return this.pathsOf(fingerprint).length > 0;
  }

  /** Makes the map of paths in slices, for whoever will ask of many; a change meanwhile leaves it to the first question. */
  async mapPaths(clock: Clock): Promise<void> {
    if (this.#paths !== undefined) return;
    const changes = this.#changes;
    const paths: Paths = new Map();
    await inSlices(this.#images.values(), clock, (found) => addPath(paths, found));
    if (this.#changes === changes) this.#paths ??= paths;
  }

  get #pathsByFingerprint(): Paths {
    if (this.#paths !== undefined) return this.#paths;
    this.#paths = new Map();
    for (const found of this.#images.values()) addPath(this.#paths, found);
    return this.#paths;
  }

  /** Notes a file as it is now. A new one is to be planned, or to enter a state, before anybody is told of it. */
  put(image: VaultImage): FoundImage {
    let found = this.#images.get(image.path);
    if (found === undefined) {
      found = { image, fingerprint: undefined, state: WAITING, attempts: 0, isTold: false };
      this.#images.set(image.path, found);
    } else {
      found.image = image;
    }
    return found;
  }

  remove(path: VaultPath): void {
    const found = this.#images.get(path);
    if (found === undefined) return;
    this.identify(found, undefined);
    this.#images.delete(path);
    this.#note(path, undefined);
  }

  /** Says which bytes lie in a file; `undefined` where that is not known any more. */
  identify(found: FoundImage, fingerprint: Fingerprint | undefined): void {
    const { path } = found.image;
    const before = found.fingerprint;
    if (before === fingerprint || this.#images.get(path) !== found) return;
    this.#changes += 1;
    found.fingerprint = fingerprint;
    if (this.#paths === undefined) return;
    if (before !== undefined)
      this.#paths.set(
        before,
        this.pathsOf(before).filter((other) => other !== path),
      );
    addPath(this.#paths, found);
  }

  /** Says what became of an image; of one that is gone, nothing. */
  enter(path: VaultPath, state: ImageState): void {
    const found = this.#images.get(path);
    if (found !== undefined) this.enterFound(found, state);
  }

  /** The same of an image at hand. */
  enterFound(found: FoundImage, state: ImageState): void {
    if (found.isTold && sameState(found.state, state)) return;
    found.state = state;
    found.isTold = true;
    this.#note(found.image.path, state);
  }

  /** Nothing is sent for now, not even what is on its way. */
  rest(): void {
    for (const found of this.#images.values()) {
      if (found.state.is === "uploading") this.enterFound(found, WAITING);
    }
  }

  #note(path: VaultPath, state: ImageState | undefined): void {
    this.#changed.set(path, state);
    this.changed();
  }

  /** Tells of what has changed. */
  flush(): void {
    if (this.#changed.size === 0) return;
    const changed = this.#changed;
    this.#changed = new Map();
    this.tell(changed);
  }
}

function addPath(all: Paths, { fingerprint, image }: FoundImage): void {
  if (fingerprint !== undefined) all.set(fingerprint, [...(all.get(fingerprint) ?? []), image.path]);
}

function sameState(one: ImageState, other: ImageState): boolean {
  if (one === other || (one.is === "waiting" && other.is === "waiting")) return true;
  if (one.is === "backed-up" && other.is === "backed-up")
    return one.item === other.item && one.doubles === other.doubles && one.saved === other.saved;
  return one.is === "uploading" && other.is === "uploading" && one.percent === other.percent;
}
