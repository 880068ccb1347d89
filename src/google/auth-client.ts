import { OAuth2Client } from "google-auth-library/build/src/auth/oauth2client";
import type { Shaped } from "../model";
import { refusalOf } from "./errors";
import { answerIn, sendForm, type Wires } from "./exchange";
import { isDone } from "./reply";
import { grant } from "./wire";

/** The user's own Google Cloud client, of the type "Desktop app". */
export interface Client {
  readonly id: string;
  readonly secret: string;
}

/** So long before its end an access token is renewed, in milliseconds. */
const RENEW_BEFORE_END = 60_000;

/** An access token as the auth client keeps it, and when it ends; it stays in memory alone. */
export type AccessToken = OAuth2Client["credentials"];

type Transporter = OAuth2Client["transporter"];

/** What a token call of the auth client comes with: gaxios' options, of which these tell something. */
interface TokenCall {
  readonly url: string;
  readonly data: URLSearchParams;
}

/**
 * Google's auth client on our own wires instead of gaxios, without retries of its own: who waits and who gives up is
 * decided once, and all that it fails with is a `PhotosError`.
 */
export function createAuthClient(client: Client, wires: Wires): OAuth2Client {
  const transporter = {
    async request({ url, data }: TokenCall): Promise<{ data: Shaped<typeof grant> }> {
      const reply = await sendForm(wires, url, data);
      if (!isDone(reply)) throw refusalOf(reply);
      return { data: answerIn(reply, grant) };
    },
  };
  return new OAuth2Client({
    clientId: client.id,
    clientSecret: client.secret,
    useAuthRequestParameters: false,
    eagerRefreshThresholdMillis: RENEW_BEFORE_END,
    // The one method of its transporter that the auth client calls for tokens.
    transporter: transporter as unknown as Transporter,
  });
}
