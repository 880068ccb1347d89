import { accountKey, orError, PhotosError, type Account } from "../model";
import type { AccessToken, Client } from "./auth-client";
import { changeBetween, identified } from "./change";
import { newCarryCode, pack, unpack } from "./carry-over";
import { readClientJson, readClientPair, type ClientReading } from "./client-text";
import { closingPage, type ClosingEnd, type ClosingWords } from "./closing-page";
import { prepareConsent, redeem, type Consent, type Granted } from "./consent";
import { readConsentAnswer } from "./consent-answer";
import type { Wires } from "./exchange";
import { askIdentity } from "./identity";
import { Kept, type LiveSignIn, type PendingConsent, type Secrets } from "./kept";
import { answerBrowser, type FinalAnswer, type Listen } from "./loopback";
import { revokeConsent } from "./revoke";
import { missingScopes } from "./scopes";
import { Sessions } from "./sessions";
import type {
  AccountChange,
  ConnectionTest,
  SignInOutcome,
  SignInStatus,
  WaitingConsent,
} from "./sign-in-outcome";
import { API, createTransport, type Transport } from "./transport";

export interface SignInDeps extends Wires {
  readonly secrets: Secrets;
  readonly listen: Listen;
  /** Opens the system's browser; Google refuses views inside apps (fact sheet §1.7). */
  readonly openBrowser: (url: string) => void;
  readonly closingWords: (end: ClosingEnd) => ClosingWords;
  /** Asked before another account or client takes the place of the one before. */
  readonly confirmChange: (change: AccountChange) => Promise<boolean>;
}

const TIME_LIMIT = 5 * 60_000;
const PHONE_TIME_LIMIT = 10 * 60_000;

/** Nothing listens there: the person brings the address back. Changing its start to `obsidian://` opens the app. */
const PHONE_REDIRECT = "http://127.0.0.1:51515/vault-image-backup";
const APP_ADDRESS = "obsidian://vault-image-backup";

/** Signing in and out, and everything that is known of it. Secrets rest in `Secrets` alone, access tokens in memory. */
export class SignIn {
  /** The one authorised way to Google. */
  readonly transport: Transport;
  readonly #kept: Kept;
  readonly #watchers = new Set<() => void>();
  readonly #sessions: Sessions;
  #open: { readonly consent: Consent; readonly end: (outcome: SignInOutcome) => void } | undefined;
  #phoneUrl: string | undefined;
  /** Ends the wait for the answer that a phone's person brings. */
  #phoneOver = new AbortController();

