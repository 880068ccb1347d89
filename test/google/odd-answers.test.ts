import { describe, expect, it } from "vitest";
import { exchange } from "../../src/google/exchange";
import { accountKey, albumId, mediaItemId } from "../../src/model";
import { MovedClock } from "./moved-clock";
import { Device, fetchFor, KeptSecrets, nobodyAborts as signal, startGoogle, type Wire } from "./world";

/*
 * Answers that a strict emulator never gives, since Google's documents do not name them, and that somebody in between,
 * or Google on a bad day, may give all the same.
 */

type Played = (url: string, init: RequestInit) => Response | Error | undefined;

/** A signed-in device; what `played` answers comes in the emulator's place. */
async function deviceWhere(played: Played, more: Readonly<Record<string, unknown>> = {}): Promise<Device> {
  const google = await startGoogle();
  const real = fetchFor(google);
  const fetch: Wire = (url, init) => {
    const answer = played(url, init);
    if (answer instanceof Error) return Promise.reject(answer);
    return answer === undefined ? real(url, init) : Promise.resolve(answer);
  };
  const clock = new MovedClock(google.clock.now());
  return new Device(google, new KeptSecrets(), { fetch, clock }).signInBefore(undefined, more);
}

const TOKEN = "https://oauth2.googleapis.com/token";

const json = (answer: unknown, status = 200): Response => Response.json(answer, { status });

describe("the library", () => {
  const nothing: Played = (url) => new Error(`nobody should be asked: ${url}`);

  it("asks nobody where there is nothing to do", async () => {
    const { library } = await deviceWhere(nothing);
    const album = albumId("a");
    expect(await library.create([], { signal })).toEqual([]);
    expect((await library.get([], signal)).size).toBe(0);
    await library.addToAlbum(album, [], signal);
    await library.removeFromAlbum(album, [], signal);
  });

  it("takes no part of an answer for the whole of it", async () => {
    const id = mediaItemId("one");
    const { library } = await deviceWhere((url) =>
      url.includes(":batchGet") ? json({ mediaItemResults: [{ mediaItem: { id } }] }) : undefined,
    );
    const asked = library.get([id, mediaItemId("two")], signal);
    await expect(asked).rejects.toMatchObject({ name: "PhotosError", kind: "transient" });
  });

  it("reads the list of albums page by page", async () => {
    const { library } = await deviceWhere((url) => {
      if (!url.includes("/v1/albums?")) return undefined;
      const page = new URL(url).searchParams.get("pageToken");
      return json(
        page === null
          ? { albums: [{ id: "a" }], nextPageToken: "second" }
          : { albums: [{ id: `b-${page}` }], nextPageToken: "" },
      );
    });
    const first = await library.albums({ signal });
    expect(first.rows.map(({ id }) => id)).toEqual(["a"]);
    const second = await library.albums({ page: first.next ?? "", signal });
    expect(second.rows.map(({ id }) => id)).toEqual(["b-second"]);
    expect(second.next).toBeUndefined();
  });

  it.each([
    ["an image", "image/png", "=d"],
    ["a video", "video/mp4", "=dv"],
  ])("asks for the bytes of %s as they were sent", async (_, mimeType, suffix) => {
    const asked: string[] = [];
    const baseUrl = "https://lh3.googleusercontent.com/bytes";
    const { library } = await deviceWhere((url) => {
      if (url.includes("/v1/mediaItems/")) return json({ id: "i", mimeType, baseUrl });
      if (!url.startsWith(baseUrl)) return undefined;
      asked.push(url);
      return new Response("bytes");
    });
    const { item, bytes } = await library.download(mediaItemId("i"), signal);
    expect(item).toEqual({ id: "i", name: "", url: "", type: mimeType, width: 0, height: 0 });
    expect(new TextDecoder().decode(bytes)).toBe("bytes");
    expect(asked).toEqual([baseUrl + suffix]);
  });

  it("says so where an item has no address of its bytes yet", async () => {
    const { library } = await deviceWhere((url) =>
      url.includes("/v1/mediaItems/") ? json({ id: "i", mimeType: "video/mp4" }) : undefined,
    );
    await expect(library.download(mediaItemId("i"), signal)).rejects.toMatchObject({ kind: "transient" });
  });
});

