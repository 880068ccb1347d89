import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { CDPSession } from "playwright-core";
import { Session } from "../start/session";

/** How often memory is looked at, in milliseconds. */
const LOOK_EVERY = 100;

/** What sending one video through the whole product took. Sizes in bytes. */
export interface VideoRun {
  readonly size: number;
  /** What the plugin read of the file. */
  readonly read: number;
  /** The largest single piece that it read. */
  readonly largestRead: number;
  /** What the page held at most while it was sent, over what it held before: objects and buffers, garbage included. */
  readonly extraMemory: number;
  readonly milliseconds: number;
  /** Percentages that were told while it was on its way. */
  readonly told: readonly string[];
  readonly summary: ReturnType<Session["summary"]>;
  /** Whether Google's copy is the file, byte for byte. */
  readonly isSame: boolean;
}

/** A video as recorders write it, of any size: its table of contents, then data that takes no room on disk. */
function writeVideo(file: string, size: number): void {
  const box = (name: string, length: number): Buffer => {
    const header = Buffer.alloc(8);
    header.writeUInt32BE(length);
    header.write(name, 4, "latin1");
    return header;
  };
  const ftyp = Buffer.concat([box("ftyp", 24), Buffer.from("isom\0\0\x02\0isommp41", "latin1")]);
  const moov = Buffer.concat([box("moov", 116), box("mvhd", 108), Buffer.alloc(100)]);
  const head = Buffer.concat([ftyp, moov, box("mdat", size - ftyp.length - moov.length)]);
  fs.writeFileSync(file, head);
  fs.truncateSync(file, size);
}

/** Backs up a vault of one note and one video, from disk, through the built plugin in a real browser. */
export async function sendVideo(size: number): Promise<VideoRun> {
  const around = fs.mkdtempSync(path.join(os.tmpdir(), "one-video-"));
  const vault = path.join(around, "films");
  fs.mkdirSync(vault);
  fs.writeFileSync(path.join(vault, "Note.md"), "![[clip.mp4]]\n");
  const clip = path.join(vault, "clip.mp4");
  writeVideo(clip, size);
  const options = { vault, inPlace: true, google: undefined, exit: true, json: undefined };
  const session = await Session.open({ ...options, settings: { video: true } });
  try {
    await session.signIn();
    const browser = await session.page.context.newCDPSession(session.page.page);
    await session.page.runCommand("vault-image-backup:open-status");
    const told = await rememberPercentages(session);
    const before = await heldBy(browser);
    let most = before;
    const looking = new AbortController();
    const watch = (async () => {
      while (!looking.signal.aborted) {
        most = Math.max(most, await heldBy(browser));
        await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
      }
    })();
    const began = performance.now();
    await session.backUp();
    const status = await session.settle(() => undefined);
    const milliseconds = performance.now() - began;
    looking.abort();
    await watch;
    const reads = session.host.log.reads.filter((one) => one.path === "clip.mp4" && one.by === "plugin");
    const [item] = session.google?.library.items() ?? [];
    const sent = item && session.google?.library.bytesOf(item.id);
    return {
      size,
      read: reads.reduce((sum, { bytes }) => sum + bytes, 0),
      largestRead: Math.max(...reads.map(({ bytes }) => bytes)),
      extraMemory: most - before,
      milliseconds,
      told: await told(),
      summary: session.summary(status, milliseconds / 1000),
      isSame: sent !== undefined && sha256(sent) === (await sha256OfFile(clip)),
    };
  } finally {
    await session.close();
    fs.rmSync(around, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Notes each percentage that the status view shows; the answer gives them. */
async function rememberPercentages(session: Session): Promise<() => Promise<readonly string[]>> {
  const { page } = session.page;
  await page.evaluate(() => {
    const seen = new Set<string>();
    Object.assign(window, { percentages: seen });
    new MutationObserver(() => {
      for (const row of document.querySelectorAll(".vib-row-state")) {
        const percent = /\d+%/.exec(row.textContent)?.[0];
        if (percent !== undefined) seen.add(percent);
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  return () => page.evaluate(() => [...(window as unknown as { percentages: Set<string> }).percentages]);
}

/** Bytes that the page's own objects and buffers hold, garbage that is not collected yet included. */
async function heldBy(browser: CDPSession): Promise<number> {
  const held = (await browser.send("Runtime.getHeapUsage")) as {
    readonly usedSize: number;
    readonly embedderHeapUsedSize: number;
    readonly backingStorageSize: number;
  };
  return held.usedSize + held.embedderHeapUsedSize + held.backingStorageSize;
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

async function sha256OfFile(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of fs.createReadStream(file)) hash.update(piece as Buffer);
  return hash.digest("hex");
}
