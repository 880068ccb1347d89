import { faultTable } from "./faults";
import { switchTable, type Switch } from "./switch-table";
import { parseSwitch, switchNames, type Switches } from "./switches";
import type { GooglePhotosOptions } from "./index";

const usage = `Usage: npm run google-photos -- [options]

  --port N              port on 127.0.0.1; without it, any free one
  --data DIR            keep library and sign-ins in this folder
  --client-id ID        the OAuth client to know (Desktop type)
  --client-secret S     its secret
  --refresh-token T     a sign-in of that client, known from the start
  --seed N              decides shuffles, and faults by rate (default 1)
  --switch NAME=VALUE   set a switch; may be given several times
  --help                this text
  --readme              the text of this folder's README.md

The running emulator is looked at and changed by JSON under /control/:
  GET requests, counts, library, switches, faults, clock · POST switches, faults, clock, items …
  (test/google-photos/README.md has them all)`;

/** Every switch with its default and values, a line or two each. */
export function switchHelp(): string {
  return switchNames
    .map((name) => {
      const row: Switch<boolean | number | string> = switchTable[name];
      const values = row.values?.join(" | ") ?? typeof row.default;
      return `  ${name} = ${String(row.default)}   [${values}]\n      ${row.says} (${row.source})`;
    })
    .join("\n");
}

export function helpText(): string {
  const faults = Object.entries(faultTable).map(([name, says]) => `  ${name.padEnd(15)} ${says}`);
  return `${usage}\n\nSwitches, with their defaults:\n${switchHelp()}\n\nFaults, for POST /control/faults:\n${faults.join("\n")}\n`;
}

/**
 * Reads the command line.
 *
 * @returns what to start with, or what to print instead
 * @throws Error with a sentence for an option that does not exist or is not whole
 */
export function readCommandLine(args: readonly string[]): GooglePhotosOptions | "help" | "readme" {
  const options: GooglePhotosOptions = {};
  const client: { id?: string; secret?: string } = {};
  const switches: Partial<Switches> = {};
  const rest = [...args];
  const whole = (name: string, text: string): number => {
    if (!/^\d+$/.test(text)) throw new Error(`${name} is a number, not "${text}".`);
    return Number(text);
  };
  while (rest.length > 0) {
    const [name = "", inline] = (rest.shift() ?? "").split(/=(.*)/s, 2);
    if (name === "--help" || name === "-h") return "help";
    if (name === "--readme") return "readme";
    const value = inline ?? rest.shift();
    if (value === undefined) throw new Error(`${name} needs a value.`);
    if (name === "--port") options.port = whole(name, value);
    else if (name === "--data") options.dataDir = value;
    else if (name === "--client-id") client.id = value;
    else if (name === "--client-secret") client.secret = value;
    else if (name === "--refresh-token") options.refreshToken = value;
    else if (name === "--seed") options.seed = whole(name, value);
    else if (name === "--switch") {
      const [key = "", setting = ""] = value.split(/=(.*)/s, 2);
      Object.assign(switches, parseSwitch(key, setting));
    } else throw new Error(`There is no option ${name}. See --help.`);
  }
  const { id, secret } = client;
  if ((id === undefined) !== (secret === undefined))
    throw new Error("--client-id and --client-secret go together.");
  if (id !== undefined && secret !== undefined) options.client = { id, secret };
  return { ...options, switches };
}
