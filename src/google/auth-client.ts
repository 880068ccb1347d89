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

type Transporter = OAuth2Client["transporter"];

/** Where the auth client asks for tokens (OpenID Connect discovery document of accounts.google.com). */
const TOKEN_URL = "https://oauth2.googleapis.com/token";

/** What a token call of the auth client comes with: gaxios' options, of which this tells something. */
interface TokenCall {
  readonly data: URLSearchParams;
}

/**
 * Google's auth client on our own wires instead of gaxios, without retries of its own: who waits and who gives up is
 * decided once, and all that it fails with is a `PhotosError`.
 *
 * @param refreshToken  what it gets access tokens by, where there is one already; good until Google says `invalid_grant`
 *                      (fact sheet §1.5)
 */
export function createAuthClient(client: Client, wires: Wires, refreshToken?: string): OAuth2Client {
  const transporter = {
    async request({ data }: TokenCall): Promise<{ data: Shaped<typeof grant> }> {
      const reply = await sendForm(wires, TOKEN_URL, data);
      if (!isDone(reply)) throw refusalOf(reply);
      return { data: answerIn(reply, grant) };
    },
  };
  const auth = new OAuth2Client({
    clientId: client.id,
    clientSecret: client.secret,
    useAuthRequestParameters: false,
    eagerRefreshThresholdMillis: RENEW_BEFORE_END,
    // The one method of its transporter that the auth client calls for tokens.
    transporter: transporter as unknown as Transporter,
  });
  if (refreshToken !== undefined) auth.setCredentials({ refresh_token: refreshToken });
  return auth;
}
