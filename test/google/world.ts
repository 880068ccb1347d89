import { afterEach, expect } from "vitest";
import {
  createPhotoLibrary,
  createSignIn,
  type SignIn,
  type SignInOutcome,
  type AccountChange,
  type ClosingEnd,
  type Fetch,
  type Listen,
  type Secrets,
} from "../../src/google";
import type { AccountKey, ByteSource } from "../../src/model";
import type { GooglePhotos, GooglePhotosOptions } from "../google-photos";
import { subOf } from "../google-photos/sign-in/sign-ins";
import { answerForm } from "../google-photos/sign-in-steps";
import { startStrictGoogle } from "../strict-google";
import { MovedClock } from "./moved-clock";

/** How tests play the network: Node's `fetch`, or what stands before it. */
export type Wire = (url: string, init: RequestInit) => Promise<Response>;

/** A network as the host's door gives it: each answer whole. */
export function wholly(wire: Wire): Fetch {
  return async (url, { body = null, ...sent }) => {
    const answer = await wire(url, { ...sent, body }).catch((error: unknown) => {
      throw inChromiumsWords(error);
    });
    const { status, headers } = answer;
    return { status, headers, bytes: new Uint8Array(await answer.arrayBuffer()) };
  };
}

/** A host never speaks in Node's words. */
function inChromiumsWords(error: unknown): unknown {
  const { cause } = error as { readonly cause?: { readonly code?: string } };
  return cause?.code === "ECONNREFUSED" ? new Error("net::ERR_CONNECTION_REFUSED") : error;
}

const GOOGLE = /^https:\/\/(?:[a-z0-9-]+\.)*(?:googleapis|google|googleusercontent)\.com(?=\/)/;

/** `fetch` that reaches the emulator where the client names one of Google's hosts, and nothing else at all. */
export function fetchFor(google: Pick<GooglePhotos, "origin">): Wire {
  return (url, init) => {
    const there = url.replace(GOOGLE, google.origin);
    if (!there.startsWith(`${google.origin}/`)) throw new Error(`not one of Google's hosts: ${url}`);
    return fetch(there, init);
  };
}

/** Secrets in memory. */
export class KeptSecrets implements Secrets {
  readonly values = new Map<string, string>();

  get(id: string): string | undefined {
    return this.values.get(id) || undefined;
  }

  set(id: string, value: string): void {
    if (!/^[a-z0-9-]+$/.test(id)) throw new Error(`Obsidian takes no such id: ${id}`);
    this.values.set(id, value);
  }
}

/** Whose account it is in the emulator, where nobody says otherwise. */
const PERSON = "you@example.com";

/** A device that speaks with an emulated Google: the real sign-in and the real client over real sockets. */
export class Device {
  readonly clock: MovedClock;
  /** Addresses that were opened in the browser. */
  readonly opened: string[] = [];
  /** Changes of account or client that were asked about. */
  readonly asked: AccountChange[] = [];
  /** What is answered to such a question. */
  accepts: boolean | Promise<boolean> = true;
  readonly closed: ClosingEnd[] = [];
  /** Accounts that other devices of the vault back up to. */
  vaultAccounts: readonly AccountKey[] = [];
  readonly signIn: SignIn;
  readonly library: ReturnType<typeof createPhotoLibrary>;

  constructor(
    readonly google: GooglePhotos,
    readonly secrets = new KeptSecrets(),
    options: { readonly fetch?: Wire; readonly listen?: Listen; readonly clock?: MovedClock } = {},
  ) {
    this.clock = options.clock ?? new MovedClock(google.clock.now());
    this.signIn = createSignIn({
      fetch: wholly(options.fetch ?? fetchFor(google)),
      clock: this.clock,
      secrets,
      listen: options.listen ?? (() => Promise.resolve(undefined)),
      openBrowser: (url) => void this.opened.push(url),
      closingWords: (end) => {
        this.closed.push(end);
        return { title: `The end: ${end}`, text: "Words & nothing else.", language: "en" };
      },
      isOther: (account) => this.vaultAccounts.length > 0 && !this.vaultAccounts.includes(account),
      confirmChange: (change) => {
        this.asked.push(change);
        return Promise.resolve(this.accepts);
      },
    });
    this.library = createPhotoLibrary({
      transport: this.signIn.transport,
      clock: this.clock,
      account: () => this.signIn.account(),
    });
  }

  /** Begins a sign-in: the address that is opened, how its answer comes back, and what comes of it in the end. */
  async begin(): Promise<{ url: string; how: "here" | "phone"; outcome: Promise<SignInOutcome> }> {
    const { how, outcome } = await this.signIn.begin();
    return { url: this.opened.at(-1) ?? "", how, outcome };
  }

  /** Lets time pass here and at Google's. */
  passTime(ms: number): void {
    this.google.clock.advance(ms);
    this.clock.advance(ms);
  }

  /** Puts a client and a sign-in into the secrets, as if the person had signed in before. */
  signInBefore(tokens = this.google.signIn(), more: Readonly<Record<string, unknown>> = {}): this {
    const { client } = this.google;
    this.secrets.set("vault-image-backup-client", JSON.stringify(client));
    const { refreshToken } = tokens;
    const signIn = { refreshToken, clientId: client.id, sub: subOf(PERSON), email: PERSON, ...more };
    this.secrets.set("vault-image-backup-sign-in", JSON.stringify(signIn));
    return this;
  }
}

const running: GooglePhotos[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((google) => google.close()));
});

/** An emulator that ends with the test. */
export async function startGoogle(options: GooglePhotosOptions = {}): Promise<GooglePhotos> {
  const google = await startStrictGoogle(options);
  running.push(google);
  return google;
}

/** A device that is signed in to an emulator of its own. */
export async function signedIn(
  options: GooglePhotosOptions = {},
  device: ConstructorParameters<typeof Device>[2] = {},
): Promise<Device> {
  return new Device(await startGoogle(options), new KeptSecrets(), device).signInBefore();
}

/** A device with a client and nobody signed in. Without a listener it is as a phone is. */
export async function fresh(listen?: Listen, google?: GooglePhotos): Promise<Device> {
  const there = google ?? (await startGoogle());
  const device = new Device(there, new KeptSecrets(), listen && { listen });
  expect(device.signIn.setClient(there.client).is).toBe("client");
  return device;
}

/** What a person does on the consent page at this address; the answer is where Google's page leads. */
export async function decide(
  google: GooglePhotos,
  url: string,
  how: Parameters<typeof answerForm>[2] = {},
): Promise<string> {
  const page = await fetchFor(google)(url, {});
  const answer = await answerForm(google, await page.text(), how);
  return answer.headers.get("location") ?? "";
}

/** Bytes in memory, as a source. */
export function sourceOf(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    slice: (start, end) => Promise.resolve(new Uint8Array(bytes.subarray(start, end))),
  };
}

/** A signal that nobody aborts. */
export const nobodyAborts = new AbortController().signal;
