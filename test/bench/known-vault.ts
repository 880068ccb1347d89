import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { inColumns, type IndexEntry, type PackedEntries } from "../../src/backup/disposable/packed-entries";
import { fingerprintFrom } from "../../src/model";
import type { Client, GooglePhotos } from "../google-photos";
import { openHost, startHost } from "../obsidian-host";
import { screenshot } from "./sized-pictures";

const PROJECT = path.join(import.meta.dirname, "..", "..");
const PLUGIN = "vault-image-backup";
const VAULT = "00000000-0000-4000-8000-000000000001";
const DEVICE = "benchdevice1";
const SUB = "bench-person";
/** Lines of so many images go into one journal, which then has about 256 kB. */
const IN_A_JOURNAL = 300;

const imageName = (index: number): string =>
  `attachments/${Math.floor(index / 1000)}/Screenshot ${index}.png`;
const fingerprintOf = (file: string): string => createHash("sha256").update(file).digest("hex");

/** A person's account that an emulator knows, and what a device keeps of it. */
export interface KnownAccount {
  readonly origin: string;
  readonly client: Client;
  readonly signIn: object;
  readonly key: string;
  readonly album: string;
}

/** Signs a person in, without the pages, and makes the album of a vault. */
export async function makeAccount(google: GooglePhotos, vault: string): Promise<KnownAccount> {
  const { origin, client } = google;
  const { refreshToken, accessToken } = google.signIn();
  const made = await fetch(`${origin}/v1/albums`, {
    method: "POST",
    headers: { authorization: `Bearer ${accessToken}`, "content-type": "application/json" },
    body: JSON.stringify({ album: { title: vault } }),
  });
  const { id: album } = (await made.json()) as { id: string };
  return {
    origin,
    client,
    signIn: { refreshToken, clientId: client.id, since: Date.now(), sub: SUB, email: "a@b.example" },
    key: `${SUB}@${client.id.replace(/\.apps\.googleusercontent\.com$/, "")}`,
    album,
  };
}

/** Files: half of them images, of which five stand in a note; the rest are neither. */
export function makeFiles(folder: string, images: number): void {
  const notes = images / 5;
  for (let index = 0; index < images; index += 1) {
    const file = path.join(folder, imageName(index));
    if (index % 1000 === 0) fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, screenshot(`known ${index}`, 800));
  }
  for (let index = 0; index < notes; index += 1) {
    const folderOfNote = path.join(folder, `notes/${Math.floor(index / 1000)}`);
    if (index % 1000 === 0) fs.mkdirSync(folderOfNote, { recursive: true });
    const embeds = [0, 1, 2, 3, 4].map((place) => `![[Screenshot ${index * 5 + place}.png]]`);
    fs.writeFileSync(path.join(folderOfNote, `Note ${index}.md`), `Some words.\n\n${embeds.join("\n\n")}\n`);
  }
  for (let index = notes; index < images; index += 1) {
    const folderOfFile = path.join(folder, `files/${Math.floor(index / 1000)}`);
    if (index === notes || index % 1000 === 0) fs.mkdirSync(folderOfFile, { recursive: true });
    fs.writeFileSync(path.join(folderOfFile, `File ${index}.txt`), "");
  }
}

