export { openInBrowser } from "./browser";
export { requestUrlFetch } from "./request-url-fetch";
export { openSecrets, type SecretDoor } from "./secrets";
export { listenForSignIn } from "./sign-in-listener";
