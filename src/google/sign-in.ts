import type { OAuth2Client } from "google-auth-library/build/src/auth/oauth2client";
import { accountKey, orError, PhotosError, type Account, type AccountKey } from "../model";
import { changeBetween } from "./change";
import { newCarryCode, pack, unpack, type Luggage } from "./carry-over";
import { readClient, type ClientReading } from "./client-text";
import { closingPage, type ClosingEnd, type ClosingWords } from "./closing-page";
import { prepareConsent, redeem, type Granted } from "./consent";
import { readConsentAnswer, type ConsentAnswer } from "./consent-answer";
import type { Wires } from "./exchange";
import { Kept, type PendingConsent, type Secrets } from "./kept";
import { answerBrowser, type Listen } from "./loopback";
import { revokeConsent } from "./revoke";
import { missingScopes } from "./scopes";
import { createSessions } from "./sessions";
import type {
  AccountChange,
  BegunSignIn,
  ConnectionTest,
  SignInOutcome,
  SignInStatus,
  WaitingConsent,
} from "./sign-in-outcome";
import { API, createTransport } from "./transport";

export interface SignInDeps extends Wires {
  readonly secrets: Secrets;
  readonly listen: Listen;
  /** Opens the system's browser; Google refuses views inside apps (fact sheet §1.7). */
  readonly openBrowser: (url: string) => void;
  readonly closingWords: (end: ClosingEnd) => ClosingWords;
  /** Whether the vault's other devices back up to other accounts alone, as far as is known. */
  readonly isOther: (account: AccountKey) => boolean;
  /**
   * Asked before another account or client takes the place of the one before, or of that of other devices, or one comes from
   * another device.
   */
  readonly confirmChange: (change: AccountChange) => Promise<boolean>;
}

/** How long an answer of Google's page is waited for, in milliseconds. */
const TIME_LIMIT = 10 * 60_000;

/** Nothing listens there: the person brings the address back. Changing its start to `obsidian://` opens the app. */
const PHONE_REDIRECT = "http://127.0.0.1:51515/vault-image-backup";
const APP_ADDRESS = "obsidian://vault-image-backup";

/** Signing in and out, and everything that is known of it. Secrets rest in `Secrets` alone, access tokens in memory. */
export type SignIn = ReturnType<typeof createSignIn>;

