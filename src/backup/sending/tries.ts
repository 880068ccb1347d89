import { orError, PhotosError } from "../../model";
import type { Basis } from "../basis";
import type { Retry } from "./retry";

/** Tries of work of which there is one at a time: how often in a row it has failed, and when it may be tried again. */
export class Tries {
  /** How often in a row. */
  failures = 0;
  /** On the clock's `elapsed`; 0 where at once. */
  notBefore = 0;

  constructor(private readonly basis: Pick<Basis, "ports" | "retries">) {}

  worked(): void {
    this.failures = this.notBefore = 0;
    this.basis.retries.good();
  }

  /** It has failed once more: nothing is tried before the rest that is answered, or before the hold ends. */
  failed(error: PhotosError): Retry {
    this.failures += 1;
    const retry = this.basis.retries.failed(error, this.failures);
    if (retry.hold !== undefined) this.failures = 0;
    this.notBefore = this.basis.ports.clock.elapsed() + retry.ms;
    return retry;
  }

  /** Tries once more. Throws whatever is no `PhotosError`. */
  async run(work: () => Promise<void>): Promise<void> {
    const error = await orError(work());
    if (error instanceof PhotosError) this.failed(error);
    else this.worked();
  }
}
