import { randomBytes } from "node:crypto";
import type { EmulatorClock } from "../clock";
import type { Bearer } from "../sign-in/sign-ins";
import type { Switches } from "../switches";

/** A resumable upload on its way. */
export interface UploadSession {
  id: string;
  bearer: Bearer;
  name: string | null;
  /** Bytes announced at the start. */
  total: number;
  parts: Buffer[];
  received: number;
  status: "active" | "final" | "cancelled";
  /** The upload token, once it is final. */
  token: string | undefined;
  startedAt: number;
}

/** Resumable uploads in progress; they live as long as the process (fact sheet §3.3 knows no other figure). */
export class UploadSessions {
  readonly #sessions = new Map<string, UploadSession>();

  constructor(
    private readonly clock: EmulatorClock,
    private readonly switches: Switches,
  ) {}

  start(bearer: Bearer, name: string | null, total: number): UploadSession {
    const session: UploadSession = {
      id: `ABPtcP${randomBytes(60).toString("base64url")}`,
      bearer,
      name,
      total,
      parts: [],
      received: 0,
      status: "active",
      token: undefined,
      startedAt: this.clock.now(),
    };
    this.#sessions.set(session.id, session);
    return session;
  }

  get(id: string): UploadSession | undefined {
    const session = this.#sessions.get(id);
    const hours = this.switches.sessionHours;
    const late =
      session !== undefined && hours > 0 && this.clock.now() >= session.startedAt + hours * 3_600_000;
    return late ? undefined : session;
  }
}
