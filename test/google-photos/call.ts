import type { FaultRule } from "./faults";
import type { Kind, LoggedRequest } from "./request-log";
import type { Service } from "./service";
import type { Incoming } from "./wire/incoming";
import type { Reply } from "./wire/reply";

/** A request on its way through the service. */
export interface Request {
  service: Service;
  incoming: Incoming;
  /** Named parts of the path, decoded. */
  params: Record<string, string>;
  logged: LoggedRequest;
  /** What strikes it; a method looks only at those that concern its own answer. */
  faults: readonly FaultRule[];
}

/** One kind of request the service answers: where it is found, what it counts as, what it does. */
export interface Call {
  /** Its name in the log; where one path takes several, read from the request. */
  name: string | ((incoming: Pick<Incoming, "url" | "header">) => string);
  kind: Kind;
  verb: string;
  path: RegExp;
  /** How it says no: the API's envelope, the upload's bare status, OAuth's flat error, or a page. */
  refuses: "envelope" | "bare" | "oauth" | "page";
  /** One at a time for each user. */
  serial?: true;
  answer(request: Request): Reply | Promise<Reply>;
  /** What it makes of a body that broke off; without it, nothing. */
  torn?(request: Request): void;
}
