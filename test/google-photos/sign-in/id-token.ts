import { createHash, generateKeyPair, sign, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import type { Service } from "../service";
import { scope } from "./scopes";
import { subOf } from "./sign-ins";

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/** The key that signs id_tokens: made when the first is asked for, since most runs need none. */
let keys: Promise<{ privateKey: KeyObject; publicKey: KeyObject }> | undefined;

async function keyPair(): Promise<{ privateKey: KeyObject; publicKey: KeyObject; kid: string }> {
  keys ??= promisify(generateKeyPair)("rsa", { modulusLength: 2048 });
  const pair = await keys;
  const kid = createHash("sha256")
    .update(pair.publicKey.export({ type: "spki", format: "der" }))
    .digest("hex")
    .slice(0, 40);
  return { ...pair, kid };
}

/** What Google tells of an account to a client with these scopes (fact sheet §1.9). */
export function claims(account: string, scopes: readonly string[]): Record<string, unknown> {
  const name = account.split("@", 1)[0] ?? account;
  const email = scopes.includes(scope.email) || scopes.includes("email");
  const profile = scopes.includes(scope.profile) || scopes.includes("profile");
  return {
    sub: subOf(account),
    ...(profile ? { name, given_name: name } : {}),
    ...(email ? { email: account, email_verified: true } : {}),
  };
}

export const IdTokens = {
  /** A signed statement of who consented, as the code exchange answers it. */
  async sign(service: Service, client: string, account: string, scopes: readonly string[]): Promise<string> {
    const { privateKey, kid } = await keyPair();
    const now = Math.floor(service.clock.now() / 1000);
    const payload = {
      iss: "https://accounts.google.com",
      azp: client,
      aud: client,
      ...claims(account, scopes),
      iat: now,
      exp: now + 3600,
    };
    const text = `${encode({ alg: "RS256", kid, typ: "JWT" })}.${encode(payload)}`;
    return `${text}.${sign("RSA-SHA256", Buffer.from(text), privateKey).toString("base64url")}`;
  },

  /** The public key, as a JWK set, and as PEM by its id: the two forms that Google publishes. */
  async certificates(form: "jwk" | "pem"): Promise<unknown> {
    const { publicKey, kid } = await keyPair();
    if (form === "pem") return { [kid]: publicKey.export({ type: "spki", format: "pem" }) };
    return { keys: [{ ...publicKey.export({ format: "jwk" }), alg: "RS256", use: "sig", kid }] };
  },
};
