/*
 * Values that tell when they change, and what is made of them. Whoever reads one while it is being computed or shown
 * depends on it from then on, as long as the last reading has read it.
 */

/** A value that can be followed. */
export interface ReadonlySignal<Value> {
  /** The value now; whoever is being computed or shown depends on it from then on. */
  readonly value: Value;
  /** The value now, and no more. */
  peek(): Value;
  /** Tells the value now and whenever it has become another one; the answer ends it. */
  subscribe(tell: (value: Value) => void): () => void;
}

/** A value that is set from outside. */
export interface Signal<Value> extends ReadonlySignal<Value> {
  value: Value;
}

/** What is told that something it has read may be another now. */
interface Watcher {
  notice(): void;
}

/** What was read, and what it was then. */
type Readings = Map<Source<unknown>, unknown>;

/** The readings of what is being computed or shown just now. */
let reading: Readings | undefined;
/** Counts the changes of signals: what was checked at this count need not be checked again. */
let changes = 0;
/** Batches that are open, one inside another. */
let open = 0;
/** Whoever is to be told when the outermost of them ends. */
const waiting = new Set<Shown>();

/** More than any change leads to: effects that set what they read would hold up the app for good. */
const MOST_TOLD = 100_000;

abstract class Source<Value> implements ReadonlySignal<Value> {
  protected readonly watchers = new Set<Watcher>();

  get value(): Value {
    // Also what fails to be computed was read.
    reading?.set(this, undefined);
    const now = this.peek();
    reading?.set(this, now);
    return now;
  }

  abstract peek(): Value;

  subscribe(tell: (value: Value) => void): () => void {
    return effect(() => {
      const { value } = this;
      untracked(() => tell(value));
    });
  }

  watch(watcher: Watcher): void {
    this.watchers.add(watcher);
  }

  unwatch(watcher: Watcher): void {
    this.watchers.delete(watcher);
  }
}

class Settable<Value> extends Source<Value> {
  #now: Value;

  constructor(now: Value) {
    super();
    this.#now = now;
  }

  peek(): Value {
    return this.#now;
  }

  override get value(): Value {
    return super.value;
  }

  override set value(now: Value) {
    if (now === this.#now) return;
    this.#now = now;
    changes += 1;
    batch(() => {
      for (const watcher of [...this.watchers]) watcher.notice();
    });
  }
}

/** Computed when it is asked for and something that it has read is another; watches that only while it is watched. */
class Computed<Value> extends Source<Value> implements Watcher {
  #now: Value | undefined;
  #read: Readings = new Map();
  #checkedAt = -1;
  #hasNoticed = false;

  constructor(private readonly compute: () => Value) {
    super();
  }

  peek(): Value {
    this.#hasNoticed = false;
    if (this.#checkedAt !== changes) {
      if (this.#checkedAt < 0 || hasChanged(this.#read)) {
        const before = this.#read;
        this.#read = new Map();
        try {
          this.#now = readInto(this.#read, this.compute);
        } catch (error) {
          this.#checkedAt = -1;
          throw error;
        } finally {
          if (this.watchers.size > 0) follow(this, before, this.#read);
        }
      }
      this.#checkedAt = changes;
    }
    return this.#now as Value;
  }

  notice(): void {
    if (this.#hasNoticed) return;
    this.#hasNoticed = true;
    for (const watcher of [...this.watchers]) watcher.notice();
  }

  override watch(watcher: Watcher): void {
    if (this.watchers.size === 0) follow(this, new Map(), this.#read);
    super.watch(watcher);
  }

  override unwatch(watcher: Watcher): void {
    super.unwatch(watcher);
    if (this.watchers.size === 0) follow(this, this.#read, new Map());
  }
}

/** Shows what it reads, anew whenever some of that is another. */
class Shown implements Watcher {
  #read: Readings = new Map();
  #hasEnded = false;

  constructor(private readonly show: () => void) {}

  notice(): void {
    waiting.add(this);
  }

  update(): void {
    if (!this.#hasEnded && hasChanged(this.#read)) this.run();
  }

  run(): void {
    const before = this.#read;
    this.#read = new Map();
    const began = changes;
    batch(() => {
      try {
        readInto(this.#read, this.show);
      } finally {
        if (this.#hasEnded) this.#read.clear();
        follow(this, before, this.#read);
        // What it has changed itself after reading it was not watched yet.
        if (changes !== began) waiting.add(this);
      }
    });
  }

  end(): void {
    this.#hasEnded = true;
    follow(this, this.#read, new Map());
  }
}

/** Whether something that was read is another now, looked at in the order it was read. */
function hasChanged(read: Readings): boolean {
  for (const [source, then] of read) if (source.peek() !== then) return true;
  return false;
}

function readInto<Value>(readings: Readings | undefined, read: () => Value): Value {
  const outer = reading;
  reading = readings;
  try {
    return read();
  } finally {
    reading = outer;
  }
}

/** Watches what is read now, and no longer what only was before. */
function follow(watcher: Watcher, before: Readings, now: Readings): void {
  for (const source of now.keys()) if (!before.has(source)) source.watch(watcher);
  for (const source of before.keys()) if (!now.has(source)) source.unwatch(watcher);
}

/** A value that is set from outside. */
export function signal<Value>(value: Value): Signal<Value> {
  return new Settable(value);
}

/** A value that is computed of others, when it is asked for. */
export function computed<Value>(compute: () => Value): ReadonlySignal<Value> {
  return new Computed(compute);
}

/** Shows something now, and anew whenever a value that it has read is another; the answer ends it. */
export function effect(show: () => void): () => void {
  const shown = new Shown(show);
  try {
    shown.run();
  } catch (error) {
    shown.end();
    throw error;
  }
  return () => shown.end();
}

/** Changes several signals; whoever follows them is told when all are changed. */
export function batch(change: () => void): void {
  open += 1;
  try {
    change();
  } finally {
    try {
      if (open === 1) tellWaiting();
    } finally {
      open -= 1;
    }
  }
}

/** Reads signals without depending on them. */
export function untracked(read: () => void): void {
  readInto(undefined, read);
}

/** One that fails keeps no other from being told. */
function tellWaiting(): void {
  const failures: unknown[] = [];
  let told = 0;
  for (const shown of waiting) {
    waiting.delete(shown);
    told += 1;
    try {
      if (told > MOST_TOLD) throw new Error("signals go round in a circle");
      shown.update();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
