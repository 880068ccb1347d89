import { describeItem } from "../../src/google/describe-item";
import { describe, expect, it } from "vitest";
import { albumId, PhotosError, type PhotosErrorKind, type Refusal } from "../../src/model";
import type { FaultKind, Switches } from "../google-photos";
import { faultTable } from "../google-photos/faults";
import { png } from "../google-photos/sample-pictures";
import { MovedClock } from "./moved-clock";
import { Device, nobodyAborts as signal, signedIn, sourceOf, startGoogle } from "./world";

const upload = (device: Device, n = 1) => device.library.upload(sourceOf(png(n)), "image/png", { signal });

async function failure(work: Promise<unknown>): Promise<PhotosError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof PhotosError) return error;
    throw error;
  }
  throw new Error("expected the call to fail");
}

/** Each call, a fault that strikes it, and what the client makes of that; `renew` is a list that needs a token first. */
type Call = "upload" | "create" | "list" | "createAlbum" | "download" | "renew";
const faults: readonly (readonly [Call, FaultKind, PhotosErrorKind, Refusal?])[] = [
  ["upload", "429", "quota-minute"],
  ["upload", "400-quota", "quota-minute"],
  ["upload", "503-html", "transient"],
  ["upload", "cut-during", "transient"],
  ["upload", "half-answer", "transient"],
  ["upload", "200-html", "transient"],
  ["upload", "413", "bad-item"],
  ["upload", "403-disabled", "refused", "api-off"],
  ["create", "500-before", "transient"],
  ["create", "502-empty", "transient"],
  ["create", "500-after", "transient"],
  ["create", "503-after", "transient"],
  ["create", "concurrent-500", "transient"],
  ["create", "cut-then-work", "outcome-unknown"],
  ["create", "409", "transient"],
  ["create", "concurrent-429", "concurrent"],
  ["create", "concurrent-409", "transient"],
  ["create", "cut-before", "outcome-unknown"],
  ["create", "cut-after", "outcome-unknown"],
  ["create", "half-answer", "outcome-unknown"],
  ["create", "200-html", "outcome-unknown"],
  ["create", "daily-quota", "quota-day"],
  ["create", "storage-full", "storage-full"],
  ["create", "bad-token", "bad-token"],
  ["create", "403-user", "refused", "account-blocked"],
  ["createAlbum", "cut-before", "outcome-unknown"],
  ["list", "cut-before", "transient"],
  ["list", "200-html", "transient"],
  ["list", "409", "transient"],
  ["list", "401", "transient"],
  ["list", "403-disabled", "refused", "api-off"],
  ["list", "403-scope", "refused", "scope-missing"],
  ["list", "403-user", "refused", "account-blocked"],
  ["download", "503-html", "transient"],
  ["renew", "invalid-grant", "signed-out"],
  ["renew", "503-html", "transient"],
];

/** What strikes a create of two images, and what becomes of each. */
const strikes: readonly (readonly [FaultKind, readonly string[]])[] = [
  ["item-3", ["not-an-image", "created"]],
  ["item-6", ["again", "created"]],
  ["item-13", ["again", "created"]],
  ["item-13-after", ["again", "created"]],
  ["items-13", ["again", "again"]],
  ["shuffle", ["created", "created"]],
  ["207", ["created", "created"]],
];

describe("the client", () => {
  it("is struck here by every fault that there is", () => {
    const alone: readonly FaultKind[] = ["delay"];
    const met = new Set([...faults.map(([, fault]) => fault), ...strikes.map(([fault]) => fault), ...alone]);
    expect([...met].sort()).toEqual(Object.keys(faultTable).sort());
  });

  it("tells of every kind of error that there is", () => {
    const kinds: Readonly<Record<PhotosErrorKind, "by a fault" | "by itself">> = {
      "signed-out": "by a fault",
      refused: "by a fault",
      "quota-minute": "by a fault",
      "quota-day": "by a fault",
      concurrent: "by a fault",
      "storage-full": "by a fault",
      offline: "by itself",
      transient: "by a fault",
      "outcome-unknown": "by a fault",
      "bad-token": "by a fault",
      "bad-album": "by itself",
      "bad-item": "by a fault",
      permanent: "by itself",
    };
    const told = new Set(faults.map(([, , kind]) => kind));
    for (const [kind, how] of Object.entries(kinds)) {
      expect([kind, told.has(kind as PhotosErrorKind)]).toEqual([kind, how === "by a fault"]);
    }
  });
});

