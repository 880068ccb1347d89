import type { Faults } from "./project";

/** Addresses that are names and not places: nobody calls them. */
const NAMES = ["ns.adobe.com", "www.w3.org"];

/**
 * Hosts that the bundle names and the privacy page does not: a person must be able to read there whom the plugin may
 * speak to. Those of Google's auth client that it never calls are named there, too; those in licences are no code.
 */
export function hostFaults(main: string, privacy: string): Faults {
  const code = main.replace(/^\/\*![^]*?\*\/$/gm, "");
  const hosts = [...code.matchAll(/https?:\/\/([a-z0-9][a-z0-9.-]*[a-z0-9])/gi)].map(([, host = ""]) => host);
  return [...new Set(hosts)]
    .filter((host) => !NAMES.includes(host) && !privacy.includes(`\`${host}\``))
    .map((host) => `docs/privacy.md does not name ${host}, which main.js does`);
}