export function createSignIn(deps: SignInDeps) {
  const kept = new Kept(deps.secrets);
  const watchers = new Set<() => void>();
  const sessions = createSessions(kept, deps, changed);
  const transport = createTransport(() => sessions.now, deps);
  /** The consent page that was opened last, while what comes of it is waited for. */
  let open: OpenPage | undefined;
  /** The answer that has come, until it is known what comes of it. */
  let taking: Taking | undefined;
  /** The next consent page, ahead of time: WebKit opens no window where a task, such as a hash, lies between it and the tap. */
  let prepared = prepareConsent();

  /** The consent that the person is asked for just now. It is kept, since the app may be killed meanwhile. */
  function awaited(): PendingConsent | undefined {
    const { pending } = kept;
    const age = deps.clock.now() - (pending?.at ?? 0);
    // A wait that goes on is bounded by its timer, whatever the clock was set to meanwhile.
    return open || (age >= 0 && age < TIME_LIMIT) ? pending : undefined;
  }

  function changed(): void {
    for (const tell of [...watchers]) tell();
  }

  /** Takes what was brought, where it answers the consent that is awaited. Its code goes to Google once, however often it is brought. */
  function take(brought: Brought): Taking | NotTaken {
    const { client } = kept;
    const pending = taking?.pending ?? awaited();
    if (!client || pending?.clientId !== client.id) return { is: "expired" };
    const answer = readConsentAnswer(brought, pending);
    if (answer.is === "not-an-answer" || answer.is === "wrong-state") return answer;
    return (taking ??= settle(
      answer.is === "code" ? redeem(client, answer.code, pending, deps) : answer,
      pending,
    ));
  }

  /** Makes a sign-in the one of this device, once the person knows of any change, and where it is still wanted then. */
  async function adopt(
    { client, signIn, auth }: Luggage & { auth?: OAuth2Client },
    isWanted = () => true,
  ): Promise<SignInOutcome> {
    const { clientId, sub, email } = signIn;
    // Of what no consent brought here, nobody has seen yet whose it is.
    const isCarried = !auth && !kept.signIn?.sub;
    const isOther = !kept.whose && deps.isOther(accountKey(clientId, sub));
    const change: AccountChange | false | undefined =
      changeBetween(kept.whose, signIn) ??
      ((isCarried || isOther) && { what: isCarried ? "carried" : "vault", from: "", to: email });
    if (change && !(await deps.confirmChange(change))) return { is: "kept-as-it-was" };
    if (!isWanted()) return { is: "cancelled" };
    kept.client = client;
    kept.keep(signIn);
    if (auth) sessions.goOn(auth);
    changed();
    return { is: "signed-in", missing: missingScopes(signIn.scopes) };
  }

  /** Makes of an answer what comes of it, and says so to whoever waits for it as well. */
  function settle(answered: Promise<Granted> | Refused, pending: PendingConsent): Taking {
    const page = open;
    // Who has ended the wait meanwhile wants nothing to come of it.
    const taken = Promise.resolve(answered).then((came): Taken =>
      taking === mine ? came : { is: "cancelled" },
    );
    const come = async (): Promise<SignInOutcome> => {
      const came = await taken;
      if (came.is === "failed" || came.is === "cancelled") return came;
      kept.pending = undefined;
      const outcome = came.is === "granted" ? await adopt(came, () => taking === mine) : came;
      page?.end(outcome);
      changed();
      return outcome;
    };
    const outcome = come().finally(() => {
      if (taking === mine) taking = undefined;
    });
    const mine: Taking = { is: "taken", pending, taken, outcome };
    return mine;
  }

  /** Waits until a consent page was answered, as long as it may take. */
  function wait({ how, url, close }: Opened, ms: number): Promise<SignInOutcome> {
    const over = new AbortController();
    const state = kept.pending?.state;
    return new Promise((resolve) => {
      const page: OpenPage = {
        how,
        url,
        end: (outcome) => {
          over.abort();
          close?.();
          if (open === page) open = undefined;
          resolve(outcome);
        },
      };
      open = page;
      const late = async (): Promise<void> => {
        // What is on its way, or asked about, has come in time.
        await taking?.outcome.catch(() => undefined);
        if (open !== page) return;
        // Where it is not kept any more, another window has had the answer, or has asked anew.
        if (kept.pending?.state === state) giveUp({ is: "timed-out" });
        else {
          page.end({ is: "cancelled" });
          changed();
        }
      };
      deps.clock.sleep(ms, over.signal).then(
        late,
        () => undefined, // it ended before
      );
    });
  }

  /** Waits no longer for an answer, and takes none. */
  function giveUp(outcome: SignInOutcome): void {
    taking = undefined;
    if (!open && !kept.pending) return;
    kept.pending = undefined;
    open?.end(outcome);
    changed();
  }

  const left = awaited();

  const theSignIn = {
    /** The one authorised way to Google. */
    transport,

    get status(): SignInStatus {
      const { client, signIn, whose } = kept;
      if (!client) return { is: "no-client" };
      if (!signIn) return { is: "signed-out", because: whose?.end };
      if (signIn.clientId !== client.id) return { is: "signed-out", because: "other-client" };
      return { is: "signed-in", email: signIn.email, missing: missingScopes(signIn.scopes) };
    },

    /** The client's id, to show it; its secret is shown nowhere. */
    get clientId(): string | undefined {
      return kept.client?.id;
    },

    /** The consent page that is open just now, if any. */
    get waiting(): WaitingConsent | undefined {
      return awaited() && { how: open?.how ?? "phone", url: open?.url };
    },

    /** What comes of a page that was open when the app was killed; the answer to it, `finish` gives as well. */
    resumed: left && wait({ how: "phone" }, left.at + TIME_LIMIT - deps.clock.now()),

    /** Tells of every change of status, client or waiting; the answer ends it. */
    watch(tell: () => void): () => void {
      watchers.add(tell);
      return () => watchers.delete(tell);
    },

    readClient,

    /** Takes the client from the console's JSON, or from an id and a secret. What is no client changes nothing. */
    setClient(given: Parameters<typeof readClient>[0]): ClientReading {
      const reading = readClient(given);
      if (reading.is === "client") {
        // An answer for the client before would come in vain.
        if (kept.client?.id !== reading.client.id) theSignIn.cancel();
        kept.client = reading.client;
        changed();
      }
      return reading;
    },

    /** Whose account it is. Rejects with `PhotosError`, `signed-out` where there is no sign-in. */
    async account(): Promise<Account> {
      const { clientId, sub, email } = sessions.live.signIn;
      return { key: accountKey(clientId, sub), email };
    },

    /**
     * Opens Google's page in the browser; a sign-in that waits already is ended. Where this device can listen, the browser
     * brings the answer to 127.0.0.1; else the person does, through `finish`, even after the app was killed meanwhile.
     */
    async begin(): Promise<BegunSignIn> {
      const { client } = kept;
      if (!client) return { how: "here", outcome: Promise.resolve({ is: "no-client" }) };
      const accept = async (path: string): Promise<ClosingEnd | undefined> => {
        const answered = take(path);
        if (answered.is !== "taken") return undefined;
        // The browser brings it once: there is no other try.
        void answered.outcome.then((outcome) => outcome.is === "failed" && giveUp(outcome));
        // The page does not wait until the person has answered what is asked here.
        const { is } = await answered.taken;
        return is === "granted" ? "signed-in" : is === "denied" ? "denied" : "failed";
      };
      const closing = (end: ClosingEnd): string => closingPage(deps.closingWords(end));
      const preparing = prepared;
      prepared = prepareConsent();
      const makeConsent = await preparing;
      const listener = await deps.listen(answerBrowser(accept, closing));
      const how = listener ? "here" : "phone";
      const comesTo = listener ? `http://127.0.0.1:${listener.port}` : PHONE_REDIRECT;
      const { whose } = kept;
      const hint = whose?.email || whose?.sub;
      const { url, pending } = makeConsent(client, comesTo, hint, deps.clock);
      theSignIn.cancel();
      kept.pending = pending;
      const outcome = wait({ how, url, close: () => listener?.close() }, TIME_LIMIT);
      changed();
      deps.openBrowser(url);
      return { how, outcome };
    },

    /**
     * Takes the answer that a person brings: the address in any form, or the fields of `obsidian://vault-image-backup`.
     * After a failure of the network the same answer may be brought again.
     */
    async finish(brought: Brought): Promise<SignInOutcome> {
      const answered = take(brought);
      return answered.is === "taken" ? answered.outcome : answered;
    },

    /** Waits no longer, as when the plugin is switched off. An answer may still be brought in its time; one on its way is taken. */
    stop(): void {
      open?.end({ is: "cancelled" });
    },

    /** Ends a sign-in that waits for its answer. */
    cancel(): void {
      giveUp({ is: "cancelled" });
    },

    /** Forgets this device's sign-in; others go on. */
    signOut(): void {
      theSignIn.cancel();
      const { whose } = kept;
      if (whose) kept.keep({ clientId: whose.clientId, sub: whose.sub, email: "" });
      changed();
    },

    /** Ends every device's sign-in to this project. Nothing changes where Google did not do it. */
    async revokeEverywhere(
      signal: AbortSignal,
    ): Promise<{ readonly is: "revoked" } | { readonly is: "failed"; readonly error: PhotosError }> {
      const { signIn } = kept;
      const error = signIn && (await orError(revokeConsent(signIn.refreshToken, deps, signal)));
      if (error instanceof PhotosError) return { is: "failed", error };
      theSignIn.signOut();
      return { is: "revoked" };
    },

    /**
     * Locks this sign-in for another device of the same person: an address for a QR code, and the code that opens it,
     * to be read here and typed there. `undefined` where nobody is signed in.
     */
    async carryOver(): Promise<{ readonly address: string; readonly code: string } | undefined> {
      const { client, signIn } = kept;
      if (!client || signIn?.clientId !== client.id) return undefined;
      const code = newCarryCode();
      return { address: `${APP_ADDRESS}?carry=${await pack({ client, signIn }, code)}`, code };
    },

    /** Takes over a sign-in that another device has locked, once the person knows whose it is: its address, its text alone, or the address's fields. */
    async takeOver(brought: Brought, code: string): Promise<SignInOutcome> {
      const text =
        typeof brought === "string" ? brought.trim().replace(/^.*[?&]carry=/, "") : (brought["carry"] ?? "");
      const unpacked = await unpack(text, code);
      if (unpacked.is !== "unpacked") return unpacked;
      theSignIn.cancel();
      return adopt(unpacked);
    },

    /**
     * Makes a real call that costs nothing but itself: the first of this client's albums (fact sheet §4.3).
     *
     * @throws the signal's reason, where the caller gave up
     */
    async testConnection(signal: AbortSignal): Promise<ConnectionTest> {
      const call = { kind: "read", method: "GET", url: `${API}/albums?pageSize=1` } as const;
      const tested = await orError(transport.send(call, signal).then(() => theSignIn.account()));
      if (tested instanceof PhotosError) return { is: "failed", error: tested, end: kept.whose?.end };
      return { is: "works", account: tested, missing: missingScopes(kept.signIn?.scopes) };
    },
  };
  return theSignIn;
}

/** An answer that a person brings, or a browser: an address in any form, or the fields of one. */
type Brought = string | Readonly<Record<string, string>>;

/** A consent page that was opened. */
interface Opened extends Pick<WaitingConsent, "how" | "url"> {
  /** Listens no longer for the browser. */
  readonly close?: () => void;
}

/** One that is waited for, and what ends the wait. */
interface OpenPage extends Pick<WaitingConsent, "how" | "url"> {
  end(outcome: SignInOutcome): void;
}

/** An answer to the consent that is awaited. */
interface Taking {
  readonly is: "taken";
  readonly pending: PendingConsent;
  /** What Google says to its code; anything else that was answered is an outcome already. */
  readonly taken: Promise<Taken>;
  /** After a failure to ask Google the consent is awaited as before. */
  readonly outcome: Promise<SignInOutcome>;
}

/** Why what was brought is no such answer. */
interface NotTaken {
  readonly is: "expired" | "not-an-answer" | "wrong-state";
}

type Refused = Extract<ConsentAnswer, { is: "denied" | "refused" }>;
type Taken = Granted | Refused | { readonly is: "cancelled" };
