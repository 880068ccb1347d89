import { randomBytes } from "node:crypto";
import { setMaxListeners } from "node:events";
import { ByteStore } from "./library/byte-store";
import { Library } from "./library/library";
import { LibraryStore } from "./library/store";
import { EmulatorClock } from "./clock";
import { Faults } from "./faults";
import { Journal } from "./journal";
import { Quotas } from "./quotas";
import { RequestLog } from "./request-log";
import { SignIns } from "./sign-in/sign-ins";
import { Consents } from "./sign-in/consents";
import { defaultSwitches, type Switches } from "./switches";
import { Turns } from "./turns";
import { UploadSessions } from "./upload/upload-sessions";
import { UploadTokens } from "./upload/upload-tokens";

/** All that the service is made of; what a call is answered from. */
export class Service {
  readonly clock: EmulatorClock;
  readonly switches: Switches;
  readonly journal: Journal;
  readonly bytes: ByteStore;
  readonly library: Library;
  readonly signIns: SignIns;
  readonly consents = new Consents();
  readonly tokens: UploadTokens;
  readonly sessions: UploadSessions;
  readonly quotas: Quotas;
  readonly turns = new Turns();
  readonly faults: Faults;
  readonly log = new RequestLog();
  readonly closing = new AbortController();
  readonly seed: number;
  /** Signs upload tokens and baseUrls; kept, so that they outlive a restart. */
  key = "";
  /** Where it is reached; known once it listens. */
  origin = "";

  constructor(options: {
    dataDir?: string | undefined;
    switches?: Partial<Switches> | undefined;
    seed?: number | undefined;
  }) {
    this.seed = options.seed ?? 1;
    setMaxListeners(0, this.closing.signal); // every request that a fault holds waits on it
    this.switches = { ...defaultSwitches(), ...options.switches };
    this.journal = new Journal(options.dataDir);
    this.bytes = new ByteStore(options.dataDir);
    this.clock = new EmulatorClock();
    this.faults = new Faults(this.seed);
    this.quotas = new Quotas(this.clock, this.switches);
    this.signIns = new SignIns(this.journal, this.clock, this.switches);
    this.tokens = new UploadTokens(() => this.key, this.journal, this.clock, this.switches);
    this.sessions = new UploadSessions(this.clock, this.switches);
    const store = new LibraryStore();
    this.library = new Library(
      store,
      this.bytes,
      this.journal,
      this.clock,
      this.switches,
      () => this.accounts()[0],
    );
    const past = this.journal.replay(this.signIns, this.tokens, store);
    for (const change of past) {
      if (change.is === "key") this.key = change.key;
      if (change.is === "clock") this.clock.advance(change.aheadMs - this.clock.aheadMs);
    }
    if (this.key === "") {
      this.key = randomBytes(32).toString("base64url");
      this.journal.write({ is: "key", key: this.key });
    }
  }

  /** Moves the clock, for good: a restart on the same folder goes on from there. */
  advance(ms: number): void {
    this.clock.advance(ms);
    this.journal.write({ is: "clock", aheadMs: this.clock.aheadMs });
  }

  /** Accounts to sign in with; the first is the one signed in from the start. */
  accounts(): [string, ...string[]] {
    const [first = "you@example.com", ...more] = this.switches.accounts
      .split(",")
      .map((name) => name.trim())
      .filter((name) => name !== "");
    return [first, ...more];
  }
}
