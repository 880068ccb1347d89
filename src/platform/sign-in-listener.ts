import { nodeModule, type Request, type Response } from "./node-module";

/** What is answered to a browser. */
interface Page {
  readonly status: number;
  readonly html: string;
}

const HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
  "referrer-policy": "no-referrer",
  connection: "close",
};

/**
 * Listens on 127.0.0.1 on a free port for the browser that comes back from Google's consent page. `undefined` where
 * this device cannot listen, as on phones.
 *
 * @param answer  is given path and query of each GET, and `/` for anything else
 */
export async function listenForSignIn(
  answer: (path: string) => Promise<Page>,
): Promise<{ readonly port: number; close(): void } | undefined> {
  const server = nodeModule("http")?.createServer?.((request, response) => {
    void respond(request, response, answer);
  });
  if (!server) return undefined;
  const isListening = await new Promise<boolean>((resolve) => {
    server.on("error", () => resolve(false));
    server.listen(0, "127.0.0.1", () => resolve(true));
  });
  return isListening ? { port: server.address().port, close: () => void server.close() } : undefined;
}

async function respond(
  request: Request,
  response: Response,
  answer: (path: string) => Promise<Page>,
): Promise<void> {
  // Anything but a GET brings no answer, as an address without one.
  const { status, html } = await answer((request.method === "GET" && request.url) || "/");
  response.writeHead(status, HEADERS);
  response.end(html);
}
