import type { EmulatorClock } from "./clock";
import type { Switches } from "./switches";
import { quota, type Refusal } from "./wire/refusal";
import { projectOf } from "./sign-in/sign-ins";

const pacific = new Intl.DateTimeFormat("en-CA", { timeZone: "America/Los_Angeles", dateStyle: "short" });

/** The day that a project's quota counts by: it begins at midnight in California. */
export const pacificDay = (now: number): string => pacific.format(now);

/** Requests counted against the limits that the switches set (fact sheet §7). Counts live as long as the process. */
export class Quotas {
  readonly #days = new Map<string, number>();
  readonly #minutes = new Map<string, number[]>();

  constructor(
    private readonly clock: EmulatorClock,
    private readonly switches: Switches,
  ) {}

  /** Counts a request of the Library API; the refusal where the day's quota is spent. */
  request(client: string): Refusal | undefined {
    return this.#day("requests", client, this.switches.dailyRequests);
  }

  /** Counts a load of media bytes, which have a quota of their own. */
  download(client: string): Refusal | undefined {
    return this.#day("downloads", client, this.switches.dailyDownloads);
  }

  write(client: string, account: string): Refusal | undefined {
    return this.#minute(`write ${client} ${account}`, this.switches.writesPerMinute)
      ? quota.minute(projectOf(client), this.switches.retryAfterSeconds)
      : undefined;
  }

  upload(client: string, account: string): Refusal | undefined {
    return this.#minute(`upload ${client} ${account}`, this.switches.uploadsPerMinute)
      ? quota.hiddenInUpload(projectOf(client))
      : undefined;
  }

  #day(what: string, client: string, limit: number): Refusal | undefined {
    if (limit === 0) return undefined;
    const project = projectOf(client);
    const key = `${what} ${project} ${pacificDay(this.clock.now())}`;
    const count = (this.#days.get(key) ?? 0) + 1;
    this.#days.set(key, count);
    return count > limit ? quota.day(project) : undefined;
  }

  /** True where this one is over the limit of the last sixty seconds; a refused one does not count. */
  #minute(key: string, limit: number): boolean {
    if (limit === 0) return false;
    const now = this.clock.now();
    const recent = (this.#minutes.get(key) ?? []).filter((at) => now - at < 60_000);
    const over = recent.length >= limit;
    this.#minutes.set(key, over ? recent : [...recent, now]);
    return over;
  }
}