describe("an upload in chunks", () => {
  const MB = 1024 * 1024;
  const SIZE = 17 * MB;
  const SESSION = "https://photoslibrary.googleapis.com/session";
  const source = {
    size: SIZE,
    slice: (from: number, to: number) => Promise.resolve(new Uint8Array(to - from)),
  };

  type Reply = readonly [status: number, headers?: Readonly<Record<string, string>>, body?: string];
  const begun: Reply = [200, { "x-goog-upload-url": SESSION, "x-goog-upload-status": "active" }];
  const kept: Reply = [200];
  const active = (held: number): Reply => [
    200,
    { "x-goog-upload-status": "active", "x-goog-upload-size-received": String(held) },
  ];
  const done: Reply = [200, {}, "the-token"];
  const busy: Reply = [503];
  const wrongOffset: Reply = [400];
  const cut = new Error("socket hang up");

  /** Sends 17 MB to a service that gives these answers one after the other, and tells what was asked for. */
  async function send(answers: readonly (Reply | Error)[], pauses: readonly number[] = []) {
    const commands: string[] = [];
    const device = await deviceWhere((url, { headers }) => {
      // A 401 in the course of an upload makes the device ask for another access token: the sign-in has ended.
      if (url === TOKEN && commands.length > 0) return json({ error: "invalid_grant" }, 400);
      if (url !== SESSION && !url.endsWith("/v1/uploads")) return undefined;
      const sent = new Headers(headers);
      const offset = sent.get("x-goog-upload-offset");
      commands.push(
        [sent.get("x-goog-upload-command"), offset && Number(offset) / MB].filter(Boolean).join(" "),
      );
      const answer = answers[commands.length - 1];
      if (answer === undefined) return new Error(`more was asked for than expected: ${commands.join("; ")}`);
      if (answer instanceof Error) return answer;
      const [status, more = {}, body = ""] = answer;
      return new Response(body, { status, headers: more });
    });
    const outcome = device.library.upload(source, "video/mp4", { signal }).then(
      (token) => ({ token: String(token) }),
      (error: unknown) => ({ error }),
    );
    for (const pause of pauses) await device.clock.sleepThrough(pause);
    return { outcome: await outcome, commands };
  }

  const token = { token: "the-token" };
  const last = "upload, finalize 16";
  const all = ["upload", "upload 8", last];

  it("needs no granularity to be named", async () => {
    expect(await send([begun, kept, kept, done])).toEqual({ outcome: token, commands: ["start", ...all] });
  });

  it("asks for the token alone where Google holds every byte already", async () => {
    const { outcome, commands } = await send([begun, kept, kept, cut, active(SIZE), done], [1_000]);
    expect(outcome).toEqual(token);
    expect(commands.slice(-3)).toEqual([last, "query", "finalize 17"]);
  });

  it("goes on at once from where Google stands, after a wrong offset", async () => {
    const { outcome, commands } = await send([begun, kept, wrongOffset, active(0), kept, kept, done], [0]);
    expect(outcome).toEqual(token);
    expect(commands).toEqual(["start", "upload", "upload 8", "query", ...all]);
  });

  it.each([
    ["is cut", cut],
    ["meets a busy service", busy],
  ])("asks once more where the question after a break %s", async (_, answer) => {
    const answers = [begun, cut, answer, active(8 * MB), kept, done];
    const { outcome, commands } = await send(answers, [1_000, 4_000]);
    expect(outcome).toEqual(token);
    expect(commands).toEqual(["start", "upload", "query", "query", "upload 8", last]);
  });

  it("starts anew where nobody knows how much has arrived", async () => {
    const { outcome, commands } = await send([begun, cut, kept, begun, kept, kept, done], [1_000]);
    expect(outcome).toEqual(token);
    expect(commands).toEqual(["start", "upload", "query", "start", ...all]);
  });

  it("asks again where the last answer is no token", async () => {
    const noToken: Reply = [200, { "content-type": "text/html" }, ""];
    const { outcome, commands } = await send([begun, kept, kept, noToken, active(SIZE), done], [1_000]);
    expect(outcome).toEqual(token);
    expect(commands.slice(-3)).toEqual([last, "query", "finalize 17"]);
  });

  it("stops where the question after a break says that nobody is signed in any more", async () => {
    const { outcome } = await send([begun, cut, [401]], [1_000]);
    expect(outcome).toMatchObject({ error: { name: "PhotosError", kind: "signed-out" } });
  });

  it("goes on from where it stood after a pause that keeps nothing else from being sent", async () => {
    const wait: Reply = [503, { "retry-after": "90" }];
    const { outcome, commands } = await send([begun, wait, active(8 * MB), kept, done], [90_000]);
    expect(outcome).toEqual(token);
    expect(commands).toEqual(["start", "upload", "query", "upload 8", last]);
  });

  it("is the caller's to wait for where Google wants a longer pause than five minutes", async () => {
    const { outcome, commands } = await send([begun, [503, { "retry-after": "301" }]]);
    expect(outcome).toMatchObject({ error: { kind: "transient", detail: { retryAfter: 301_000 } } });
    expect(commands).toEqual(["start", "upload"]);
  });

  it("is given up where Google loses again and again what it has taken", async () => {
    const round = [kept, wrongOffset, active(0)];
    const { outcome, commands } = await send(
      [begun, ...Array.from({ length: 6 }, () => round).flat()],
      [0, 0, 0, 0],
    );
    expect(outcome).toMatchObject({ error: { kind: "permanent" } });
    expect(commands.filter((command) => command === "upload")).toHaveLength(5);
  });

  it.each<[string, Reply]>([
    ["without an address", [200, { "x-goog-upload-status": "active" }]],
    [
      "that is over before it begins",
      [200, { "x-goog-upload-url": SESSION, "x-goog-upload-status": "final" }],
    ],
  ])("is a trouble of the moment %s", async (_, start) => {
    const { outcome, commands } = await send([start]);
    expect(outcome).toMatchObject({ error: { name: "PhotosError", kind: "transient" } });
    expect(commands).toEqual(["start"]);
  });
});

