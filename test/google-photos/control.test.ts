import { readdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { format } from "prettier";
import { describe, expect, it } from "vitest";
import { helpText, readCommandLine } from "./command-line";
import { readme } from "./readme";
import { png } from "./sample-pictures";
import { switchNames } from "./switches";
import { emulator } from "./with-emulator";

async function control(
  origin: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${origin}/control/${path}`, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json() };
}

describe("the control endpoint", () => {
  it("shows and sets switches, and says what is wrong with a wrong one", async () => {
    const { google } = await emulator();
    const set = await control(google.origin, "POST", "switches", {
      overlap: "429",
      batchLimit: 3,
      storageFull: true,
    });
    expect(set.body).toMatchObject({ overlap: "429", batchLimit: 3, storageFull: true });
    expect(google.switches.overlap).toBe("429");
    expect((await control(google.origin, "GET", "switches")).body).toEqual(set.body);
    expect(await control(google.origin, "POST", "switches", { overlap: "sometimes" })).toEqual({
      status: 400,
      body: { error: 'Switch overlap is one of serialise, 429, 409, 500, not "sometimes".' },
    });
    expect((await control(google.origin, "POST", "switches", { nothing: 1 })).status).toBe(400);
    expect(google.switches.batchLimit).toBe(3);
  });

  it("scripts faults, draws them by rate, and tells what struck", async () => {
    const { google, client } = await emulator();
    await control(google.origin, "POST", "faults", { rules: [{ on: "upload", do: "503-html" }] });
    expect((await client.upload(png())).status).toBe(503);
    expect((await control(google.origin, "GET", "faults")).body).toEqual({ struck: { "503-html": 1 } });
    await control(google.origin, "POST", "faults", { rates: { upload: { "401": 1 } }, seed: 2 });
    expect((await client.upload(png())).status).toBe(401);
    await control(google.origin, "DELETE", "faults");
    expect((await client.upload(png())).status).toBe(200);
    expect(
      (await control(google.origin, "POST", "faults", { rules: [{ on: "upload", do: "rain" }] })).status,
    ).toBe(400);
    expect((await control(google.origin, "POST", "faults", { rates: { upload: { rain: 1 } } })).status).toBe(
      400,
    );
  });

  it("lets go what a fault holds", async () => {
    const { google, client } = await emulator();
    await control(google.origin, "POST", "faults", { rules: [{ on: "upload", do: "delay", hold: "h" }] });
    const held = google.faults.whenHeld("h");
    const upload = client.upload(png());
    await held;
    await control(google.origin, "POST", "faults/release", { hold: "h" });
    expect((await upload).status).toBe(200);
  });

  it("shows requests, counts and library, and is in none of them", async () => {
    const { google, client } = await emulator();
    const { id } = await client.add(png());
    expect((await control(google.origin, "GET", "counts")).body).toEqual({
      uploads: 1,
      creates: 1,
      other: 0,
    });
    const log = (await control(google.origin, "GET", "requests")).body;
    expect(log).toMatchObject([
      { n: 1, kind: "upload", call: "uploads.raw", status: 200, bytesIn: png().length },
      { n: 2, kind: "create", path: "/v1/mediaItems:batchCreate" },
    ]);
    expect((await control(google.origin, "GET", "library")).body).toMatchObject({
      items: [{ id, size: png().length }],
      albums: [],
    });
    await control(google.origin, "DELETE", "requests");
    expect(google.requests.all()).toEqual([]);
  });

  it("moves the clock, bins items, adds the user's own, and ends sign-ins", async () => {
    const { google, client } = await emulator();
    const { id } = await client.add(png());
    await control(google.origin, "POST", `items/${id}/bin`);
    expect(google.library.items()[0]?.binned).toBe(true);
    await control(google.origin, "POST", `items/${id}/restore`);
    expect(google.library.items()[0]?.binned).toBe(false);
    await control(google.origin, "POST", `items/${id}/delete`);
    expect((await control(google.origin, "POST", `items/${id}/bin`)).status).toBe(400);
    await fetch(`${google.origin}/control/items?filename=own.png`, {
      method: "POST",
      body: new Uint8Array(png(2)),
    });
    expect(google.library.items()).toMatchObject([{ filename: "own.png", client: null }]);
    const before = google.clock.now();
    await control(google.origin, "POST", "clock", { advance: 60_000 });
    expect(google.clock.now() - before).toBeGreaterThanOrEqual(60_000);
    expect((await control(google.origin, "POST", "clock", { advance: "soon" })).status).toBe(400);
    await control(google.origin, "POST", "revoke-all");
    expect((await client.get("/v1/albums")).status).toBe(401);
    expect((await control(google.origin, "GET", "nothing")).status).toBe(404);
  });
});

describe("the command line", () => {
  it("reads every option", () => {
    const args =
      "--port 8080 --data=dir --client-id a --client-secret b --refresh-token c --seed 4 --switch overlap=409 --switch storageFull=true";
    expect(readCommandLine(args.split(" "))).toEqual({
      port: 8080,
      dataDir: "dir",
      client: { id: "a", secret: "b" },
      refreshToken: "c",
      seed: 4,
      switches: { overlap: "409", storageFull: true },
    });
    expect(readCommandLine(["--help"])).toBe("help");
  });

  it.each([["--prot", "1"], ["--port"], ["--port", "x"], ["--client-id", "a"], ["--switch", "overlap=no"]])(
    "says what is wrong with %s %s",
    (...args) => {
      expect(() => readCommandLine(args)).toThrow(/\.$/);
    },
  );

  it("lists every switch in its help", () => {
    const help = helpText();
    expect(switchNames.filter((name) => !help.includes(`  ${name} = `))).toEqual([]);
  });
});

describe("the switches", () => {
  it("are each flipped by a test", () => {
    const here = new URL(".", import.meta.url);
    const tests = readdirSync(here, { recursive: true, encoding: "utf8" }).filter(
      (name) => (name.endsWith(".test.ts") && name !== "control.test.ts") || dirname(name) === "checklist",
    );
    const text = tests.map((name) => readFileSync(new URL(name, here), "utf8")).join("\n");
    const flipped = (name: string): boolean => new RegExp(`\\b${name}(?::|,| \\}|\\])`).test(text);
    expect(switchNames.filter((name) => !flipped(name))).toEqual([]);
  });
});

describe("the README", () => {
  it("is what the tables of switches, faults and controls say", async () => {
    const file = readFileSync(new URL("README.md", import.meta.url), "utf8");
    const made = await format(readme(), { parser: "markdown", printWidth: 110 });
    expect(
      file,
      "run `npx tsx test/google-photos/cli.ts --readme` and put what it prints into README.md",
    ).toBe(made);
  });
});
