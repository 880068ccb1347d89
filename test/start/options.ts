import path from "node:path";
import { parseArgs } from "node:util";

export interface StartOptions {
  /** The folder that is backed up, or of which a copy is. */
  readonly vault: string;
  readonly inPlace: boolean;
  /** Another server instead of the built-in emulator, signed in beforehand. */
  readonly google: GivenGoogle | undefined;
  /** Plugin settings to start with. */
  readonly settings: Record<string, unknown>;
  /** Where nothing happens, the clocks are moved on instead of waited for. */
  readonly hurry?: boolean;
  readonly exit: boolean;
  readonly json: string | undefined;
}

export interface GivenGoogle {
  readonly origin: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly refreshToken: string;
}

export const HELP = `npm start -- [options]
  --vault DIR          back up a copy of that folder (default: the sample vault)
  --in-place           the folder itself; its .obsidian keeps everything from run to run
  --google URL         another server instead of the built-in one; needs the next three
  --client-id ID       its OAuth client
  --client-secret S
  --refresh-token T    a sign-in that it knows
  --settings JSON      plugin settings to start with, such as '{"albums":"none"}'
  --hurry              where the backup waits for a time, move the clocks on instead (page and emulator)
  --exit               end when the backup has settled; status 0 only if nothing failed
  --json FILE          write the summary there
  --help               this text`;

/** What the command line was not able to make sense of, in a sentence. */
export class UsageError extends Error {}

/** Reads the command line; `undefined` where only help was asked for. Throws `UsageError`. */
export function readOptions(args: readonly string[]): StartOptions | undefined {
  const { values } = parse(args);
  if (values.help) return undefined;
  return {
    vault: path.resolve(values.vault ?? path.join(import.meta.dirname, "..", "vault")),
    inPlace: values["in-place"],
    google: readGoogle(values),
    settings: readSettings(values.settings),
    hurry: values.hurry,
    exit: values.exit,
    json: values.json,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        vault: { type: "string" },
        "in-place": { type: "boolean", default: false },
        google: { type: "string" },
        "client-id": { type: "string" },
        "client-secret": { type: "string" },
        "refresh-token": { type: "string" },
        settings: { type: "string", default: "{}" },
        hurry: { type: "boolean", default: false },
        exit: { type: "boolean", default: false },
        json: { type: "string" },
        help: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
  }
}

function readGoogle(values: Readonly<Record<string, unknown>>): GivenGoogle | undefined {
  const {
    google: origin,
    "client-id": clientId,
    "client-secret": clientSecret,
    "refresh-token": refreshToken,
  } = values;
  if (origin === undefined) return undefined;
  if (
    typeof origin !== "string" ||
    typeof clientId !== "string" ||
    typeof clientSecret !== "string" ||
    typeof refreshToken !== "string"
  ) {
    throw new UsageError("--google needs --client-id, --client-secret and --refresh-token as well.");
  }
  return { origin: new URL(origin).origin, clientId, clientSecret, refreshToken };
}

function readSettings(json: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(json);
    if (typeof parsed === "object" && parsed !== null && !Array.isArray(parsed))
      return parsed as Record<string, unknown>;
  } catch {
    // said below
  }
  throw new UsageError(`--settings is not a JSON object: ${json}`);
}
