import type { IncomingMessage, ServerResponse } from "node:http";
import type { Call, Request } from "./call";
import type { FaultKind, FaultRule } from "./faults";
import type { Service } from "./service";
import { bearerOf } from "./sign-in/bearer";
import { OAuthError } from "./sign-in/oauth-error";
import { projectOf } from "./sign-in/sign-ins";
import { corsHeaders } from "./wire/cors";
import { faultReply, isAfter } from "./wire/fault-reply";
import { incoming as readIncoming, readBody, type Incoming } from "./wire/incoming";
import { aborted, internal, noUploadSession, quota, Refusal } from "./wire/refusal";
import { json, type Reply } from "./wire/reply";

/** A refusal in the shape of the endpoint it leaves by. */
function refuse(error: unknown, shape: Call["refuses"]): Reply {
  if (error instanceof OAuthError) return error.reply();
  if (!(error instanceof Refusal)) throw error;
  if (shape === "bare") {
    const session = error.grpc === "UNAUTHENTICATED" || error.message.includes("authentication scopes");
    return session ? noUploadSession().bare() : error.bare();
  }
  if (shape !== "oauth") return error.envelope();
  const word = error.status < 500 ? "invalid_request" : "internal_failure";
  return json(
    { error: word, error_description: error.status === 401 ? "Invalid Credentials" : error.message },
    error.status,
  );
}

function write(
  request: IncomingMessage,
  response: ServerResponse,
  reply: Reply,
  service: Service,
  call: Call,
): void {
  const body = typeof reply.body === "string" ? Buffer.from(reply.body) : reply.body;
  const open = service.switches.cors === "open" && call.kind !== "revoke";
  response.writeHead(reply.status, {
    ...reply.headers,
    ...(open ? corsHeaders(request.headers) : {}),
    "content-length": reply.headers["content-length"] ?? body.length,
  });
  response.end(request.method === "HEAD" ? undefined : body);
}

/** Holds a create's place among its user's, or refuses it, as the switch says. */
async function takeTurn(request: Request, call: Call): Promise<() => void> {
  const { service, incoming, logged } = request;
  const account = call.serial ? bearerOf(service, incoming)?.account : undefined;
  if (account === undefined) return () => undefined;
  if (service.turns.busy(account)) {
    logged.overlapped = true;
    if (service.switches.overlap === "429") throw quota.concurrent();
    if (service.switches.overlap === "409") throw aborted();
    if (service.switches.overlap === "500") throw internal();
  }
  return service.turns.take(account);
}

/**
 * Answers one request as its call does, with whatever faults strike it in between.
 * Where the client has gone meanwhile the work is done all the same, as a real service would.
 */
export async function serve(
  service: Service,
  call: Call,
  params: Record<string, string>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const early: Incoming = readIncoming(request, service.origin, Buffer.alloc(0), true);
  const name = typeof call.name === "string" ? call.name : call.name(early);
  const { method, url } = early;
  const logged = service.log.begin({
    at: service.clock.now(),
    method,
    path: url.pathname,
    kind: call.kind,
    call: name,
  });
  const faults = service.faults.strike(call.kind, name);
  logged.faults = faults.map((fault) => fault.do);
  const struck = (...kinds: FaultKind[]): FaultRule | undefined =>
    faults.find((fault) => kinds.includes(fault.do));

  const torn = struck("cut-during");
  const half = Math.floor(Number(request.headers["content-length"] ?? 2) / 2);
  const { body, complete } = await readBody(
    request,
    torn === undefined ? undefined : (torn.afterBytes ?? half),
  );
  logged.bytesIn = body.length;
  const incoming = readIncoming(request, service.origin, body, complete);
  const whole: Request = { service, incoming, params, logged, faults };
  const cut = (): void => {
    response.socket?.destroy();
    service.log.end(logged, 0);
  };
  if (!complete) {
    call.torn?.(whole);
    return cut();
  }
  if (struck("cut-before") !== undefined) return cut();

  let endTurn = (): void => undefined;
  const late = struck("cut-then-work");
  const delay = struck("delay");
  let reply: Reply;
  try {
    endTurn = await takeTurn(whole, call);
    if (late !== undefined) {
      response.socket?.destroy();
      await service.faults.wait(late, service.closing.signal);
    }
    if (delay !== undefined && delay.afterWork !== true)
      await service.faults.wait(delay, service.closing.signal);
    if (service.closing.signal.aborted) return cut();
    const project = projectOf(bearerOf(service, incoming)?.client ?? "");
    const said = faults
      .map((fault) => ({ fault, reply: faultReply(fault, project) }))
      .find((each) => each.reply !== undefined);
    const spoken = said?.reply;
    if (said === undefined || isAfter(said.fault)) reply = await call.answer(whole);
    else reply = { status: 500, headers: {}, body: "" };
    if (delay?.afterWork === true) await service.faults.wait(delay, service.closing.signal);
    if (spoken instanceof Error) throw spoken;
    reply = spoken ?? reply;
  } catch (error) {
    reply = refuse(error, call.refuses);
  } finally {
    endTurn();
  }
  if (late !== undefined || struck("cut-after") !== undefined || response.destroyed) return cut();
  if (struck("half-answer") !== undefined) {
    const bytes = Buffer.from(reply.body);
    response.writeHead(reply.status, { ...reply.headers, "content-length": bytes.length });
    response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => cut());
    return;
  }
  write(request, response, reply, service, call);
  service.log.end(logged, reply.status);
}
