import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { CodeChallengeMethod, type OAuth2Client, type OAuth2ClientOptions } from "google-auth-library";
import { describe, expect, it } from "vitest";
import { scope, type GooglePhotos } from "./index";
import { png } from "./sample-pictures";
import { answerForm, askedScopes } from "./sign-in-steps";
import { emulator } from "./with-emulator";

/** What is used of `googleapis`: its own declarations have four million lines, and every type check would read them. */
interface GoogleApis {
  readonly google: {
    readonly auth: { readonly OAuth2: new (options: OAuth2ClientOptions) => OAuth2Client };
    discoverAPI(url: string, options: { readonly auth: OAuth2Client }): Promise<unknown>;
  };
}

const { google } = createRequire(import.meta.url)("googleapis") as GoogleApis;

/** The methods that Google's client library builds out of the discovery document, as far as they are called here. */
interface PhotosLibrary {
  mediaItems: Record<"batchCreate" | "batchGet" | "get" | "list" | "patch" | "search", Method>;
  albums: Record<
    "batchAddMediaItems" | "batchRemoveMediaItems" | "create" | "get" | "list" | "patch" | "addEnrichment",
    Method
  >;
}

interface Media {
  id: string;
  filename: string;
  description?: string;
  baseUrl: string;
  productUrl: string;
}

interface Answered {
  id: string;
  title: string;
  mediaItemsCount?: string;
  isWriteable: boolean;
  albums: { id: string }[];
  mediaItems?: Media[];
  nextPageToken?: string;
  mediaItemResults: { mediaItem?: Media; status?: { code: number } }[];
  newMediaItemResults: { uploadToken: string; status: { code?: number }; mediaItem: Media }[];
  description: string;
  enrichmentItem: { id: string };
}

type Method = (parameters: Record<string, unknown>) => Promise<{ status: number; data: Answered }>;

/** Google's own auth client, told that all of Google is on one origin. */
function authClient(emulated: GooglePhotos, redirectUri: string): OAuth2Client {
  return new google.auth.OAuth2({
    clientId: emulated.client.id,
    clientSecret: emulated.client.secret,
    redirectUri,
    endpoints: {
      oauth2AuthBaseUrl: `${emulated.origin}/o/oauth2/v2/auth`,
      oauth2TokenUrl: `${emulated.origin}/token`,
      oauth2RevokeUrl: `${emulated.origin}/revoke`,
      oauth2FederatedSignonPemCertsUrl: `${emulated.origin}/oauth2/v1/certs`,
    },
    forceRefreshOnFailure: true,
  });
}

/** A desktop app's sign-in, whole: its own listener on loopback, PKCE, a person at the consent screen, the exchange. */
async function signIn(emulated: GooglePhotos): Promise<OAuth2Client> {
  let arrived = (_query: URLSearchParams): void => undefined;
  const answer = new Promise<URLSearchParams>((tell) => (arrived = tell));
  const listener = createServer((request, response) => {
    arrived(new URL(request.url ?? "/", "http://127.0.0.1").searchParams);
    response.end("You can go back to the app.");
  });
  await new Promise<void>((ready) => listener.listen(0, "127.0.0.1", ready));
  try {
    const { port } = listener.address() as AddressInfo;
    const auth = authClient(emulated, `http://127.0.0.1:${port}`);
    const { codeVerifier, codeChallenge } = await auth.generateCodeVerifierAsync();
    const url = auth.generateAuthUrl({
      access_type: "offline",
      scope: askedScopes,
      state: "a state",
      code_challenge_method: CodeChallengeMethod.S256,
      ...(codeChallenge === undefined ? {} : { code_challenge: codeChallenge }),
    });
    const decided = await answerForm(emulated, await (await fetch(url)).text());
    await (await fetch(decided.headers.get("location") ?? "")).text();
    const query = await answer;
    expect(query.get("state")).toBe("a state");
    const { tokens } = await auth.getToken({ code: query.get("code") ?? "", codeVerifier });
    auth.setCredentials(tokens);
    return auth;
  } finally {
    listener.closeAllConnections();
    listener.close();
  }
}

/** The library of an auth client, built from the discovery document that the emulator serves. */
async function libraryOf(emulated: GooglePhotos, auth: OAuth2Client): Promise<PhotosLibrary> {
  const discovered = await google.discoverAPI(`${emulated.origin}/$discovery/rest?version=v1`, { auth });
  // The library types what it discovers as an object of anything.
  return discovered as PhotosLibrary;
}

async function upload(emulated: GooglePhotos, auth: OAuth2Client, bytes: Buffer): Promise<string> {
  const { data } = await auth.request<string>({
    url: `${emulated.origin}/v1/uploads`,
    method: "POST",
    headers: {
      "content-type": "application/octet-stream",
      "x-goog-upload-content-type": "image/png",
      "x-goog-upload-protocol": "raw",
    },
    body: new Uint8Array(bytes),
    responseType: "text",
  });
  return data;
}

const newItem = (uploadToken: string, fileName: string) => ({ simpleMediaItem: { uploadToken, fileName } });

