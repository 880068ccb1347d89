import { seeded } from "./seeded";

/** Everything that can be made to go wrong with a request. */
export const faultTable = {
  "429": "429, the per-minute quota; with `retryAfter` seconds it says so. Nothing is done.",
  "400-quota": "400, code 3: a rate limit hidden in a 400 (§3.1). Nothing is done.",
  "500-before": "500 INTERNAL; nothing is done.",
  "500-after": "500 INTERNAL after the work was done.",
  "503-html": "503 with a body of HTML; nothing is done.",
  "503-after": "503 with a body of HTML after the work was done.",
  "502-empty": "502 without a body; nothing is done.",
  "200-html": "200 with a page of HTML, as a hotel's network answers; nothing is done.",
  "401": "401, as if the access token had just died; nothing is done.",
  "403-scope": "403 (upload: 401 bare), a scope is missing; nothing is done.",
  "403-disabled": "403, the API is not enabled in the project; nothing is done.",
  "403-user": "403, Google Photos is off for the user; nothing is done.",
  "409": "409 ABORTED; nothing is done.",
  "413": "413, the body is too large; nothing is done.",
  "daily-quota": "429, the day's quota is spent; nothing is done.",
  "storage-full": "400, the account's storage is full; nothing is done.",
  "concurrent-429": "429 `concurrent write request`; nothing is done.",
  "concurrent-409": "409 for a concurrent write; nothing is done.",
  "concurrent-500": "500 for a concurrent write; nothing is done.",
  "bad-token": "400, the call holds an upload token that is not valid; nothing is done.",
  "invalid-grant": "400 invalid_grant, for the token endpoint; nothing is done.",
  "cut-before": "The connection is cut before anything is done.",
  "cut-during": "The connection is cut after `afterBytes` bytes of the body (default: half of it).",
  "cut-after": "The connection is cut after the work was done: the answer is lost.",
  "cut-then-work":
    "The connection is cut first and the work is done later, after `ms` or when `hold` is released.",
  "half-answer": "The work is done, and the connection is cut in the middle of the answer.",
  delay:
    "The answer waits for `ms` real milliseconds or until `hold` is released; with `afterWork`, the work is done first.",
  "item-3":
    "One item of a create (`item`: its index, or a part of its name; default the first) fails with code 3.",
  "item-6": "One item of a create fails with code 6.",
  "item-13": "One item of a create fails with code 13.",
  "item-13-after": "One item of a create is made and then reported as failed with code 13.",
  "items-13": "Every item of a create fails with code 13.",
  shuffle: "The results of a create come in another order.",
  "207": "A create answers 207, whatever became of its items.",
} as const;

export type FaultKind = keyof typeof faultTable;

export interface FaultRule {
  /** A kind of request (`upload`, `create`, `token` …), a call (`albums.list`, `uploads.raw` …), or `any`. */
  on: string | readonly string[];
  do: FaultKind;
  /** The how-manieth matching request from now on it strikes first; default 1. */
  nth?: number;
  /** How many in a row; default 1. */
  times?: number | "always";
  retryAfter?: number;
  ms?: number;
  /** Wait until `release` is called with this name. */
  hold?: string;
  afterWork?: boolean;
  item?: number | string;
  afterBytes?: number;
}

/** Chances from 0 to 1, by kind of request or call, and fault. */
export type FaultRates = Record<string, Partial<Record<FaultKind, number>>>;

/** Where requests wait until a test lets them go. */
interface Hold {
  release: () => void;
  released: Promise<void>;
  open: boolean;
}

const names = Object.keys(faultTable) as FaultKind[];

/**
 * Checks a rule that came from outside (the control endpoint).
 *
 * @throws Error with a sentence for a fault that does not exist or a rule without `on`
 */
export function checkRule(rule: FaultRule): FaultRule {
  if (!names.includes(rule.do)) throw new Error(`There is no fault "${rule.do}": ${names.join(", ")}.`);
  if (typeof rule.on !== "string" && !Array.isArray(rule.on))
    throw new Error("A fault needs `on`: a kind or a call.");
  return rule;
}

