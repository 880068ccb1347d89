const CONSOLE = "https://console.cloud.google.com";

/** The pages that a client of one's own is made on, by what is done there. */
const PATHS = {
  project: "projectcreate",
  api: "apis/library/photoslibrary.googleapis.com",
  consent: "auth/overview",
  publish: "auth/audience",
  client: "auth/clients/create",
  clients: "auth/clients",
};

export type ConsolePage = keyof typeof PATHS;

/**
 * The address of a page of Google's console, of the client's own project where one is known: a client id begins with its
 * project's number.
 *
 * @param clientId  as `1234-abc.apps.googleusercontent.com`
 */
export function consolePage(page: ConsolePage, clientId: string | undefined): string {
  const project = page === "project" ? undefined : /^(\d{4,})-/.exec(clientId ?? "")?.[1];
  return `${CONSOLE}/${PATHS[page]}${project === undefined ? "" : `?project=${project}`}`;
}