describe("Google's own client library", () => {
  it("signs in, and its id_token and granted scopes are right", async () => {
    const { google: emulated } = await emulator();
    const auth = await signIn(emulated);
    expect(auth.credentials.refresh_token).toMatch(/^1\/\//);
    expect(auth.credentials.scope?.split(" ")).toEqual(
      expect.arrayContaining([scope.append, scope.read, scope.edit]),
    );
    const ticket = await auth.verifyIdToken({
      idToken: auth.credentials.id_token ?? "",
      audience: emulated.client.id,
    });
    expect(ticket.getPayload()).toMatchObject({ email: "you@example.com", email_verified: true });
  });

  it("uploads, creates, lists, searches, reads, patches and downloads", async () => {
    const { google: emulated } = await emulator();
    const auth = await signIn(emulated);
    const library = await libraryOf(emulated, auth);
    const album = (await library.albums.create({ requestBody: { album: { title: "Vault" } } })).data;
    const tokens = await Promise.all([1, 2, 3].map((n) => upload(emulated, auth, png(n))));
    const created = await library.mediaItems.batchCreate({
      requestBody: {
        albumId: album.id,
        newMediaItems: tokens.map((token, n) => newItem(token, `Bild ${n} ü.png`)),
      },
    });
    const items = created.data.newMediaItemResults.map(({ mediaItem }) => mediaItem);
    expect(created.data.newMediaItemResults.map(({ status }) => status.code ?? 0)).toEqual([0, 0, 0]);
    expect(items.map(({ filename }) => filename)).toEqual(["Bild 0 ü.png", "Bild 1 ü.png", "Bild 2 ü.png"]);

    const listed: string[] = [];
    let pageToken: string | undefined;
    do {
      const { data } = await library.mediaItems.list({
        pageSize: 2,
        ...(pageToken === undefined ? {} : { pageToken }),
      });
      listed.push(...(data.mediaItems ?? []).map(({ id }) => id));
      pageToken = data.nextPageToken;
    } while (pageToken !== undefined);
    const ids = items.map(({ id }) => id);
    expect([...listed].sort()).toEqual([...ids].sort());
    const searched = await library.mediaItems.search({ requestBody: { albumId: album.id } });
    expect(searched.data.mediaItems?.map(({ id }) => id)).toEqual(ids);
    const got = await library.mediaItems.batchGet({ mediaItemIds: [ids[2], ids[0]] });
    expect(got.data.mediaItemResults.map(({ mediaItem }) => mediaItem?.id)).toEqual([ids[2], ids[0]]);

    const mediaItemId = ids[0] ?? "";
    const patched = await library.mediaItems.patch({
      id: mediaItemId,
      updateMask: "description",
      requestBody: { description: "words" },
    });
    expect(patched.data.description).toBe("words");
    const { baseUrl } = (await library.mediaItems.get({ mediaItemId })).data as unknown as Media;
    const bytes = await auth.request<ArrayBuffer>({ url: `${baseUrl}=d`, responseType: "arraybuffer" });
    expect(Buffer.from(bytes.data).equals(png(1))).toBe(true);
  });

  it("makes, fills, empties and renames albums", async () => {
    const { google: emulated } = await emulator();
    const auth = await signIn(emulated);
    const { albums, mediaItems } = await libraryOf(emulated, auth);
    const { id: albumId, isWriteable } = (await albums.create({ requestBody: { album: { title: "One" } } }))
      .data;
    expect(isWriteable).toBe(true);
    const created = await mediaItems.batchCreate({
      requestBody: { newMediaItems: [newItem(await upload(emulated, auth, png()), "a.png")] },
    });
    const mediaItemIds = created.data.newMediaItemResults.map(({ mediaItem }) => mediaItem.id);
    await albums.batchAddMediaItems({ albumId, requestBody: { mediaItemIds } });
    expect((await albums.get({ albumId })).data.mediaItemsCount).toBe("1");
    const text = await albums.addEnrichment({
      albumId,
      requestBody: { newEnrichmentItem: { textEnrichment: { text: "Hello" } } },
    });
    expect(text.data.enrichmentItem.id).not.toBe("");
    await albums.batchRemoveMediaItems({ albumId, requestBody: { mediaItemIds } });
    expect((await albums.get({ albumId })).data.mediaItemsCount).toBeUndefined();
    await albums.patch({ id: albumId, updateMask: "title", requestBody: { title: "Two" } });
    expect((await albums.list({ pageSize: 50 })).data.albums).toMatchObject([{ id: albumId, title: "Two" }]);
  });

  it("refreshes by itself when its access token has died, and finds the sign-in gone after revoking", async () => {
    const { google: emulated } = await emulator();
    const auth = await signIn(emulated);
    const library = await libraryOf(emulated, auth);
    const before = auth.credentials.access_token;
    emulated.clock.advance(3600_000);
    expect((await library.albums.list({})).status).toBe(200);
    expect(auth.credentials.access_token).not.toBe(before);
    const refreshToken = auth.credentials.refresh_token ?? "";
    await auth.revokeCredentials();
    const again = authClient(emulated, "http://127.0.0.1");
    again.setCredentials({ refresh_token: refreshToken });
    await expect(again.getAccessToken()).rejects.toMatchObject({ message: "invalid_grant", status: 400 });
  });

  it("reads the service's errors as Google's", async () => {
    const { google: emulated } = await emulator();
    const auth = await signIn(emulated);
    const library = await libraryOf(emulated, auth);
    await expect(library.mediaItems.get({ mediaItemId: "unknown" })).rejects.toMatchObject({ status: 404 });
    await expect(
      library.mediaItems.batchCreate({ requestBody: { newMediaItems: [newItem("not a token", "a.png")] } }),
    ).rejects.toMatchObject({ status: 400, message: "Request must contain a valid upload token." });
    await expect(library.mediaItems.list({ pageSize: 500 })).rejects.toMatchObject({ status: 400 });
  });
});
