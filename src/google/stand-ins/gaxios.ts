/**
 * Stands in for `gaxios`: the auth client gets its transporter from us (`auth-client.ts`) and makes none. It only asks
 * whether an error is one of gaxios, to put another message into it; nobody here reads messages.
 */
export class GaxiosError extends Error {}
