import { createHmac } from "node:crypto";
import type { Service } from "../service";

const sign = (service: Service, text: string): string =>
  createHmac("sha256", service.key).update(text).digest("base64url").slice(0, 24);

/** An address of an item's bytes that works with a suffix and for an hour (fact sheet §5). */
export function baseUrl(service: Service, id: string): string {
  const issued = service.clock.now().toString(36);
  return `${service.origin}/lr/AFBm1_${id}_${issued}_${sign(service, `${id} ${issued}`)}`;
}

/** The item an address stands for, and whether its time has run out; undefined for one that was never given. */
export function readBaseUrl(service: Service, token: string): { id: string; expired: boolean } | undefined {
  const found = /^AFBm1_(.+)_([0-9a-z]+)_([A-Za-z0-9_-]{24})$/.exec(token);
  const [, id = "", issued = "", signature = ""] = found ?? [];
  if (found === null || sign(service, `${id} ${issued}`) !== signature) return undefined;
  const minutes = service.switches.baseUrlMinutes;
  const age = service.clock.now() - Number.parseInt(issued, 36);
  return { id, expired: minutes > 0 && age >= minutes * 60_000 };
}
