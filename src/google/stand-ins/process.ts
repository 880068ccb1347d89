/**
 * Injected as `process` where Google's auth client and gaxios name it: gaxios reads proxy settings from
 * `process.env` at each request, which on phones does not exist and on desktops is none of our business,
 * since Obsidian's own transport knows its proxy.
 */
export const process = { env: {} as Record<string, string | undefined>, version: "v0.0.0" };