/** What goes wrong and when: by script, or by chance from a seed. */
export class Faults {
  #rules: { rule: FaultRule; seen: number }[] = [];
  #rates: FaultRates = {};
  #ratesWith: Pick<FaultRule, "retryAfter"> = {};
  #seed: number;
  #seen = new Map<string, number>();
  #struck: Record<string, number> = {};
  #holds = new Map<string, Hold>();
  #waiting = new Map<string, (() => void)[]>();

  constructor(seed: number) {
    this.#seed = seed;
  }

  script(rules: FaultRule | readonly FaultRule[]): void {
    for (const rule of [rules].flat()) {
      this.#rules.push({ rule: checkRule(rule), seen: 0 });
      if (rule.hold !== undefined && this.#holds.get(rule.hold)?.open === true) this.#holds.delete(rule.hold);
    }
  }

  /** Replaces the rates; the same seed and the same requests of a kind give the same faults. `like` says more of them. */
  rates(rates: FaultRates, seed = this.#seed, like: Pick<FaultRule, "retryAfter"> = {}): void {
    this.#rates = rates;
    this.#ratesWith = like;
    this.#seed = seed;
    this.#seen = new Map();
  }

  /** No faults from here on; what is held goes on. */
  clear(): void {
    this.#rules = [];
    this.#rates = {};
    this.#struck = {};
    for (const name of this.#holds.keys()) this.release(name);
    this.#holds.clear();
  }

  /** How often each fault has struck, by its name. */
  struck(): Record<string, number> {
    return { ...this.#struck };
  }

  /** What strikes this request. */
  strike(kind: string, call: string): FaultRule[] {
    const matches = (on: string | readonly string[]): boolean =>
      [on].flat().some((name) => name === kind || name === call || name === "any");
    const scripted = this.#rules
      .filter(({ rule }) => matches(rule.on))
      .filter((entry) => {
        const from = entry.rule.nth ?? 1;
        const times = entry.rule.times ?? 1;
        entry.seen += 1;
        return entry.seen >= from && (times === "always" || entry.seen < from + times);
      });
    const struck = [...scripted.map(({ rule }) => rule), ...this.#byChance(kind, call)];
    for (const { do: name } of struck) this.#struck[name] = (this.#struck[name] ?? 0) + 1;
    return struck;
  }

  /** Lets go what rules with this `hold` keep waiting, and what they would hold later; a new rule holds anew. */
  release(name: string): void {
    const hold = this.#hold(name);
    hold.open = true;
    hold.release();
  }

  /** Resolves as soon as a request is held under this name. */
  whenHeld(name: string): Promise<void> {
    return new Promise((tell) => this.#waiting.set(name, [...(this.#waiting.get(name) ?? []), tell]));
  }

  /** Waits as a rule says: for its milliseconds or its release, or until the service closes. */
  async wait(rule: FaultRule, closing: AbortSignal): Promise<void> {
    await new Promise<void>((done) => {
      if (closing.aborted) return done();
      closing.addEventListener("abort", () => done(), { once: true });
      if (rule.hold !== undefined) {
        void this.#hold(rule.hold).released.then(done);
        for (const tell of this.#waiting.get(rule.hold) ?? []) tell();
        this.#waiting.delete(rule.hold);
      }
      if (rule.ms !== undefined || rule.hold === undefined) {
        const timer = setTimeout(done, rule.ms ?? 0);
        closing.addEventListener("abort", () => clearTimeout(timer), { once: true });
      }
    });
  }

  #byChance(kind: string, call: string): FaultRule[] {
    const struck: FaultRule[] = [];
    for (const on of new Set([kind, call, "any"])) {
      const rates = Object.entries(this.#rates[on] ?? {});
      if (rates.length === 0) continue;
      const nth = (this.#seen.get(on) ?? 0) + 1;
      this.#seen.set(on, nth);
      let drawn = seeded(this.#seed, on, nth);
      for (const name of names) {
        const chance = this.#rates[on]?.[name] ?? 0;
        if (drawn < chance && struck.length === 0) struck.push({ on, do: name, ...this.#ratesWith });
        drawn -= chance;
      }
    }
    return struck;
  }

  #hold(name: string): Hold {
    const there = this.#holds.get(name);
    if (there !== undefined) return there;
    let release = (): void => undefined;
    const released = new Promise<void>((tell) => (release = tell));
    const hold: Hold = { release, released, open: false };
    this.#holds.set(name, hold);
    return hold;
  }
}
