export type { ClientReading } from "./client-text";
export type { ClosingEnd, ClosingWords } from "./closing-page";
export type { Fetch } from "./exchange";
export type { Secrets, SignInEnd } from "./kept";
export { createPhotoLibrary, type LibraryDeps } from "./library";
export type { Listen, Listener, PageAnswer } from "./loopback";
export type { ScopeName } from "./scopes";
export { createSignIn, type SignIn, type SignInDeps } from "./sign-in";
export type {
  AccountChange,
  ConnectionTest,
  SignInOutcome,
  SignInStatus,
  WaitingConsent,
} from "./sign-in-outcome";
