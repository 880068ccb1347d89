import { beforeAll, describe, expect, it } from "vitest";
import type * as GoogleRoom from "../../src/google";
import { bundle } from "../../esbuild.config.mjs";
import { wholly } from "./world";

const entry = "src/google/index.ts";

type Front = typeof GoogleRoom;

/** Evaluates the text as Obsidian does on a phone: nothing of Node is there, and what it asks for is recorded. */
function evaluate(code: string): { readonly exported: Front; readonly asked: readonly string[] } {
  const asked: string[] = [];
  const module = { exports: {} as Front };
  const ask = (name: string): null => {
    asked.push(name);
    return null;
  };
  const names = ["require", "module", "exports", "process", "global", "Buffer"];
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- as Obsidian loads a plugin
  const run = new Function(...names, code) as (...values: unknown[]) => void;
  run(ask, module, module.exports, undefined, undefined, undefined);
  return { exported: module.exports, asked };
}

describe("Google's client in one bundle", () => {
  let production: Awaited<ReturnType<typeof bundle>>;
  let readable: Awaited<ReturnType<typeof bundle>>;

  beforeAll(async () => {
    production = await bundle({ entry });
    readable = await bundle({ entry, dev: true });
  });

  it("asks for nothing when it loads, minified or not", () => {
    expect(production.meta.asksFor).toEqual([]);
    expect(evaluate(production.code).asked).toEqual([]);
    expect(evaluate(readable.code).asked).toEqual([]);
  });

  it("adds at most 3 kB of Google's auth client", () => {
    expect(production.meta.authClient).toBeGreaterThan(1_500);
    expect(production.meta.authClient).toBeLessThanOrEqual(3_000);
  });

  it("comes out the same each time", async () => {
    expect((await bundle({ entry })).code).toBe(production.code);
  });

  it("works without anything of Node: a refresh, a call, a renewal after a 401, and one before a token ends", async () => {
    const { createSignIn } = evaluate(production.code).exported;
    const seen: string[] = [];
    const secrets = new Map([
      ["vault-image-backup-client", JSON.stringify({ id: "c", secret: "s" })],
      [
        "vault-image-backup-sign-in",
        JSON.stringify({ clientId: "c", refreshToken: "r", sub: "1", email: "a@b" }),
      ],
    ]);
    let tokens = 0;
    const signIn = createSignIn({
      fetch: wholly((url, init) => {
        const bearer = new Headers(init.headers).get("authorization") ?? "";
        seen.push(`${init.method} ${url} ${bearer}`.trim());
        if (url.endsWith("/token"))
          // The second one ends before it could be used for long.
          return Promise.resolve(
            Response.json({ access_token: `t${++tokens}`, expires_in: tokens === 2 ? 60 : 3600 }),
          );
        return Promise.resolve(
          bearer === "Bearer t1" ? new Response("", { status: 401 }) : Response.json({}),
        );
      }),
      clock: {
        now: () => Date.now(),
        elapsed: () => 0,
        breath: () => undefined,
        sleep: (_, signal) => new Promise((_, end) => signal.addEventListener("abort", end)),
      },
      secrets: { get: (id) => secrets.get(id), set: (id, value) => void secrets.set(id, value) },
      listen: () => Promise.resolve(undefined),
      openBrowser: () => undefined,
      closingWords: () => ({ title: "", text: "", language: "en" }),
      isOther: () => false,
      confirmChange: () => Promise.resolve(true),
    });
    for (let time = 0; time < 3; time += 1)
      expect(await signIn.testConnection(new AbortController().signal)).toMatchObject({ is: "works" });
    expect(seen).toEqual([
      "POST https://oauth2.googleapis.com/token",
      "GET https://photoslibrary.googleapis.com/v1/albums?pageSize=1 Bearer t1",
      "POST https://oauth2.googleapis.com/token",
      "GET https://photoslibrary.googleapis.com/v1/albums?pageSize=1 Bearer t2",
      "POST https://oauth2.googleapis.com/token",
      "GET https://photoslibrary.googleapis.com/v1/albums?pageSize=1 Bearer t3",
      "GET https://photoslibrary.googleapis.com/v1/albums?pageSize=1 Bearer t3",
    ]);
  });
});

describe("the build", () => {
  it("fails where something asks for what phones do not have", async () => {
    await expect(bundle({ entry: "test/google/asks-for-electron.mjs" })).rejects.toThrow(
      "main.js asks for electron when it loads",
    );
  });
});