describe("what was on the way to Google", () => {
  const clock = new MovedClock();
  const request = { method: "GET", url: "https://photoslibrary.googleapis.com/", headers: {} };
  const never = (): Promise<never> => new Promise(() => undefined);
  it.each([
    ["read", "transient"],
    ["create", "outcome-unknown"],
  ] as const)("of a %s is waited for no longer than its time, which is %s", async (kind, told) => {
    const asked = exchange({ clock, fetch: never }, { ...request, kind, timeout: 7, signal });
    void clock.sleepThrough(7);
    await expect(asked).rejects.toMatchObject({ name: "PhotosError", kind: told, detail: {} });
  });

  it("is waited for no longer than its caller wants, and is told with the caller's reason", async () => {
    const giveUp = new AbortController();
    const reason = new Error("enough");
    const asked = exchange({ clock, fetch: never }, { ...request, kind: "read", signal: giveUp.signal });
    giveUp.abort(reason);
    await expect(asked).rejects.toBe(reason);
    const nobody = (): Promise<never> => Promise.reject(new Error("nobody should be asked"));
    const later = exchange({ clock, fetch: nobody }, { ...request, kind: "read", signal: giveUp.signal });
    await expect(later).rejects.toBe(reason);
  });

  it("failed in the host's own words", async () => {
    const fetch = (): Promise<never> => Promise.reject(new Error("net::ERR_NAME_NOT_RESOLVED"));
    const asked = exchange({ clock, fetch }, { ...request, kind: "create", signal });
    await expect(asked).rejects.toMatchObject({ kind: "offline" });
  });
});

