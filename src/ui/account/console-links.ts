const CONSOLE = "https://console.cloud.google.com";

/** The pages of Google's console that a client of one's own is made on. */
export interface ConsoleLinks {
  readonly project: string;
  readonly api: string;
  readonly consent: string;
  readonly audience: string;
  readonly newClient: string;
  readonly clients: string;
}

/**
 * The console's pages, of the client's own project where one is known: a client id begins with its project's number.
 *
 * @param clientId  as `1234-abc.apps.googleusercontent.com`
 */
export function consoleLinks(clientId: string | undefined): ConsoleLinks {
  const project = /^(\d{4,})-/.exec(clientId ?? "")?.[1];
  const page = (path: string): string =>
    `${CONSOLE}/${path}${project === undefined ? "" : `?project=${project}`}`;
  return {
    project: `${CONSOLE}/projectcreate`,
    api: page("apis/library/photoslibrary.googleapis.com"),
    consent: page("auth/overview"),
    audience: page("auth/audience"),
    newClient: page("auth/clients/create"),
    clients: page("auth/clients"),
  };
}
