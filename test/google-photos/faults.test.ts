import { describe, expect, it } from "vitest";
import { faultTable, type FaultKind } from "./faults";
import { type PlainClient } from "./plain-client";
import { png } from "./sample-pictures";
import { refresh } from "./sign-in-steps";
import { emulator } from "./with-emulator";

type Outcome = { status: number; text: string } | "cut";

/** A create of one new picture, as raw as `fetch` gives it. */
async function createOne(origin: string, client: PlainClient, n = 1): Promise<Outcome> {
  const token = await client.tokenFor(png(n));
  try {
    const response = await fetch(`${origin}/v1/mediaItems:batchCreate`, {
      method: "POST",
      headers: { authorization: `Bearer ${client.accessToken}`, "content-type": "application/json" },
      body: JSON.stringify({
        newMediaItems: [{ simpleMediaItem: { uploadToken: token, fileName: `${n}.png` } }],
      }),
    });
    return { status: response.status, text: await response.text() };
  } catch {
    return "cut";
  }
}

/** What each fault does to a create: how it looks to the client, and how many items there are afterwards. */
const onCreate: [FaultKind, number | "cut", RegExp, number][] = [
  ["429", 429, /Write requests per minute per user/, 0],
  ["400-quota", 400, /Insufficient tokens for quota/, 0],
  ["500-before", 500, /Internal error encountered/, 0],
  ["500-after", 500, /Internal error encountered/, 1],
  ["503-html", 503, /<html/, 0],
  ["503-after", 503, /<html/, 1],
  ["502-empty", 502, /^$/, 0],
  ["200-html", 200, /<html/, 0],
  ["401", 401, /UNAUTHENTICATED/, 0],
  ["403-scope", 403, /insufficient authentication scopes/, 0],
  ["403-disabled", 403, /google\.rpc\.Help/, 0],
  ["403-user", 403, /disabled for the user/, 0],
  ["409", 409, /ABORTED/, 0],
  ["413", 413, /Too Large/, 0],
  ["daily-quota", 429, /All requests per day/, 0],
  ["storage-full", 400, /remaining storage/, 0],
  ["concurrent-429", 429, /concurrent write request/, 0],
  ["concurrent-409", 409, /ABORTED/, 0],
  ["concurrent-500", 500, /INTERNAL/, 0],
  ["bad-token", 400, /valid upload token/, 0],
  ["cut-before", "cut", /^/, 0],
  ["cut-during", "cut", /^/, 0],
  ["cut-after", "cut", /^/, 1],
  ["half-answer", "cut", /^/, 1],
  ["item-3", 200, /"code": 3/, 0],
  ["item-6", 200, /"code": 6/, 0],
  ["item-13", 200, /"code": 13/, 0],
  ["item-13-after", 200, /"code": 13/, 1],
  ["items-13", 200, /"code": 13/, 0],
  ["shuffle", 200, /Success/, 1],
  ["207", 207, /Success/, 1],
];

