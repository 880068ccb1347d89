/**
 * Kills the app for real: host and browser end by SIGKILL at random moments, and are started again on the same folder,
 * against one emulator that lives on. In the end Google has each image once, whatever was under way.
 *
 *   npm run prove -- kills
 *   tsx test/start/kills/cli.ts [--kills N] [--seed S]
 */
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { createHash } from "node:crypto";
import { markOfName } from "../../../src/model";
import { SeededRandom } from "../../simulation/random";
import { makePhoto } from "../../vault-maker/photos";
import { killHard, startProcess } from "./processes";

/** New images before each start, and how many the vault has from the beginning. */
const NEW_EACH_TIME = 6;
const AT_FIRST = 40;

/** Every other kill waits for a create to be under way. */
const SIGN_IN = ["--client-id", "7-kills", "--client-secret", "s", "--refresh-token", "1//kills"];

const JSON_BODY = { "content-type": "application/json" };

interface Library {
  readonly items: readonly { readonly id: string; readonly filename: string }[];
}

const { values } = parseArgs({
  options: { kills: { type: "string", default: "20" }, seed: { type: "string", default: "1" } },
});
const random = new SeededRandom(Number(values.seed));
const around = fs.mkdtempSync(path.join(os.tmpdir(), "killed-"));
const vault = path.join(around, "Notes");
const contents = new Set<string>();
let pictures = 0;

async function addImage(): Promise<void> {
  const number = pictures++;
  const bytes = await makePhoto({ width: 48, height: 32, seed: number, kind: "photo", format: "png" });
  write(`picture ${String(number)}.png`, bytes);
  fs.appendFileSync(path.join(vault, "Note.md"), `![[picture ${String(number)}.png]]\n`);
}

function write(name: string, bytes: Buffer): void {
  fs.writeFileSync(path.join(vault, name), bytes);
  contents.add(createHash("sha256").update(bytes).digest("hex"));
}

async function control<Answer>(origin: string, what: string, body?: unknown): Promise<Answer> {
  const asked = body === undefined ? {} : { method: "POST", body: JSON.stringify(body), headers: JSON_BODY };
  return (await (await fetch(`${origin}/control/${what}`, asked)).json()) as Answer;
}

async function isCreating(origin: string): Promise<boolean> {
  const requests = await control<readonly { kind: string; ended: number }[]>(origin, "requests");
  return requests.some(({ kind, ended }) => kind === "create" && ended === 0);
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Runs the app on the vault; answers its exit code, or that it was killed while a create was under way, or not. */
async function run(
  origin: string,
  kill?: "mid-create" | "anywhere",
): Promise<number | "mid-create" | "killed"> {
  let signedIn = (): void => undefined;
  const begun = new Promise<void>((resolve) => (signedIn = resolve));
  const args = ["--vault", vault, "--in-place", "--google", origin, ...SIGN_IN, "--hurry", "--exit"];
  const app = startProcess("test/start/cli.ts", args, (line) => {
    if (line.startsWith("Signed in")) signedIn();
  });
  const ended = once(app, "exit");
  if (kill === undefined) return ((await ended)[0] as number | null) ?? -1;
  const isOver = (): boolean => app.exitCode !== null;
  await Promise.race([begun, ended]);
  if (kill === "mid-create") {
    while (!isOver() && !(await isCreating(origin))) await pause(5);
    await pause(random.whole(0, 400));
  } else {
    await pause(random.whole(0, 4_000));
  }
  const found = await isCreating(origin);
  if (isOver()) return app.exitCode ?? -1;
  await killHard(app);
  return found ? "mid-create" : "killed";
}

async function prove(origin: string): Promise<readonly string[]> {
  // A create takes a while, and has made its items in the first half of it or in the second.
  const slow = (afterWork: boolean, nth: number) => ({ on: "create", do: "delay", ms: 600, afterWork, nth });
  const rules = Array.from({ length: 400 }, (_, n) => slow(random.chance(0.5), n + 1));
  await control(origin, "faults", { rules });
  for (let n = 0; n < AT_FIRST; n += 1) await addImage();
  const kills = Number(values.kills);
  let midCreate = 0;
  for (let kill = 1; kill <= kills;) {
    const wanted = kill % 2 === 0 || midCreate * 3 < kill ? "mid-create" : "anywhere";
    const end = await run(origin, wanted);
    if (typeof end === "number") console.log(`it had ended (${String(end)}) before kill ${String(kill)}`);
    else {
      if (end === "mid-create") midCreate += 1;
      console.log(`kill ${String(kill)}: ${end === "mid-create" ? "while a create was under way" : wanted}`);
      kill += 1;
    }
    for (let n = 0; n < NEW_EACH_TIME; n += 1) await addImage();
    // A file moves while the app is down; its bytes are known by their fingerprint.
    const [from, to] = [`picture ${String(kill)}.png`, `moved ${String(kill)}.png`];
    if (fs.existsSync(path.join(vault, from))) fs.renameSync(path.join(vault, from), path.join(vault, to));
  }
  const code = await run(origin);
  const { items } = await control<Library>(origin, "library");
  const times = new Map<string, number>();
  for (const { filename } of items) {
    const mark = markOfName(filename)?.slice(0, 16) ?? filename;
    times.set(mark, (times.get(mark) ?? 0) + 1);
  }
  const twice = [...times].filter(([, count]) => count > 1);
  const lost = [...contents].filter((content) => !times.has(content.slice(0, 16)));
  console.log(
    `${String(kills)} kills, ${String(midCreate)} while a create was under way; ${String(contents.size)} images, ${String(items.length)} items, ${String(twice.length)} twice, ${String(lost.length)} lost; the last run ended with ${String(code)}`,
  );
  return [
    ...(code === 0 ? [] : [`the last run ended with ${String(code)}`]),
    ...(twice.length === 0 ? [] : ["something is there twice"]),
    ...(lost.length === 0 ? [] : ["something is lost"]),
    ...(items.length === contents.size ? [] : ["the library is not exact"]),
    ...(midCreate >= kills / 4 ? [] : ["too few kills while a create was under way"]),
  ];
}

fs.mkdirSync(path.join(vault, ".obsidian"), { recursive: true });
let heard: (origin: string) => void = () => undefined;
const origin = new Promise<string>((resolve) => (heard = resolve));
const emulator = startProcess(
  "test/google-photos/cli.ts",
  ["--data", path.join(around, "google"), ...SIGN_IN],
  (line) => {
    const found = /^Google Photos emulator at (\S+)$/.exec(line)?.[1];
    if (found !== undefined) heard(found);
  },
);
try {
  const broken = await prove(await origin);
  for (const one of broken) console.log(`FAILED: ${one}`);
  process.exitCode = broken.length === 0 ? 0 : 1;
} finally {
  await killHard(emulator);
  fs.rmSync(around, { recursive: true, force: true, maxRetries: 5 });
}