describe("signing in", () => {
  it("is nothing that lasts where Google gives no refresh token", async () => {
    const device = await deviceWhere((url) => (url === TOKEN ? json({ access_token: "a" }) : undefined));
    device.signIn.signOut();
    const state = new URL((await device.begin()).url).searchParams.get("state");
    expect(await device.signIn.finish({ code: "c", state: state ?? "" })).toEqual({ is: "no-refresh-token" });
    expect(device.signIn.status.is).toBe("signed-out");
  });

  it("works where Google says neither whose it is nor what was granted", async () => {
    const grant = { access_token: "a", refresh_token: "r", expires_in: 3600 };
    const device = await deviceWhere((url) => (url === TOKEN ? json(grant) : undefined), {
      sub: undefined,
    });
    device.signIn.signOut();
    const state = new URL((await device.begin()).url).searchParams.get("state");
    expect(await device.signIn.finish({ code: "c", state: state ?? "" })).toEqual({
      is: "signed-in",
      missing: [],
    });
    const carried = await device.signIn.carryOver();
    const phone = new Device(device.google);
    const address = new URL(carried?.address ?? "");
    const taken = await phone.signIn.takeOver(Object.fromEntries(address.searchParams), carried?.code ?? "");
    expect(taken).toEqual({ is: "signed-in", missing: [] });
    const unnamed = { key: accountKey(device.google.client.id, ""), email: "" };
    expect(await device.signIn.account()).toEqual(unnamed);
    expect(await phone.signIn.account()).toEqual(unnamed);
  });

  it("takes over nothing that is none, or that its code does not open, and keeps what it has", async () => {
    const device = await deviceWhere(() => undefined);
    expect(await device.signIn.takeOver({}, "0123")).toEqual({ is: "not-an-answer" });
    const carried = await device.signIn.carryOver();
    expect(await device.signIn.takeOver(carried?.address ?? "", "0000-0000-0000")).toEqual({
      is: "wrong-code",
    });
    expect(device.signIn.status.is).toBe("signed-in");
  });

  it("needs a client before all else", async () => {
    const device = new Device(await startGoogle());
    expect(await (await device.begin()).outcome).toEqual({ is: "no-client" });
    expect(await device.signIn.finish("?code=c&state=s")).toEqual({ is: "expired" });
    expect(await device.signIn.carryOver()).toBeUndefined();
    expect(device.signIn.setClient("no client").is).not.toBe("client");
    const client = { id: "1-a.apps.googleusercontent.com", secret: "s" };
    expect(device.signIn.setClient(client).is).toBe("client");
    expect(device.signIn.clientId).toBe(client.id);
    // Nobody has ever signed in: there is nothing to forget or to revoke, and both do no harm.
    device.signIn.signOut();
    expect(await device.signIn.revokeEverywhere(signal)).toEqual({ is: "revoked" });
    expect(device.signIn.status.is).toBe("signed-out");
  });

  it("of before that is dead already ends nothing: other devices may have others", async () => {
    const device = await deviceWhere((url) =>
      url.endsWith("/revoke") ? json({ error: "invalid_token" }, 400) : undefined,
    );
    expect(await device.signIn.revokeEverywhere(signal)).toMatchObject({
      is: "failed",
      error: { kind: "signed-out" },
    });
    expect(device.signIn.status.is, "invalid_grant alone drops it").toBe("signed-in");
  });

  it("is left as it is where the caller gives up meanwhile, with the caller's reason", async () => {
    const reason = new Error("closed");
    const over = AbortSignal.abort(reason);
    const device = await deviceWhere(() => undefined);
    await expect(device.signIn.testConnection(over)).rejects.toBe(reason);
    await expect(device.signIn.revokeEverywhere(over)).rejects.toBe(reason);
    expect(device.signIn.status.is).toBe("signed-in");
  });

  it("knows whose it is also where no address was shared", async () => {
    const device = await deviceWhere(() => undefined, { sub: "7", email: undefined });
    expect(await device.signIn.account()).toMatchObject({ email: "" });
    device.signIn.signOut();
    expect(new URL((await device.begin()).url).searchParams.get("login_hint")).toBe("7");
  });

  it.each(["[]", "null", "7", '{"access_token":""}', "<html>Welcome to the hotel</html>"])(
    "goes on after a token answer of %s",
    async (body) => {
      let odd = true;
      const device = await deviceWhere((url) => (odd && url === TOKEN ? new Response(body) : undefined));
      await expect(device.library.list({ signal })).rejects.toMatchObject({ kind: "transient" });
      odd = false;
      expect((await device.library.list({ signal })).rows).toEqual([]);
    },
  );
});
