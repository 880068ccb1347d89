import { OAuth2Client } from "google-auth-library/build/src/auth/oauth2client";
import { PhotosError } from "../model";
import { photosErrorOf, type Seen } from "./errors";
import { exchange, Unanswered, type Wires } from "./exchange";

/** The user's own Google Cloud client, of the type "Desktop app". */
export interface Client {
  readonly id: string;
  readonly secret: string;
}

/** Most time a token call may take, in milliseconds. */
const TOKEN_TIMEOUT = 60_000;

/** So long before its end an access token is renewed, in milliseconds. */
const RENEW_BEFORE_END = 60_000;

/** Statuses of which a `Response` takes no body. */
const BODILESS: ReadonlySet<number> = new Set([101, 204, 205, 304]);

interface Carrier {
  config?: { headers?: unknown; data?: unknown; body?: unknown; url?: unknown };
  response?: { config?: unknown };
}

/** The library's own redactor leaves refresh token, code and verifier in an error: nothing of the request stays. */
function forgetRequest<T>(carrier: T & Carrier): T {
  delete carrier.config;
  if (carrier.response) delete carrier.response.config;
  return carrier;
}

/** Google's auth client on our own wires, without retries of its own: who waits and who gives up is decided once. */
export function createAuthClient(client: Client, wires: Wires): OAuth2Client {
  const auth = new OAuth2Client({
    clientId: client.id,
    clientSecret: client.secret,
    useAuthRequestParameters: false,
    eagerRefreshThresholdMillis: RENEW_BEFORE_END,
    transporterOptions: {
      errorRedactor: forgetRequest,
      fetchImplementation: async (input, init) => {
        const reply = await exchange(wires, {
          url: input instanceof Request ? input.url : String(input),
          timeout: TOKEN_TIMEOUT,
          signal: init?.signal ?? new AbortController().signal,
          ...(init?.method === undefined ? {} : { method: init.method }),
          ...(init?.headers === undefined ? {} : { headers: init.headers }),
          ...(init?.body === undefined ? {} : { body: init.body }),
        });
        const body = BODILESS.has(reply.status) ? null : reply.bytes;
        return new Response(body, { status: reply.status, headers: reply.headers });
      },
    },
  });
  auth.transporter.interceptors.request.add({
    resolved: (config) => {
      config.retry = false;
      delete config.retryConfig;
      return Promise.resolve(config);
    },
  });
  return auth;
}

/** Whether something is an error of gaxios with an answer inside. Its class is not ours to import. */
function answerIn(error: unknown): { status: number; headers: Headers; data: unknown } | undefined {
  if (!(error instanceof Error) || !("response" in error)) return undefined;
  const { response } = error;
  return response instanceof Response
    ? { status: response.status, headers: response.headers, data: dataOf(response) }
    : undefined;
}

const dataOf = (response: Response): unknown => ("data" in response ? response.data : undefined);

function seenIn(error: unknown): Seen {
  const answer = answerIn(error);
  if (answer) {
    const { status, headers, data } = answer;
    return {
      answered: { status, headers, body: typeof data === "string" ? data : JSON.stringify(data ?? "") },
    };
  }
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if (at instanceof Unanswered) return at.seen;
  }
  return { unreadable: "", status: 200 };
}

/** What a failed token call means. Nothing of the request or of the library's error is kept. */
export function tokenError(error: unknown, now: number): PhotosError {
  return error instanceof PhotosError ? error : photosErrorOf("token", seenIn(error), now);
}
