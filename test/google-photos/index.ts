import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Faults } from "./faults";
import type { Library } from "./library/library";
import type { RequestLog } from "./request-log";
import { route } from "./router";
import { Service } from "./service";
import { scope } from "./sign-in/scopes";
import type { Client, Tokens } from "./sign-in/sign-ins";
import type { Switches } from "./switches";

export type { FaultKind } from "./faults";
export type { Client, Tokens } from "./sign-in/sign-ins";
export type { Switches } from "./switches";
export { scope } from "./sign-in/scopes";
export type { Faults, Library, RequestLog };

/** The client the emulator knows where it is given none. */
export const defaultClient: Client = { id: "emulator.apps.googleusercontent.com", secret: "emulator-secret" };

/** What a full sign-in of the product is granted. */
export const fullScopes = [scope.append, scope.read, scope.edit, scope.email, scope.openid] as const;

export interface GooglePhotosOptions {
  /** 0, the default, takes any free one. */
  port?: number;
  /** Library and sign-ins are kept here and found again; without it, in memory. */
  dataDir?: string;
  client?: Client;
  /** A sign-in of that client known from the start: all scopes, the first account. */
  refreshToken?: string;
  switches?: Partial<Switches>;
  /** Decides shuffles, and faults by rate; default 1. */
  seed?: number;
}

export interface GooglePhotos {
  /** `http://127.0.0.1:PORT`; answers for all of Google's hosts by path. */
  readonly origin: string;
  readonly client: Client;
  readonly library: Library;
  readonly requests: RequestLog;
  readonly switches: Readonly<Switches>;
  set(switches: Partial<Switches>): void;
  readonly clock: { now(): number; advance(ms: number): void };
  readonly faults: Faults;
  /** Another OAuth client that may sign in here. */
  addClient(client: Client): void;
  /** A sign-in without the consent screen; all scopes, the first account and client where not said. */
  signIn(as?: { account?: string; client?: Client; scopes?: readonly string[] }): Tokens;
  /** Ends every sign-in, as if each user had removed the app on Google's account page. */
  revokeAll(): void;
  /** Ends the server and every connection; what is held by a fault is cut. */
  close(): Promise<void>;
}

/** Starts an emulated Google Photos on loopback. */
export async function startGooglePhotos(options: GooglePhotosOptions = {}): Promise<GooglePhotos> {
  const service = new Service(options);
  const client = options.client ?? defaultClient;
  service.signIns.clients.set(client.id, client);
  const { refreshToken } = options;
  if (refreshToken !== undefined && !service.signIns.knows(refreshToken)) {
    service.signIns.grant(client.id, service.accounts()[0], fullScopes, refreshToken);
  }

  const running = new Set<Promise<void>>();
  const server = createServer({ requestTimeout: 0, keepAliveTimeout: 60_000 }, (request, response) => {
    const answered = route(service, request, response)
      .catch((error: unknown) => {
        // A bug of the emulator: said aloud, and the client is not left waiting.
        console.error("google-photos emulator:", error);
        response.socket?.destroy();
      })
      .finally(() => running.delete(answered));
    running.add(answered);
  });
  await new Promise<void>((listening, failed) => {
    server.once("error", failed);
    server.listen(options.port ?? 0, "127.0.0.1", listening);
  });
  const { port } = server.address() as AddressInfo;
  service.origin = `http://127.0.0.1:${port}`;

  return {
    origin: service.origin,
    client,
    library: service.library,
    requests: service.log,
    switches: service.switches,
    set: (switches) => void Object.assign(service.switches, switches),
    clock: { now: () => service.clock.now(), advance: (ms) => service.advance(ms) },
    faults: service.faults,
    addClient: (other) => void service.signIns.clients.set(other.id, other),
    signIn({ account = service.accounts()[0], client: as = client, scopes = fullScopes } = {}) {
      service.signIns.clients.set(as.id, as);
      return service.signIns.grant(as.id, account, scopes);
    },
    revokeAll: () => service.signIns.revokeAll(),
    async close() {
      service.closing.abort();
      const closed = new Promise<void>((done) => server.close(() => done()));
      server.closeAllConnections();
      await closed;
      await Promise.all(running);
      service.journal.close();
    },
  };
}