describe("a fault by script", () => {
  it.each(onCreate)("%s", async (kind, status, text, items) => {
    const { google, client } = await emulator();
    google.faults.script({ on: "create", do: kind });
    const outcome = await createOne(google.origin, client);
    expect(outcome === "cut" ? "cut" : outcome.status).toBe(status);
    if (outcome !== "cut") expect(outcome.text).toMatch(text);
    expect(google.library.items()).toHaveLength(items);
    expect(google.faults.struck()).toEqual({ [kind]: 1 });
    expect(await createOne(google.origin, client, 2)).toMatchObject({ status: 200 });
  });

  it("has a test of its own for every kind there is", () => {
    const tested = [...onCreate.map(([kind]) => kind), "delay", "cut-then-work", "invalid-grant"];
    expect(tested.sort()).toEqual(Object.keys(faultTable).sort());
  });

  it("strikes the nth of its kind, as often as it says, and no other kind", async () => {
    const { google, client } = await emulator();
    google.faults.script({ on: "upload", do: "503-html", nth: 2, times: 2 });
    const uploads = [];
    for (let n = 0; n < 4; n += 1) uploads.push((await client.upload(png(n))).status);
    expect(uploads).toEqual([200, 503, 503, 200]);
    google.faults.script({ on: ["albums.create", "albums.list"], do: "500-before", times: "always" });
    expect((await client.get("/v1/albums")).status).toBe(500);
    expect((await client.get("/v1/albums")).status).toBe(500);
    expect((await client.get("/v1/mediaItems")).status).toBe(200);
    google.faults.clear();
    expect((await client.get("/v1/albums")).status).toBe(200);
  });

  it("says after how many seconds to come again, where the rule does", async () => {
    const { google, client } = await emulator();
    google.faults.script({ on: "other", do: "429", retryAfter: 3 });
    expect((await client.get("/v1/albums")).headers.get("retry-after")).toBe("3");
  });

  it("speaks the language of the endpoint it strikes", async () => {
    const { google, client } = await emulator();
    google.faults.script([
      { on: "upload", do: "401" },
      { on: "token", do: "invalid-grant" },
      { on: "token", do: "500-before" },
    ]);
    expect(JSON.parse((await client.upload(png())).body)).toMatchObject({ code: 16 });
    const { refreshToken } = google.signIn();
    expect((await refresh(google, refreshToken)).body["error"]).toBe("invalid_grant");
    expect((await refresh(google, refreshToken)).status).toBe(200);
  });

  it("fails the item of a create that it names", async () => {
    const { google, client } = await emulator();
    google.faults.script([
      { on: "create", do: "item-13", item: 1 },
      { on: "create", do: "item-3", item: "winter", nth: 2 },
    ]);
    const tokens = await Promise.all([1, 2].map((n) => client.tokenFor(png(n))));
    const codes = async (): Promise<number[]> => {
      const named = tokens.map((token, n) => ({ token, fileName: n === 0 ? "winter day.png" : "b.png" }));
      const { body } = await client.create(named);
      return (body.newMediaItemResults ?? []).map(({ status }) => status.code ?? 0);
    };
    expect(await codes()).toEqual([0, 13]);
    expect(await codes()).toEqual([3, 0]);
  });

  it("delays an answer before or after its work until it is let go", async () => {
    const { google, client } = await emulator();
    google.faults.script([
      { on: "create", do: "delay", hold: "before" },
      { on: "create", do: "delay", hold: "after", afterWork: true, nth: 2 },
    ]);
    for (const [hold, items] of [
      ["before", 0],
      ["after", 2],
    ] as const) {
      const held = google.faults.whenHeld(hold);
      const answer = createOne(google.origin, client, items);
      await held;
      expect(google.library.items()).toHaveLength(items);
      google.faults.release(hold);
      expect(await answer).toMatchObject({ status: 200 });
    }
  });

  it("delays by real milliseconds", async () => {
    const { google, client } = await emulator();
    google.faults.script({ on: "upload", do: "delay", ms: 40 });
    await client.upload(png());
    const [entry] = google.requests.all();
    expect((entry?.ended ?? 0) - (entry?.started ?? 0)).toBeGreaterThan(35);
  });

  it("holds anew under a name that was let go, when a new rule says so", async () => {
    const { google, client } = await emulator();
    for (const n of [1, 2]) {
      google.faults.script({ on: "upload", do: "delay", hold: "again" });
      const held = google.faults.whenHeld("again");
      const upload = client.upload(png(n));
      await held;
      expect(google.requests.all().at(-1)?.ended).toBe(0);
      google.faults.release("again");
      expect((await upload).status).toBe(200);
    }
  });

  it("cuts the line first and does the work afterwards", async () => {
    const { google, client } = await emulator();
    google.faults.script({ on: "create", do: "cut-then-work", hold: "late" });
    expect(await createOne(google.origin, client)).toBe("cut");
    expect(google.library.items()).toHaveLength(0);
    const done = google.requests.next(({ kind }) => kind === "create");
    google.faults.release("late");
    await done;
    expect(google.library.items()).toHaveLength(1);
  });

  it("counts the late work of a cut create as one that others overlap", async () => {
    const { google, client } = await emulator({ overlap: "429" });
    google.faults.script({ on: "create", do: "cut-then-work", hold: "late" });
    expect(await createOne(google.origin, client)).toBe("cut");
    expect(await createOne(google.origin, client, 2)).toMatchObject({ status: 429 });
    google.faults.release("late");
  });
});

describe("faults by rate", () => {
  async function outcomes(seed: number): Promise<number[]> {
    const { google, client } = await emulator();
    google.faults.rates({ upload: { "503-html": 0.3, "401": 0.2 } }, seed);
    const statuses = [];
    for (let n = 0; n < 60; n += 1) statuses.push((await client.upload(png(n))).status);
    const struck = google.faults.struck();
    expect(struck["503-html"]).toBe(statuses.filter((status) => status === 503).length);
    return statuses;
  }

  it("are the same for the same seed and others for another", async () => {
    const [first, again, other] = [await outcomes(7), await outcomes(7), await outcomes(8)];
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
    const bad = first.filter((status) => status !== 200).length;
    expect(bad).toBeGreaterThan(15);
    expect(bad).toBeLessThan(45);
  });
});
