import { json, type Reply } from "./reply";

/** gRPC names that the service uses, with their numbers (google.rpc.Code). */
const codes = {
  INVALID_ARGUMENT: 3,
  NOT_FOUND: 5,
  ALREADY_EXISTS: 6,
  PERMISSION_DENIED: 7,
  RESOURCE_EXHAUSTED: 8,
  FAILED_PRECONDITION: 9,
  ABORTED: 10,
  OUT_OF_RANGE: 11,
  UNIMPLEMENTED: 12,
  INTERNAL: 13,
  UNAVAILABLE: 14,
  UNAUTHENTICATED: 16,
} as const;

export type GrpcName = keyof typeof codes;

interface Extras {
  details?: readonly Record<string, unknown>[];
  /** `errors[0].reason`, which older Google clients read (fact sheet §7.4). */
  reason?: string;
  headers?: Record<string, string>;
}

/** A refusal of the service: thrown by a method, written in the shape of the endpoint it left by. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly grpc: GrpcName,
    message: string,
    readonly extras: Extras = {},
  ) {
    super(message);
  }

  /** The `{error: {…}}` envelope of the JSON methods (fact sheet §7.4). */
  envelope(): Reply {
    const { details, reason, headers } = this.extras;
    const reply = json(
      {
        error: {
          code: this.status,
          message: this.message,
          ...(reason === undefined ? {} : { errors: [{ message: this.message, domain: "global", reason }] }),
          status: this.grpc,
          ...(details === undefined ? {} : { details }),
        },
      },
      this.status,
    );
    return { ...reply, headers: { ...reply.headers, ...headers } };
  }

  /** The bare status object of the byte upload, without an envelope (fact sheet §3.1). */
  bare(): Reply {
    const reply = json({ code: codes[this.grpc], message: this.message }, this.status);
    return { ...reply, headers: { ...reply.headers, ...this.extras.headers } };
  }
}

export const badRequest = (message: string, details?: readonly Record<string, unknown>[]): Refusal =>
  new Refusal(400, "INVALID_ARGUMENT", message, details === undefined ? {} : { details });

/** A field or parameter that does not exist or has the wrong type, as Google's JSON parser says it. */
export const badField = (field: string, message: string): Refusal =>
  badRequest(message, [
    {
      "@type": "type.googleapis.com/google.rpc.BadRequest",
      fieldViolations: [{ field, description: message }],
    },
  ]);

export const notFound = (): Refusal => new Refusal(404, "NOT_FOUND", "Requested entity was not found.");

export const unauthenticated = (): Refusal =>
  new Refusal(
    401,
    "UNAUTHENTICATED",
    "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid " +
      "authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.",
    {
      reason: "authError",
      headers: { "www-authenticate": 'Bearer realm="https://accounts.google.com/", error="invalid_token"' },
    },
  );

/** The upload endpoint's own way of saying that nobody is signed in, or with too little (fact sheet §2). */
export const noUploadSession = (): Refusal =>
  new Refusal(401, "UNAUTHENTICATED", "Authentication session is not defined.");

export const scopeMissing = (): Refusal =>
  new Refusal(403, "PERMISSION_DENIED", "Request had insufficient authentication scopes.", {
    reason: "insufficientPermissions",
  });

export const apiDisabled = (project: number): Refusal =>
  new Refusal(
    403,
    "PERMISSION_DENIED",
    `Photos Library API has not been used in project ${project} before or it is disabled. Enable it by visiting ` +
      `https://console.developers.google.com/apis/api/photoslibrary.googleapis.com/overview?project=${project} then ` +
      "retry. If you enabled this API recently, wait a few minutes for the action to propagate to our systems and retry.",
    {
      reason: "accessNotConfigured",
      details: [
        {
          "@type": "type.googleapis.com/google.rpc.Help",
          links: [
            {
              description: "Google developers console API activation",
              url: `https://console.developers.google.com/apis/api/photoslibrary.googleapis.com/overview?project=${project}`,
            },
          ],
        },
      ],
    },
  );

export const photosDisabledForUser = (): Refusal =>
  new Refusal(403, "PERMISSION_DENIED", "Google Photos is disabled for the user");

export const internal = (): Refusal =>
  new Refusal(500, "INTERNAL", "Internal error encountered.", { reason: "backendError" });

export const aborted = (): Refusal => new Refusal(409, "ABORTED", "The operation was aborted.");

export const storageFull = (): Refusal =>
  badRequest("The remaining storage in the user's account is not enough to perform this operation.");

const service = "of service 'photoslibrary.googleapis.com'";

const tooMany = (message: string, retryAfterSeconds: number): Refusal =>
  new Refusal(429, "RESOURCE_EXHAUSTED", message, {
    reason: "rateLimitExceeded",
    ...(retryAfterSeconds > 0 ? { headers: { "retry-after": String(retryAfterSeconds) } } : {}),
  });

/** The texts of fact sheet §7.4; `retryAfterSeconds` 0 sends no such header, as the real one is seen to do. */
export const quota = {
  day: (project: number): Refusal =>
    tooMany(
      `Quota exceeded for quota metric 'All requests' and limit 'All requests per day' ${service} for consumer ` +
        `'project_number:${project}'.`,
      0,
    ),
  minute: (project: number, retryAfterSeconds: number): Refusal =>
    tooMany(
      `Quota exceeded for quota metric 'Write requests' and limit 'Write requests per minute per user' ${service} ` +
        `for consumer 'project_number:${project}'.`,
      retryAfterSeconds,
    ),
  concurrent: (): Refusal => tooMany(`Quota exceeded for quota 'concurrent write request' ${service}.`, 0),
  /** The rate limit of uploads that hides in a 400 (fact sheet §3.1). */
  hiddenInUpload: (project: number): Refusal =>
    badRequest(
      "Insufficient tokens for quota 'upload_requests' and limit 'UploadsPerMinutePerUser' " +
        `${service} for consumer 'project_number:${project}'.`,
    ),
};
