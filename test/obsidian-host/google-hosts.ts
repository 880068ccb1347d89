const googleHosts = /(^|\.)(googleapis\.com|google\.com|googleusercontent\.com)$/;

/** Whether a URL leads to one of Google's hosts. */
export function isGoogle(url: URL): boolean {
  return url.protocol === "https:" && googleHosts.test(url.hostname);
}

/**
 * Points a URL of Google's at the server that answers for Google here. Answers null for what leads anywhere else
 * but to that server: nothing leaves the machine.
 */
export function redirectToGoogleServer(url: string, origin: string): URL | null {
  const asked = URL.canParse(url) ? new URL(url) : null;
  if (asked === null) return null;
  if (asked.origin === new URL(origin).origin) return asked;
  return isGoogle(asked) ? new URL(asked.pathname + asked.search + asked.hash, origin) : null;
}
