import { spawnSync } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import { request } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import type { GooglePhotos } from "../google-photos";
import { startStrictGoogle } from "../strict-google";

/** The emulator under Google's own names: a server with TLS, to which an app can be told to map Google's hosts. */
export interface GoogleFront {
  readonly google: GooglePhotos;
  /** What the app is started with, so that it finds Google here, and nothing else of Google. */
  readonly chromiumArgs: readonly string[];
  close(): Promise<void>;
}

const HOSTS = ["*.googleapis.com", "*.googleusercontent.com", "accounts.google.com"];

/** A key and a certificate that nobody trusts, made for this run. Throws where there is no OpenSSL. */
function certificate(): { key: string; cert: string } {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "certificate "));
  try {
    const [key, cert] = [path.join(folder, "key.pem"), path.join(folder, "cert.pem")];
    const subject = ["-subj", "/CN=Google, emulated", "-days", "1"];
    const files = ["-keyout", key, "-out", cert];
    const args = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", ...subject, ...files];
    const made = spawnSync("openssl", args, { encoding: "utf8" });
    if (made.status !== 0) throw new Error(`OpenSSL could not make a certificate. ${made.stderr}`);
    return { key: fs.readFileSync(key, "utf8"), cert: fs.readFileSync(cert, "utf8") };
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

export async function startGoogleFront(): Promise<GoogleFront> {
  const google = await startStrictGoogle();
  const { hostname, port } = new URL(google.origin);
  const server = createServer(certificate(), (incoming, outgoing) => {
    const { method, url, headers } = incoming;
    const passedOn = request({ hostname, port, method, path: url, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(outgoing);
    });
    passedOn.on("error", () => outgoing.destroy());
    incoming.pipe(passedOn);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const front = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    google,
    chromiumArgs: [
      `--host-resolver-rules=${HOSTS.map((host) => `MAP ${host} ${front}`).join(",")}`,
      "--ignore-certificate-errors",
    ],
    async close() {
      server.closeAllConnections();
      server.close();
      await google.close();
    },
  };
}