describe("a call that strikes a fault", () => {
  const CALLS: Readonly<Record<Call, string>> = {
    upload: "upload",
    create: "create",
    list: "mediaItems.list",
    createAlbum: "albums.create",
    download: "download",
    renew: "token",
  };

  it.each(faults.map(([call, fault, kind, refusal]) => ({ call, fault, kind, refusal })))(
    "$call meeting $fault is told as $kind",
    async ({ call, fault, kind, refusal }) => {
      const device = await signedIn();
      const { library, google } = device;
      const token = await upload(device);
      const [made] = await library.create([{ token, name: "before.png" }], { signal });
      const calls: Readonly<Record<Call, () => Promise<unknown>>> = {
        upload: () => upload(device, 2),
        create: () => library.create([{ token, name: "1.png" }], { signal }),
        list: () => library.list({ signal }),
        createAlbum: () => library.createAlbum("A vault", signal),
        download: () =>
          made?.is === "created" ? library.download(made.item.id, signal) : Promise.reject(new Error()),
        renew: () => new Device(google, device.secrets).library.list({ signal }),
      };
      // A missing scope stays missing when the token is renewed, and so does whatever refuses tokens.
      const times = fault === "403-scope" || fault === "401" ? 2 : 1;
      google.faults.script({ on: CALLS[call], do: fault, times });
      const error = await failure(calls[call]());
      expect(error.kind).toBe(kind);
      expect(error.detail.refusal).toBe(refusal);
      expect(error.message).not.toMatch(/<|ya29|Bearer/);
    },
  );

  it("is told how long Google asks to wait", async () => {
    const device = await signedIn();
    device.google.faults.script({ on: "create", do: "429", retryAfter: 17 });
    const error = await failure(
      device.library.create([{ token: await upload(device), name: "1.png" }], { signal }),
    );
    expect(error).toMatchObject({ kind: "quota-minute", detail: { status: 429, retryAfter: 17_000 } });
  });

  it("was never sent where nobody listens", async () => {
    const google = await startGoogle();
    const device = new Device(google).signInBefore();
    await device.library.list({ signal });
    await google.close();
    await failure(device.library.list({ signal })); // on the connection that stood: what became of it nobody knows
    expect((await failure(device.library.createAlbum("A vault", signal))).kind).toBe("offline");
    expect((await failure(device.library.list({ signal }))).kind).toBe("offline");
  });

  it("is sent once: nobody repeats behind our back", async () => {
    const device = await signedIn();
    await device.library.list({ signal });
    for (const [on, call] of [
      ["mediaItems.list", () => device.library.list({ signal })],
      ["albums.create", () => device.library.createAlbum("A vault", signal)],
    ] as const) {
      for (const fault of ["503-html", "cut-before", "429"] as const) {
        device.google.requests.clear();
        device.google.faults.script({ on, do: fault });
        await failure(call());
        expect(device.google.requests.all()).toHaveLength(1);
      }
    }
  });
});

describe("a call whose access token Google refuses", () => {
  it.each(["upload", "create", "other"])("is done by another token, once: %s", async (on) => {
    const device = await signedIn();
    const token = await upload(device);
    device.google.faults.script({ on, do: "401" });
    await upload(device, 2);
    await device.library.create([{ token, name: "1.png" }], { signal });
    await device.library.list({ signal });
    expect(device.google.faults.struck()).toEqual({ 401: 1 });
    expect(device.google.library.items()).toHaveLength(1);
  });
});

