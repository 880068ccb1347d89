import { controls } from "./control";
import { faultTable } from "./faults";
import { switchTable, type Switch } from "./switch-table";
import { switchNames } from "./switches";

const cell = (text: string): string => text.replaceAll("|", "\\|");
const row = (...cells: string[]): string => `| ${cells.map(cell).join(" | ")} |`;

function table(head: string[], rows: string[][]): string {
  return [row(...head), row(...head.map(() => "---")), ...rows.map((cells) => row(...cells))].join("\n");
}

function switchRows(): string[][] {
  return switchNames.map((name) => {
    const { default: value, values, says, source }: Switch<boolean | number | string> = switchTable[name];
    const others = (values ?? []).filter((other) => other !== value).map((other) => `\`${other}\``);
    return [`\`${name}\``, `\`${String(value)}\``, others.join(", "), says, source];
  });
}

const controlPath = (path: RegExp): string =>
  path.source
    .replaceAll("\\/", "/")
    .replace(/^\^|\$$/g, "")
    .replace("(?<id>[^/]+)", "{id}")
    .replace("(?:bin|restore|delete)", "{action}");

/** The folder's README: what the emulator is, and the tables of the code, so that the two cannot differ. */
export function readme(): string {
  return `# Google Photos, emulated

A real HTTP server on 127.0.0.1 that behaves as Google Photos does towards an app that backs up pictures: the
consent screen, the token, revocation and user-info endpoints, the byte upload in both protocols, the Library API,
downloads, and a gallery to look around in. One origin answers for all of Google's hosts; paths tell them apart.
It is strict about what it is sent, and what is not known of the real service is a switch. "§" is a section of
the fact sheet that the behaviour comes from, "line" one of its checklist (§11).

## Starting it

\`\`\`
npm run google-photos -- [--port N] [--data DIR] [--client-id ID --client-secret SECRET --refresh-token TOKEN]
                         [--seed N] [--switch NAME=VALUE]... [--help]
\`\`\`

It prints \`Google Photos emulator at http://127.0.0.1:PORT\` and the client to use, and ends on Ctrl-C. With
\`--data\` the library, sign-ins, upload tokens and the clock are kept in the folder: every change is a line of
\`journal.jsonl\` before it is acknowledged, and bytes are files, so that killing the process loses nothing.
Upload sessions, open consent screens and counts of quotas live as long as the process.

From code, \`startGooglePhotos(options)\` of \`index.ts\` starts one and answers its origin, library, request log,
switches, clock and faults.

Others find it real: \`conformance.test.ts\` drives it with Google's own client library. rclone 1.60 was driven by hand
(its Google Photos backend, the API's host mapped here): signing in, uploading, listing, ranges, downloading, removing.

## What is where

| Path | What |
| --- | --- |
| \`/o/oauth2/v2/auth\`, \`/o/oauth2/auth\` | the consent screen |
| \`/token\`, \`/oauth2/v4/token\` | code exchange and refresh |
| \`/revoke\`, \`/o/oauth2/revoke\` | revocation |
| \`/v1/userinfo\`, \`/oauth2/v3/userinfo\`, \`/oauth2/v1/userinfo\` | who is signed in |
| \`/.well-known/openid-configuration\`, \`/oauth2/v3/certs\`, \`/oauth2/v1/certs\` | discovery, and the keys of id_tokens |
| \`/$discovery/rest\` | the Library API’s discovery document |
| \`/v1/uploads\` | byte upload, raw and resumable |
| \`/v1/mediaItems…\`, \`/v1/albums…\`, \`/v1/sharedAlbums…\` | the Library API |
| \`/lr/…\` | downloads (baseUrl), and product addresses, which lead to the gallery |
| \`/gallery\` | what a person looks at |
| \`/control/…\` | the emulator's own |

## Switches

Set when starting (\`--switch\`, \`switches\`), or later (\`set\`, \`POST /control/switches\`).

${table(["Switch", "Default", "Others", "What it does", "Source"], switchRows())}

## Faults

A rule is \`{on, do}\` with \`on\` a kind of request (\`upload\`, \`create\`, \`other\`, \`token\`, \`revoke\`, \`userinfo\`,
\`discovery\`, \`consent\`, \`download\`, \`gallery\`, or \`any\`) or a call (\`albums.list\`, \`uploads.finalize\` …; the log names
them). \`nth\` (default 1) says which matching request from now on it strikes first, \`times\` (a number or
\`"always"\`, default 1) how many in a row. Rates are chances by kind and fault:
\`{"upload": {"503-html": 0.1}}\`; the same seed and order strike the same.

${table(
  ["Fault", "What happens"],
  Object.entries(faultTable).map(([name, says]) => [`\`${name}\``, says]),
)}

## The control endpoint

JSON in and out; it is not in the request log and no fault strikes it.

${table(
  ["Request", "What it does"],
  controls.map(({ verb, path, says }) => [`\`${verb} ${controlPath(path)}\``, says]),
)}

## What it does not do

It looks at pictures by their structure and metadata, and decodes none to check it: a JPEG whose pixels break off is
taken. Content categories and favourites are unknown to it, so filters for them find nothing. Videos have neither
size nor date, and no still frames. HEIC and RAW are not made smaller: a sized download answers the original.
`;
}
