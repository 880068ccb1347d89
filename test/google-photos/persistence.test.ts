import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startGooglePhotos, type GooglePhotos } from "./index";
import { PlainClient } from "./plain-client";
import { png } from "./sample-pictures";
import { refresh } from "./sign-in-steps";

let folder = "";
const children: ChildProcess[] = [];
let running: GooglePhotos[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "google-photos-"));
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  await Promise.all(running.splice(0).map((google) => google.close()));
  await rm(folder, { recursive: true, force: true });
});

async function start(): Promise<GooglePhotos> {
  const google = await startGooglePhotos({ dataDir: folder });
  running.push(google);
  return google;
}

async function stop(google: GooglePhotos): Promise<void> {
  running = running.filter((other) => other !== google);
  await google.close();
}

describe("with a folder", () => {
  it("finds library, sign-ins, upload tokens and clock again", async () => {
    const first = await start();
    const tokens = first.signIn();
    const client = new PlainClient(first, tokens.accessToken);
    const album = await client.album("Kept");
    const kept = await client.add(png(1), "kept ä.png", { albumId: album });
    const binned = await client.add(png(2));
    const deleted = await client.add(png(3));
    first.library.bin(binned.id);
    first.library.deleteForever(deleted.id);
    const waiting = await client.tokenFor(png(4));
    first.clock.advance(60_000);
    const [items, albums] = [first.library.items(), first.library.albums()];
    await stop(first);

    const second = await start();
    expect(second.library.items()).toEqual(items);
    expect(second.library.albums()).toEqual(albums);
    expect(Buffer.from(second.library.bytesOf(kept.id)).equals(png(1))).toBe(true);
    expect(second.clock.now() - Date.now()).toBeGreaterThan(59_000);
    expect((await refresh(second, tokens.refreshToken)).status).toBe(200);
    const again = new PlainClient(second, tokens.accessToken);
    expect((await again.create([waiting])).status).toBe(200);
    expect((await again.add(png(1), "later.png")).id).toBe(kept.id);
  });

  it("cuts off a line that a kill tore, and goes on", async () => {
    const first = await start();
    const client = new PlainClient(first);
    const { id } = await client.add(png(1));
    await stop(first);
    const journal = join(folder, "journal.jsonl");
    await appendFile(journal, '{"is":"item","item":{"id":"torn');
    const second = await start();
    expect(second.library.items().map((item) => item.id)).toEqual([id]);
    await new PlainClient(second).add(png(2));
    await stop(second);
    expect((await start()).library.items()).toHaveLength(2);
  });

  it("says where a line in the middle cannot be read instead of losing what follows", async () => {
    const first = await start();
    await new PlainClient(first).add(png(1));
    await stop(first);
    const journal = join(folder, "journal.jsonl");
    await writeFile(journal, `nonsense\n${await readFile(journal, "utf8")}`);
    await expect(start()).rejects.toThrow(/journal\.jsonl, line 1/);
  });
});

describe("killed in the middle of its work", () => {
  /** Starts the command line's own process and reads where it listens. */
  async function startProcess(): Promise<{ child: ChildProcess; origin: string }> {
    const args = [
      "--import",
      "tsx",
      "test/google-photos/cli.ts",
      "--data",
      folder,
      "--refresh-token",
      "1//known",
    ];
    const child = spawn(process.execPath, [...args, "--client-id", "7-a", "--client-secret", "s"], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    children.push(child);
    for await (const line of createInterface({ input: child.stdout })) {
      const origin = /^Google Photos emulator at (\S+)$/.exec(line)?.[1];
      if (origin !== undefined) return { child, origin };
    }
    throw new Error("the emulator did not start");
  }

  it("has lost nothing it acknowledged", { timeout: 30_000 }, async () => {
    const acknowledged: string[] = [];
    let n = 0;
    for (const killAfter of [3, 9]) {
      const { child, origin } = await startProcess();
      const known = { origin, client: { id: "7-a", secret: "s" } } as GooglePhotos;
      const { body } = await refresh(known, "1//known");
      const client = new PlainClient(known, String(body["access_token"]));
      const before = acknowledged.length;
      const work = async (): Promise<void> => {
        while (acknowledged.length < before + killAfter)
          acknowledged.push((await client.add(png((n += 1)))).id);
      };
      await Promise.all([work(), work(), work()]);
      const unfinished = Promise.allSettled(Array.from({ length: 5 }, () => client.add(png((n += 1)))));
      child.kill("SIGKILL");
      await Promise.all([once(child, "exit"), unfinished]);
    }
    const google = await start();
    const ids = new Set(google.library.items().map(({ id }) => id));
    expect(acknowledged.filter((id) => !ids.has(id))).toEqual([]);
    for (const item of google.library.items()) {
      expect(google.library.bytesOf(item.id).length, `bytes of ${item.filename}`).toBe(item.size);
    }
  });

  it("ends by itself on SIGTERM", { timeout: 20_000 }, async () => {
    const { child } = await startProcess();
    child.kill("SIGTERM");
    const [code] = (await once(child, "exit")) as [number | null];
    expect(code).toBe(0);
  });
});
