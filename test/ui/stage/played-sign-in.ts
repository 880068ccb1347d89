import { readClient } from "../../../src/google/client-text";
import type { SurfaceDeps } from "../../../src/ui";

type SignInPort = SurfaceDeps["signIn"];

/** As long as Google makes them. */
const CLIENT_ID = "123456789012-0123456789abcdefghijklmnopqrstuv.apps.googleusercontent.com";

/** A sign-in that a test plays: what Google would answer is set from outside. */
export class PlayedSignIn implements SignInPort {
  status: SignInPort["status"] = { is: "signed-in", email: "ada@example.org", missing: [] };
  waiting: SignInPort["waiting"] = undefined;
  clientId: string | undefined = CLIENT_ID;
  /** What was handed over as a client: to see that it goes nowhere else. */
  readonly brought: unknown[] = [];
  readonly #watchers = new Set<() => void>();

  watch(tell: () => void): () => void {
    this.#watchers.add(tell);
    return () => this.#watchers.delete(tell);
  }

  /** Sets how things stand, as if something had happened. */
  become(status: SignInPort["status"], waiting?: SignInPort["waiting"]): void {
    this.status = status;
    this.waiting = waiting;
    this.clientId = status.is === "no-client" ? undefined : CLIENT_ID;
    for (const tell of [...this.#watchers]) tell();
  }

  readonly readClient = readClient;

  setClient(given: Parameters<SignInPort["setClient"]>[0]): void {
    this.brought.push(given);
    this.become({ is: "signed-out" });
  }

  begin(): ReturnType<SignInPort["begin"]> {
    return Promise.resolve({ how: "here", outcome: this.#succeed() });
  }

  finish(brought: Parameters<SignInPort["finish"]>[0]): ReturnType<SignInPort["finish"]> {
    if (!JSON.stringify(brought).includes("code=")) return Promise.resolve({ is: "not-an-answer" });
    return this.#succeed();
  }

  carryOver(): ReturnType<SignInPort["carryOver"]> {
    return Promise.resolve({ address: "obsidian://vault-image-backup?carry=1.played", code: "0123456789ab" });
  }

  takeOver(_: Parameters<SignInPort["takeOver"]>[0], code: string): ReturnType<SignInPort["takeOver"]> {
    return code === "0123456789ab" ? this.#succeed() : Promise.resolve({ is: "wrong-code" });
  }

  cancel(): void {
    this.become(this.status);
  }

  signOut(): void {
    this.become({ is: "signed-out" });
  }

  revokeEverywhere(): ReturnType<SignInPort["revokeEverywhere"]> {
    this.signOut();
    return Promise.resolve({ is: "revoked" });
  }

  testConnection(): ReturnType<SignInPort["testConnection"]> {
    return Promise.resolve({ is: "works", account: { email: "ada@example.org" }, missing: [] });
  }

  #succeed(): ReturnType<SignInPort["finish"]> {
    this.become({ is: "signed-in", email: "ada@example.org", missing: [] });
    return Promise.resolve({ is: "signed-in", missing: [] });
  }
}
