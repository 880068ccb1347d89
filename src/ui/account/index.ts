export { openAccount, signIn } from "./account-modal";
export { confirmAccountChange } from "./account-change";
export type { AccountRow } from "./account-row";
export { accountRows } from "./account-rows";
export { addSignInLinks } from "./brought-answer";
