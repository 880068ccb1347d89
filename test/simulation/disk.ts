/** Texts by name, each with the time it was written at. */
class Files extends Map<string, string> {
  readonly #times = new Map<string, number>();

  constructor(private readonly now: () => number) {
    super();
  }

  override set(name: string, text: string): this {
    this.#times.set(name, this.now());
    return super.set(name, text);
  }

  timeOf(name: string): number {
    return this.#times.get(name) ?? 0;
  }
}

/** A file is refused: there is no room for a text, or another program has it in its hands. */
export class DiskRefusal extends Error {
  override readonly name = "DiskRefusal";
}

/** What a device keeps over a crash. */
export class Disk {
  readonly journals: Files;
  /** What the browser's database holds, each as it was written down. */
  journalCache: unknown[] = [];
  index: unknown[] = [];
  tokens: unknown[] = [];
  readonly memory = new Map<string, unknown>();
  /** Whether it has no room for a text; by default it always has. */
  isFullFor: (text: string) => boolean = () => false;
  /** How long it takes to append a text, in milliseconds, beyond a moment. */
  slowness = 0;
  /** Whether its journals cannot be read just now. */
  isOutOfReach = false;

  constructor(now: () => number) {
    this.journals = new Files(now);
  }

  /** The browser throws its database away, or had it not on disk yet; files are another matter. */
  loseDatabase(): void {
    this.journalCache = [];
    this.index = [];
    this.tokens = [];
  }
}
