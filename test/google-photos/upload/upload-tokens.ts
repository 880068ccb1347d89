import { createHmac, randomBytes } from "node:crypto";
import type { Change, Upload } from "../change";
import type { EmulatorClock } from "../clock";
import type { Applies, Journal } from "../journal";
import type { Switches } from "../switches";

const idLength = 24;

/**
 * Upload tokens: each stands for bytes of one user and one client for a day (fact sheet §3.3). A token is
 * its id and a signature as long as Google's tokens are, so only ids need to be remembered.
 */
export class UploadTokens implements Applies {
  readonly #uploads = new Map<string, Upload & { used: boolean }>();

  constructor(
    private readonly key: () => string,
    private readonly journal: Journal,
    private readonly clock: EmulatorClock,
    private readonly switches: Switches,
  ) {}

  apply(change: Change): void {
    if (change.is === "upload") this.#uploads.set(change.upload.id, { ...change.upload, used: false });
    else if (change.is === "upload-used") {
      const upload = this.#uploads.get(change.id);
      if (upload !== undefined) upload.used = true;
    }
  }

  issue(upload: Omit<Upload, "id" | "at">): string {
    const id = randomBytes(18).toString("base64url");
    this.journal.write({ is: "upload", upload: { ...upload, id, at: this.clock.now() } });
    return this.#token(id);
  }

  /** The upload a token stands for; undefined where it is wrong, expired, or another user's or client's. */
  read(token: string, client: string, account: string): Upload | undefined {
    const id = token.slice(4, 4 + idLength);
    const upload = this.#uploads.get(id);
    if (upload === undefined || this.#token(id) !== token) return undefined;
    if (upload.client !== client || upload.account !== account) return undefined;
    const hours = this.switches.uploadTokenHours;
    if (hours > 0 && this.clock.now() >= upload.at + hours * 3_600_000) return undefined;
    return upload.used && this.switches.usedToken === "refused" ? undefined : upload;
  }

  markUsed(id: string): void {
    if (this.#uploads.get(id)?.used === false) this.journal.write({ is: "upload-used", id });
  }

  #token(id: string): string {
    const parts = [1, 2, 3, 4, 5].map((n) => createHmac("sha512", this.key()).update(`${n} ${id}`).digest());
    return `CAIS${id}${Buffer.concat(parts).toString("base64url")}`;
  }
}