describe("a create", () => {
  const states: readonly (readonly [Partial<Switches>, readonly string[]])[] = [
    [{ partialStatus: "207" }, ["created", "not-an-image"]],
    [{ successCode: "zero" }, ["created", "not-an-image"]],
    [{ successMessage: "OK", resultOrder: "shuffled" }, ["created", "not-an-image"]],
    [{ baseUrlOnCreate: true }, ["created", "not-an-image"]],
  ];
  it.each(states)("reads each result under %o", async (switches, expected) => {
    const device = await signedIn({ switches });
    const tokens = [
      await upload(device),
      await device.library.upload(sourceOf(new TextEncoder().encode("<svg/>")), "image/svg+xml", { signal }),
    ];
    const items = tokens.map((token, n) => ({ token, name: `${n}.png` }));
    const results = await device.library.create(items, { signal });
    expect(results.map((result) => result.is)).toEqual(expected);
  });

  it.each(strikes)("that meets %s answers %o", async (fault, expected) => {
    const device = await signedIn();
    const tokens = [await upload(device), await upload(device, 2)];
    device.google.faults.script({ on: "create", do: fault });
    const items = tokens.map((token, n) => ({ token, name: `${n}.png` }));
    const results = await device.library.create(items, { signal });
    expect(results.map((result) => result.is)).toEqual(expected);
    const names = results.map((result) => (result.is === "created" ? result.item.name : undefined));
    expect(names).toEqual(expected.map((is, n) => (is === "created" ? `${n}.png` : undefined)));
  });

  it("asks for another try of each item where the answer has no results", async () => {
    const device = await signedIn({ switches: { allFailed: "empty" } });
    const token = await device.library.upload(sourceOf(new Uint8Array([1, 2, 3])), "image/png", { signal });
    expect(await device.library.create([{ token, name: "1.png" }], { signal })).toEqual([{ is: "again" }]);
  });

  it("may take more than four minutes, and is unknown after five", async () => {
    const clock = new MovedClock();
    const device = await signedIn({}, { clock });
    const token = await upload(device);
    device.google.faults.script({ on: "create", do: "delay", hold: "slow", times: 2 });
    const slow = device.library.create([{ token, name: "1.png" }], { signal });
    clock.advance(0);
    const lost = failure(slow);
    await clock.sleepThrough(300_000);
    expect((await lost).kind).toBe("outcome-unknown");
    device.google.faults.release("slow");
  });

  it("says that a description is the person's own words, and nothing where there are none", async () => {
    const device = await signedIn();
    const tokens = [await upload(device, 1), await upload(device, 2)];
    const [one, two] = tokens;
    if (one === undefined || two === undefined) throw new Error("two tokens");
    await device.library.create(
      [
        { token: one, name: "1.png", description: "A walk in the hills" },
        { token: two, name: "2.png" },
      ],
      { signal },
    );
    expect(device.google.library.items().map((item) => item.description)).toEqual([
      "A walk in the hills",
      "",
    ]);
  });
});

describe("reading", () => {
  it("goes on where pages are short or empty", async () => {
    const device = await signedIn({ switches: { shortPages: "empty-first" } });
    await device.library.create([{ token: await upload(device), name: "1.png" }], { signal });
    const first = await device.library.list({ signal });
    expect(first.rows).toEqual([]);
    const rows = (await device.library.list({ signal, ...(first.next ? { page: first.next } : {}) })).rows;
    expect(rows).toHaveLength(1);
  });

  it("never calls an item gone because Google had a trouble", async () => {
    const device = await signedIn();
    const [made] = await device.library.create([{ token: await upload(device), name: "1.png" }], { signal });
    if (made?.is !== "created") throw new Error("expected an item");
    for (const fault of ["500-before", "503-html", "200-html", "429"] as const) {
      device.google.faults.script({ on: "mediaItems.batchGet", do: fault });
      await failure(device.library.get([made.item.id], signal));
    }
    expect((await device.library.get([made.item.id], signal)).has(made.item.id)).toBe(true);
  });

  it("never calls an album gone because Google had a trouble", async () => {
    const device = await signedIn();
    const album = await device.library.createAlbum("A vault", signal);
    for (const fault of ["503-html", "403-scope", "403-disabled", "403-user"] as const) {
      device.google.faults.script({ on: "albums.get", do: fault, times: 2 });
      expect((await failure(device.library.album(album.id, signal))).kind).not.toBe("bad-album");
      device.google.faults.clear();
    }
    expect(await device.library.album(albumId("gone"), signal)).toBeUndefined();
  });

  it("asks for the address of bytes anew, since it ends after an hour", async () => {
    const device = await signedIn();
    const [made] = await device.library.create([{ token: await upload(device, 5), name: "5.png" }], {
      signal,
    });
    if (made?.is !== "created") throw new Error("expected an item");
    for (let times = 0; times < 2; times += 1) {
      const { bytes } = await device.library.download(made.item.id, signal);
      expect(bytes).toEqual(new Uint8Array(png(5)));
      device.passTime(2 * 3_600_000);
    }
  });
});

describe("an item", () => {
  it("is given another description, where it is ours", async () => {
    const { library, google, signIn } = await signedIn();
    const token = await library.upload(sourceOf(png(1)), "image/png", { signal });
    const [made] = await library.create([{ token, name: "1.png" }], { signal });
    if (made?.is !== "created") throw new Error("expected an item");
    const describe = (text: string) => describeItem(signIn.transport, made.item.id, text, signal);
    await describe("The harbour at dawn");
    expect(google.library.items()).toMatchObject([{ description: "The harbour at dawn" }]);
    await expect(describe("x".repeat(1001))).rejects.toMatchObject({
      name: "PhotosError",
      kind: "permanent",
    });
  });
});