/** Writes down what a device would know that has backed up the first `known` images: ledger, index, account, counts. */
export async function makeKnown(
  folder: string,
  known: number,
  account: KnownAccount,
  settings: Record<string, unknown>,
): Promise<void> {
  fs.rmSync(path.join(folder, ".obsidian"), { recursive: true, force: true, maxRetries: 5 });
  const plugin = path.join(folder, ".obsidian", "plugins", PLUGIN);
  fs.mkdirSync(path.join(plugin, "ledger"), { recursive: true });
  fs.writeFileSync(
    path.join(plugin, "data.json"),
    JSON.stringify({ started: true, albumIds: { [account.key]: { "": account.album } }, ...settings }),
  );
  let counter = 0;
  for (let from = 0; from < known; from += IN_A_JOURNAL) {
    const lines: object[] = [];
    const to = Math.min(known, from + IN_A_JOURNAL);
    for (let batch = from; batch < to; batch += 50) {
      const places = Array.from({ length: Math.min(50, to - batch) }, (_, place) => batch + place);
      for (const what of ["intent", "item"] as const) {
        for (const index of places) {
          counter += 1;
          lines.push({
            v: 1,
            device: DEVICE,
            n: counter,
            at: 1_700_000_000_000,
            ...lineOf(what, index, account),
          });
        }
      }
    }
    const journal = path.join(plugin, "ledger", `${DEVICE}-${from / IN_A_JOURNAL + 1}.jsonl`);
    fs.writeFileSync(journal, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  }
  const device = path.join(folder, ".obsidian", "host");
  fs.mkdirSync(device, { recursive: true });
  const kept = {
    vault: VAULT,
    device: DEVICE,
    counter,
    account: account.key,
    // The emulator holds none of these images.
    [`count ${account.album}`]: { count: 0, known, unsure: 0 },
  };
  const named = Object.entries(kept).map(([key, value]) => [`${PLUGIN}:${key}`, JSON.stringify(value)]);
  fs.writeFileSync(path.join(device, "local-storage.json"), JSON.stringify(Object.fromEntries(named)));
  await fillIndex(folder, known);
}

function lineOf(what: "intent" | "item", index: number, account: { key: string; album: string }): object {
  const file = imageName(index);
  const fp = fingerprintOf(file);
  const hash = createHash("sha256").update(fp).digest("hex");
  const about = { account: account.key, fp, recipe: "od", what };
  const name = `Screenshot ${index} ~${fp.slice(0, 16)}o.png`;
  if (what === "intent") return { ...about, hash, name };
  const id = `A${hash.slice(0, 60)}`;
  return { ...about, id, origin: "created", album: account.album, bytes: 1000, hash, path: file };
}

/** The index lies in the browser's database: a page of the host writes it, without the plugin. */
async function fillIndex(folder: string, known: number): Promise<void> {
  const host = await startHost({ vault: folder, plugin: PROJECT, google: "http://127.0.0.1:9" });
  try {
    const page = await openHost(host);
    await page.disablePlugin();
    const entries = Array.from({ length: known }, (_, index): [string, IndexEntry] => {
      const file = imageName(index);
      const { size, mtimeMs } = fs.statSync(path.join(folder, file));
      const mtime = Math.round(mtimeMs);
      const fingerprint = fingerprintFrom(fingerprintOf(file));
      return [file, { size, mtime, fingerprint, readAt: mtime + 60_000 }];
    });
    const { form, pack } = inColumns({ breath: () => undefined });
    const { numbers, ends, table, paths, fingerprints } = (await pack(entries)) as PackedEntries;
    const texts = { paths, fingerprints };
    const columns = [numbers, ends, table].map((column) => [...column]);
    const given = [`${PLUGIN} ${VAULT} index`, form, texts, ...columns].map((one) => JSON.stringify(one));
    await page.page.evaluate(`(${writeIndex.toString()})(${given.join()})`);
    await page.close();
  } finally {
    await host.close();
  }
}

/** Runs in the page: writes the index as a plugin does that writes it whole (src/backup/disposable/kept-records.ts). */
async function writeIndex(
  database: string,
  form: string,
  texts: object,
  numbers: readonly number[],
  ends: readonly number[],
  table: readonly number[],
): Promise<void> {
  const opened = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(database);
    request.onupgradeneeded = () => request.result.createObjectStore("segments");
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(new Error("not opened"));
  });
  const transaction = opened.transaction("segments", "readwrite");
  const put = {
    ...texts,
    more: new Map(),
    numbers: Float64Array.from(numbers),
    ends: Uint32Array.from(ends),
    table: Uint32Array.from(table),
  };
  transaction.objectStore("segments").put({ form, segment: { removed: [], put } }, 1);
  await new Promise((resolve) => (transaction.oncomplete = resolve));
  opened.close();
}
