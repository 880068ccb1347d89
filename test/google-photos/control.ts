import type { IncomingMessage, ServerResponse } from "node:http";
import { checkRule, type FaultKind, type FaultRates, type FaultRule } from "./faults";
import type { Service } from "./service";
import { parseSwitch } from "./switches";
import { incoming as readIncoming, readBody, type Incoming } from "./wire/incoming";
import { json } from "./wire/reply";

type Fields = Record<string, unknown>;

interface Control {
  verb: "GET" | "POST" | "DELETE";
  path: RegExp;
  /** What it does, for the README. */
  says: string;
  run(service: Service, call: { fields: Fields; incoming: Incoming; id: string }): unknown;
}

const whole = (fields: Fields, name: string): number => {
  const value = fields[name];
  if (typeof value !== "number" || !Number.isFinite(value)) throw new Error(`${name} must be a number.`);
  return value;
};

/** Rules as they come from outside: their shape is checked, their optional parts are taken as they are. */
const readRules = (given: unknown): FaultRule[] =>
  (Array.isArray(given) ? given : [given]).map((rule: unknown) => checkRule(rule as FaultRule));

const faultsNow = (service: Service): unknown => ({ struck: service.faults.struck() });

/** The control endpoint: the one table that it and the README come from. */
export const controls: readonly Control[] = [
  {
    verb: "GET",
    path: /^\/control\/requests$/,
    says: "every request since start or clearing",
    run: (service) => service.log.all(),
  },
  {
    verb: "DELETE",
    path: /^\/control\/requests$/,
    says: "clears the log",
    run: (service) => {
      service.log.clear();
      return {};
    },
  },
  {
    verb: "GET",
    path: /^\/control\/counts$/,
    says: "`{uploads, creates, other}`",
    run: (service) => service.log.counts(),
  },
  {
    verb: "GET",
    path: /^\/control\/library$/,
    says: "`{items, albums}`",
    run: ({ library }) => ({ items: library.items(), albums: library.albums() }),
  },
  {
    verb: "GET",
    path: /^\/control\/switches$/,
    says: "every switch and its value",
    run: (service) => service.switches,
  },
  {
    verb: "POST",
    path: /^\/control\/switches$/,
    says: "`{name: value, …}` sets switches and answers all",
    run(service, { fields }) {
      const changed = Object.entries(fields).map(([name, value]) => parseSwitch(name, value));
      return Object.assign(service.switches, ...changed) as unknown;
    },
  },
  { verb: "GET", path: /^\/control\/faults$/, says: "how often each fault has struck", run: faultsNow },
  {
    verb: "POST",
    path: /^\/control\/faults$/,
    says: "`{rules: [{on, do, nth?, times?, …}]}` and `{rates: {kind: {fault: chance}}, seed?}`",
    run(service, { fields }) {
      if (fields["rules"] !== undefined) service.faults.script(readRules(fields["rules"]));
      if (fields["rates"] !== undefined) {
        const rates = fields["rates"] as FaultRates;
        for (const kinds of Object.values(rates)) {
          for (const name of Object.keys(kinds)) checkRule({ on: "any", do: name as FaultKind });
        }
        service.faults.rates(rates, fields["seed"] === undefined ? undefined : whole(fields, "seed"));
      }
      return faultsNow(service);
    },
  },
  {
    verb: "DELETE",
    path: /^\/control\/faults$/,
    says: "ends all faults and lets go what they hold",
    run: (service) => {
      service.faults.clear();
      return {};
    },
  },
  {
    verb: "POST",
    path: /^\/control\/faults\/release$/,
    says: "`{hold}` lets go what a fault of that name holds",
    run(service, { fields }) {
      service.faults.release(String(fields["hold"]));
      return {};
    },
  },
  {
    verb: "GET",
    path: /^\/control\/clock$/,
    says: "`{now, aheadMs}`",
    run: ({ clock }) => ({ now: clock.now(), aheadMs: clock.aheadMs }),
  },
  {
    verb: "POST",
    path: /^\/control\/clock$/,
    says: "`{advance: ms}` moves the clock",
    run(service, { fields }) {
      service.advance(whole(fields, "advance"));
      return { now: service.clock.now(), aheadMs: service.clock.aheadMs };
    },
  },
  {
    verb: "POST",
    path: /^\/control\/items$/,
    says: "the body is a photo the user had from elsewhere; its name in `?filename=`",
    async run(service, { incoming }) {
      const filename = incoming.url.searchParams.get("filename") ?? "elsewhere.jpg";
      return { id: await service.library.addFromElsewhere(incoming.body, filename) };
    },
  },
  {
    verb: "POST",
    path: /^\/control\/items\/(?<id>[^/]+)\/(?:bin|restore|delete)$/,
    says: "puts an item into the trash, takes it out again, or deletes it for good (`…/bin`, `…/restore`, `…/delete`)",
    run({ library }, { incoming, id }) {
      const action = incoming.url.pathname.split("/").at(-1);
      if (action === "bin") library.bin(id);
      else if (action === "restore") library.restoreFromBin(id);
      else library.deleteForever(id);
      return {};
    },
  },
  {
    verb: "POST",
    path: /^\/control\/revoke-all$/,
    says: "ends every sign-in",
    run(service) {
      service.signIns.revokeAll();
      return {};
    },
  },
];

export const isControl = (path: string): boolean => path.startsWith("/control/");

/** Answers a request to the control endpoint; it strikes no fault and enters no log. */
export async function control(
  service: Service,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { body, complete } = await readBody(request);
  const incoming = readIncoming(request, service.origin, body, complete);
  const send = (status: number, value: unknown): void => {
    const reply = json(value, status);
    response.writeHead(status, reply.headers).end(reply.body);
  };
  const { pathname } = incoming.url;
  const found = controls.find(({ verb, path }) => verb === incoming.method && path.test(pathname));
  if (found === undefined) return send(404, { error: `There is no ${incoming.method} ${pathname}.` });
  try {
    // Only a photo comes as it is; anything else that is not JSON is a mistake to be told, not to be passed over.
    const isPhoto = pathname === "/control/items";
    const fields: unknown = !isPhoto && body.length > 0 ? JSON.parse(body.toString("utf8")) : {};
    if (typeof fields !== "object" || fields === null) throw new Error("The body must be a JSON object.");
    const id = found.path.exec(pathname)?.groups?.["id"] ?? "";
    send(200, await found.run(service, { fields: { ...fields }, incoming, id }));
  } catch (error) {
    send(400, { error: error instanceof Error ? error.message : String(error) });
  }
}