  constructor(private readonly deps: SignInDeps) {
    this.#kept = new Kept(deps.secrets);
    this.#sessions = new Sessions(this.#kept, deps, () => this.#changed());
    this.transport = createTransport(() => this.#sessions.now, deps);
  }

  get status(): SignInStatus {
    const { client, signIn, whose } = this.#kept;
    if (!client) return { is: "no-client" };
    if (!signIn) return { is: "signed-out", because: whose?.end };
    if (signIn.clientId !== client.id) return { is: "signed-out", because: "other-client" };
    const { email = "", scopes, since } = signIn;
    return { is: "signed-in", email, missing: missingScopes(scopes), since };
  }

  /** The client's id, to show it; its secret is shown nowhere. */
  get clientId(): string | undefined {
    return this.#kept.client?.id;
  }

  /** The consent page that is open just now, if any. */
  get waiting(): WaitingConsent | undefined {
    if (this.#open) {
      const { url, pending } = this.#open.consent;
      return { how: "here", until: pending.at + TIME_LIMIT, url };
    }
    const pending = this.#phonePending;
    return pending && { how: "phone", until: pending.at + PHONE_TIME_LIMIT, url: this.#phoneUrl };
  }

  /** Tells of every change of status, client or waiting; the answer ends it. */
  watch(tell: () => void): () => void {
    this.#watchers.add(tell);
    return () => this.#watchers.delete(tell);
  }

  /** Takes the client from the console's JSON, or from an id and a secret. What is no client changes nothing. */
  setClient(given: string | { readonly id: string; readonly secret: string }): ClientReading {
    const reading =
      typeof given === "string" ? readClientJson(given) : readClientPair(given.id, given.secret);
    if (reading.is === "client") {
      this.#kept.client = reading.client;
      this.#changed();
    }
    return reading;
  }

  /** Whose account it is; Google is asked once. Throws `PhotosError`, `signed-out` where there is no sign-in. */
  async account(signal: AbortSignal): Promise<Account> {
    const { signIn } = this.#sessions.live;
    if (signIn.sub !== undefined) {
      return { key: accountKey(signIn.clientId, signIn.sub), email: signIn.email ?? "" };
    }
    const { sub, email } = await askIdentity(this.transport, signal);
    const now = this.#kept.signIn;
    if (now?.refreshToken === signIn.refreshToken) {
      this.#kept.keep({ ...now, sub, email });
      this.#changed();
    }
    return { key: accountKey(signIn.clientId, sub), email };
  }

  /** Desktop: opens the browser and waits for Google's answer on 127.0.0.1. A sign-in that waits already is ended. */
  async signInHere(): Promise<SignInOutcome> {
    this.cancel();
    const { client } = this.#kept;
    if (!client) return { is: "no-client" };
    const { clock, listen, openBrowser } = this.deps;
    const over = new AbortController();
    let consent: Consent | undefined;
    let end = (_: SignInOutcome): void => undefined;
    const ended = new Promise<SignInOutcome>((resolve) => (end = resolve));
    const accept = async (answer: FinalAnswer): Promise<ClosingEnd> => {
      const granted = consent
        ? await this.#take(answer, client, consent.pending)
        : { is: "expired" as const };
      if (granted.is === "granted") void this.#adopt(client, granted.signIn, granted.access).then(end);
      else end(granted);
      return granted.is === "granted" ? "signed-in" : granted.is === "denied" ? "denied" : "failed";
    };
    const page = (closing: ClosingEnd): string => closingPage(this.deps.closingWords(closing));
    const listener = await listen(answerBrowser(() => consent?.pending, accept, page));
    if (!listener) return { is: "no-listener" };
    try {
      consent = await prepareConsent(client, `http://127.0.0.1:${listener.port}`, this.#hint, this.deps);
      this.#open = { consent, end };
      this.#changed();
      openBrowser(consent.url);
      clock.sleep(TIME_LIMIT, over.signal).then(
        () => end({ is: "timed-out" }),
        () => undefined, // it ended before
      );
      return await ended;
    } finally {
      over.abort();
      listener.close();
      if (this.#open?.consent === consent) this.#open = undefined;
      this.#changed();
    }
  }

  /**
   * Phone: opens the browser; the answer comes back through `finish`, even after the app was killed meanwhile.
   *
   * @returns `late`: true as soon as no answer has come in time, false where the wait ended otherwise
   */
  async beginOnPhone(): Promise<
    | { readonly is: "opened"; readonly url: string; readonly late: Promise<boolean> }
    | { readonly is: "no-client" }
  > {
    this.cancel();
    const { client } = this.#kept;
    if (!client) return { is: "no-client" };
    const { url, pending } = await prepareConsent(client, PHONE_REDIRECT, this.#hint, this.deps);
    this.#kept.pending = pending;
    this.#phoneUrl = url;
    this.#phoneOver = new AbortController();
    const late = this.deps.clock.sleep(PHONE_TIME_LIMIT, this.#phoneOver.signal).then(
      () => {
        this.#changed();
        return true;
      },
      () => false,
    );
    this.#changed();
    this.deps.openBrowser(url);
    return { is: "opened", url, late };
  }

  /**
   * Takes the answer that a person brings: the address in any form, or the fields of `obsidian://vault-image-backup`.
   * After a failure of the network the same answer may be brought again.
   */
  async finish(brought: string | Readonly<Record<string, string>>): Promise<SignInOutcome> {
    const { client } = this.#kept;
    if (!client) return { is: "no-client" };
    const here = this.#open;
    const pending = here?.consent.pending ?? this.#phonePending;
    if (pending?.clientId !== client.id) return { is: "expired" };
    const answer = readConsentAnswer(brought, pending);
    if (answer.is === "not-an-answer" || answer.is === "wrong-state") return answer;
    const granted = await this.#take(answer, client, pending);
    if (granted.is === "failed") return granted;
    if (!here) {
      this.#kept.pending = undefined;
      this.#phoneOver.abort();
    }
    const outcome =
      granted.is === "granted" ? await this.#adopt(client, granted.signIn, granted.access) : granted;
    here?.end(outcome);
    this.#changed();
    return outcome;
  }

  /** Waits no longer, as when the plugin is switched off. A phone's answer may still be brought in its time. */
  stop(): void {
    this.#open?.end({ is: "cancelled" });
    this.#phoneOver.abort();
  }

  /** Ends a sign-in that waits for its answer. */
  cancel(): void {
    this.stop();
    if (!this.#kept.pending) return;
    this.#kept.pending = undefined;
    this.#changed();
  }

  /** Forgets this device's sign-in; others go on. */
  signOut(): void {
    this.cancel();
    this.#sessions.forget();
    const { whose } = this.#kept;
    if (whose) this.#kept.keep({ clientId: whose.clientId, sub: whose.sub });
    this.#changed();
  }

  /** Ends every device's sign-in to this project. Nothing changes where Google could not be asked. */
  async revokeEverywhere(
    signal: AbortSignal,
  ): Promise<{ readonly is: "revoked" } | { readonly is: "failed"; readonly error: PhotosError }> {
    const { signIn } = this.#kept;
    const error = signIn && (await orError(revokeConsent(signIn.refreshToken, this.deps, signal)));
    if (error instanceof PhotosError) return { is: "failed", error };
    this.signOut();
    return { is: "revoked" };
  }

  /**
   * Locks this sign-in for another device of the same person: an address for a QR code, and the code that opens it,
   * to be read here and typed there. `undefined` where nobody is signed in.
   */
  async carryOver(): Promise<{ readonly address: string; readonly code: string } | undefined> {
    const { client, signIn } = this.#kept;
    if (!client || signIn?.clientId !== client.id) return undefined;
    const code = newCarryCode();
    return { address: `${APP_ADDRESS}?carry=${await pack({ client, signIn }, code)}`, code };
  }

  /** Takes over a sign-in that another device has locked: its address, its text alone, or the address's fields. */
  async takeOver(brought: string | Readonly<Record<string, string>>, code: string): Promise<SignInOutcome> {
    const text =
      typeof brought === "string" ? brought.trim().replace(/^.*[?&]carry=/, "") : (brought["carry"] ?? "");
    const unpacked = await unpack(text, code);
    if (unpacked.is === "not-a-sign-in") return { is: "not-an-answer" };
    if (unpacked.is === "wrong-code") return unpacked;
    this.cancel();
    const { client, signIn } = unpacked.luggage;
    return this.#adopt(client, signIn);
  }

  /**
   * Makes a real call that costs nothing but itself: the first of this client's albums (fact sheet §4.3).
   *
   * @throws the signal's reason, where the caller gave up
   */
  async testConnection(signal: AbortSignal): Promise<ConnectionTest> {
    const url = `${API}/albums?pageSize=1`;
    const call = { kind: "read", method: "GET", url, timeout: 60_000 } as const;
    const tested = await orError(this.transport.send(call, signal).then(() => this.account(signal)));
    if (tested instanceof PhotosError) return { is: "failed", error: tested, end: this.#kept.whose?.end };
    return { is: "works", account: tested, missing: missingScopes(this.#kept.signIn?.scopes) };
  }

  get #phonePending(): PendingConsent | undefined {
    const { pending } = this.#kept;
    const age = this.deps.clock.now() - (pending?.at ?? 0);
    return age >= 0 && age < PHONE_TIME_LIMIT ? pending : undefined;
  }

  /** The account that the consent page begins with: the one of before. */
  get #hint(): string | undefined {
    const { whose } = this.#kept;
    return whose?.email ?? whose?.sub;
  }

  #changed(): void {
    for (const tell of [...this.#watchers]) tell();
  }

  /** Brings a code to Google; anything else that was answered is an outcome already. */
  async #take(answer: FinalAnswer, client: Client, pending: PendingConsent): Promise<Taken> {
    if (answer.is !== "code") return answer;
    const granted = await orError(redeem(client, answer.code, pending, this.deps));
    return granted instanceof PhotosError ? { is: "failed", error: granted } : granted;
  }

  /** Makes a sign-in the one of this device, once the person knows of any change. */
  async #adopt(client: Client, given: LiveSignIn, access?: AccessToken): Promise<SignInOutcome> {
    const signIn = await identified(client, given, this.deps);
    const change = changeBetween(this.#kept.whose, signIn);
    if (change && !(await this.deps.confirmChange(change))) return { is: "kept-as-it-was" };
    this.#kept.client = client;
    this.#kept.keep(signIn);
    this.#sessions.begin(client, signIn.refreshToken, access);
    this.#phoneUrl = undefined;
    this.#changed();
    return { is: "signed-in", missing: missingScopes(signIn.scopes) };
  }
}

type Taken = Granted | Extract<SignInOutcome, { is: "denied" | "refused" | "failed" }>;
