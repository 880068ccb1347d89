import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { FaultKind, GooglePhotos } from "../google-photos";
import { png } from "../google-photos/sample-pictures";
import {
  decide,
  Device,
  fetchFor,
  KeptSecrets,
  nobodyAborts as signal,
  sourceOf,
  startGoogle,
  type Wire,
} from "./world";

/** Everything that was written or shown. */
let shown: string[];
/** Everything that must not be. */
let canaries: Set<string>;

const CONSOLE = ["log", "info", "warn", "error", "debug", "trace"] as const;

beforeEach(() => {
  shown = [];
  canaries = new Set();
  for (const name of CONSOLE) {
    vi.spyOn(console, name).mockImplementation((...words: unknown[]) => {
      show(words);
    });
  }
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** Writes a value out as a careless reporter would: with everything that hangs on it. */
function show(value: unknown): void {
  shown.push(inspect(value, { depth: null, showHidden: true, getters: true, maxStringLength: null }));
  if (value instanceof Error)
    shown.push(value.stack ?? "", JSON.stringify(value, Object.getOwnPropertyNames(value)));
  else shown.push(JSON.stringify(value));
}

const SECRET_FIELDS = [
  "refresh_token",
  "client_secret",
  "code",
  "code_verifier",
  "token",
  "access_token",
  "id_token",
];

/** A wire that learns every secret which passes, and how the other end repeats it in what it answers. */
function tapped(wire: Wire, spoil: (sent: string) => Response | undefined): Wire {
  return async (url, init) => {
    const headers = new Headers(init.headers);
    const bearer = headers.get("authorization")?.replace(/^Bearer /, "");
    if (bearer !== undefined) canaries.add(bearer);
    const body = typeof init.body === "string" ? init.body : "";
    for (const [name, value] of new URLSearchParams(body))
      if (SECRET_FIELDS.includes(name)) canaries.add(value);
    const spoiled = spoil(`${url}\n${JSON.stringify([...headers])}\n${body}`);
    if (spoiled !== undefined) return spoiled;
    const answer = await wire(url, init);
    if (url.endsWith("/token"))
      learn(
        (await answer
          .clone()
          .json()
          .catch(() => ({}))) as object,
      );
    return answer;
  };
}

function learn(answer: object): void {
  for (const [name, value] of Object.entries(answer))
    if (SECRET_FIELDS.includes(name)) canaries.add(String(value));
}

function expectNoCanary(): void {
  expect(canaries.size).toBeGreaterThan(3);
  const all = shown.join("\n");
  expect(all.length).toBeGreaterThan(1000);
  for (const canary of canaries) {
    const base64 = Buffer.from(canary).toString("base64").replace(/=+$/, "");
    for (const form of [
      canary,
      encodeURIComponent(canary),
      base64,
      Buffer.from(canary).toString("base64url"),
    ]) {
      expect(
        all.includes(form),
        `a secret was shown: …${all.slice(Math.max(0, all.indexOf(form) - 200), all.indexOf(form))}`,
      ).toBe(false);
    }
  }
}

async function device(
  google: GooglePhotos,
  spoil: (sent: string) => Response | undefined = () => undefined,
): Promise<Device> {
  const one = new Device(google, new KeptSecrets(), { fetch: tapped(fetchFor(google), spoil) });
  one.signIn.setClient(google.client);
  canaries.add(google.client.secret);
  return one;
}

/** Does everything there is, and shows whatever comes of it. */
async function everything(one: Device): Promise<void> {
  const shownOf = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      show(await work());
    } catch (error) {
      show(error);
    }
    show([one.signIn.status, one.signIn.clientId]);
  };
  const { library, signIn } = one;
  await shownOf(() => signIn.account());
  await shownOf(() => library.list({ signal }));
  await shownOf(() => library.createAlbum("A vault", signal));
  await shownOf(() => library.albums({ signal }));
  await shownOf(() => signIn.testConnection(signal));
  await shownOf(async () => {
    const token = await library.upload(sourceOf(png(1)), "image/png", { signal });
    return library.create([{ token, name: "1.png" }], { signal });
  });
  await shownOf(() => signIn.revokeEverywhere(signal));
}

async function signInOnPhone(one: Device): Promise<void> {
  const { url } = await one.begin();
  const back = await decide(one.google, url);
  canaries.add(new URL(back).searchParams.get("code") ?? "");
  show(await one.signIn.finish(back));
}

const FAULTS: readonly FaultKind[] = [
  "401",
  "403-scope",
  "500-before",
  "503-html",
  "200-html",
  "cut-before",
  "cut-after",
  "half-answer",
  "invalid-grant",
  "429",
];

describe("no secret is written or shown", () => {
  it("where all goes well", async () => {
    const one = await device(await startGoogle());
    await signInOnPhone(one);
    await everything(one);
    expectNoCanary();
  });

  it.each(FAULTS)("where every call meets %s", async (fault) => {
    const google = await startGoogle();
    const one = await device(google);
    await signInOnPhone(one);
    google.faults.script({
      on: ["upload", "create", "other", "token", "userinfo", "revoke"],
      do: fault,
      times: "always",
    });
    await everything(one);
    await signInOnPhone(one);
    expectNoCanary();
  });

  const mirrors: readonly (readonly [string, (sent: string) => Response])[] = [
    [
      "an envelope",
      (sent) =>
        Response.json({ error: { code: 400, message: sent, status: "INVALID_ARGUMENT" } }, { status: 400 }),
    ],
    ["a bare status", (sent) => Response.json({ code: 3, message: sent }, { status: 400 })],
    [
      "an OAuth error",
      (sent) => Response.json({ error: "invalid_request", error_description: sent }, { status: 400 }),
    ],
    ["an OAuth error's name", (sent) => Response.json({ error: sent }, { status: 400 })],
    ["a page", (sent) => new Response(`<html>${sent}</html>`, { status: 502 })],
    ["a page that passes for an answer", (sent) => new Response(`<html>${sent}</html>`)],
    [
      "a network error",
      (sent) => {
        throw new Error(`could not send ${sent}`, { cause: { sent } });
      },
    ],
  ];
  it.each(mirrors)("where the other end repeats all it was sent in %s", async (_, mirror) => {
    const google = await startGoogle();
    let spoils = false;
    const one = await device(google, (sent) =>
      spoils && !sent.includes("/token") ? mirror(sent) : undefined,
    );
    await signInOnPhone(one);
    spoils = true;
    await everything(one);
    const other = await device(google, (sent) =>
      sent.includes("accounts.google.com") ? undefined : mirror(sent),
    );
    await signInOnPhone(other);
    await everything(other.signInBefore());
    expectNoCanary();
  });
});
