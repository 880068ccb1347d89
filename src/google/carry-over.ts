import {
  aNumber,
  anObject,
  aText,
  listOf,
  optional,
  readJson,
  someText,
  withDefault,
  type Shaped,
} from "../model";
import type { Client } from "./auth-client";
import { fromBase64Url, toBase64Url } from "./base64url";
import type { LiveSignIn } from "./kept";
import { SCOPE_START } from "./scopes";

/** What a device hands to another one of the same person. */
export interface Luggage {
  readonly client: Client;
  readonly signIn: LiveSignIn;
}

const ROUNDS = 600_000;

/** What is locked stands after 16 bytes of salt and 12 that its key is used with once. */
const IV_AT = 16;
const LOCKED_AT = 28;

/** 32 digits and letters, none of which is taken for another one (Crockford's base 32). */
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const CODE_LENGTH = 12;

const luggage = anObject({
  c: anObject({ i: aText, s: aText }),
  r: someText,
  u: withDefault(aText, ""),
  e: withDefault(aText, ""),
  g: optional(listOf(aText)),
  t: optional(aNumber),
});

/** A code of twelve random letters and digits, which the person reads on one device and types on the other. */
export function newCarryCode(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(CODE_LENGTH));
  return [...bytes].map((byte) => ALPHABET[byte % ALPHABET.length]).join("");
}

/** The code as it was made, whatever spaces, dashes, capitals or look-alikes it was typed with. */
function plain(code: string): string {
  return code
    .toLowerCase()
    .replace(/o/g, "0")
    .replace(/[il]/g, "1")
    .replace(/[^0-9a-z]/g, "");
}

async function keyFrom(code: string, salt: BufferSource): Promise<CryptoKey> {
  const typed = await crypto.subtle.importKey("raw", new TextEncoder().encode(plain(code)), "PBKDF2", false, [
    "deriveKey",
  ]);
  const derivation = { name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS };
  return crypto.subtle.deriveKey(derivation, typed, { name: "AES-GCM", length: 256 }, false, [
    "encrypt",
    "decrypt",
  ]);
}

/**
 * Locks a sign-in into a text that is safe to show as a QR code: AES-GCM, its key by PBKDF2 with SHA-256 from the
 * code. Without the code the text is worth nothing.
 */
export async function pack({ client, signIn }: Luggage, code: string): Promise<string> {
  const once = crypto.getRandomValues(new Uint8Array(LOCKED_AT));
  const content: Shaped<typeof luggage> = {
    c: { i: client.id, s: client.secret },
    r: signIn.refreshToken,
    u: signIn.sub,
    e: signIn.email,
    // Without their beginning: a QR code of fewer characters is read from further away.
    g: signIn.scopes?.map((scope) => scope.replace(SCOPE_START, "~")),
    t: signIn.since,
  };
  const open = new TextEncoder().encode(JSON.stringify(content));
  const key = await keyFrom(code, once.slice(0, IV_AT));
  const locked = await crypto.subtle.encrypt({ name: "AES-GCM", iv: once.slice(IV_AT) }, key, open);
  return `1.${toBase64Url(new Uint8Array([...once, ...new Uint8Array(locked)]))}`;
}

export type Unpacked =
  | ({ readonly is: "unpacked" } & Luggage)
  /** The code does not open it, or it was changed on the way. */
  | { readonly is: "wrong-code" }
  | { readonly is: "not-an-answer" };

/** Opens what `pack` made. */
export async function unpack(text: string, code: string): Promise<Unpacked> {
  const bytes = fromBase64Url(/^1\.(.*)$/.exec(text.trim())?.[1] ?? "") ?? new Uint8Array();
  const [salt, iv, locked] = [bytes.slice(0, IV_AT), bytes.slice(IV_AT, LOCKED_AT), bytes.slice(LOCKED_AT)];
  if (locked.length === 0) return { is: "not-an-answer" };
  const key = await keyFrom(code, salt);
  let open: ArrayBuffer;
  try {
    open = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, locked);
  } catch {
    return { is: "wrong-code" }; // AES-GCM says no more than that
  }
  const read = readJson(luggage, new TextDecoder().decode(open));
  if (!read) return { is: "not-an-answer" };
  const { c, r, u, e, g, t } = read;
  return {
    is: "unpacked",
    client: { id: c.i, secret: c.s },
    signIn: {
      clientId: c.i,
      refreshToken: r,
      sub: u,
      email: e,
      scopes: g?.map((scope) => scope.replace(/^~/, SCOPE_START)),
      since: t,
    },
  };
}
