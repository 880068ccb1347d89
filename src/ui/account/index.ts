export { consolePage } from "./console-page";
export { openAccount, signIn } from "./account-window";
export { followSignIn } from "./begin-sign-in";
export { confirmAccountChange } from "./account-change";
export { accountRows } from "./account-rows";
export type { AccountRow } from "./account-row";
export { addSignInLinks } from "./brought-answer";
