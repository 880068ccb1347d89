import type { GooglePhotos } from "./index";

/** What a create answers, as far as the tests look at it. */
export interface CreateAnswer {
  newMediaItemResults?: {
    uploadToken: string;
    status: { code?: number; message: string };
    mediaItem?: WireItem;
  }[];
  error?: { code: number; message: string; status: string };
}

export interface WireItem {
  id: string;
  filename: string;
  mimeType: string;
  productUrl: string;
  baseUrl?: string;
  description?: string;
  mediaMetadata: { creationTime: string; width: string; height: string; photo?: Record<string, unknown> };
}

export interface Answer<T> {
  status: number;
  headers: Headers;
  body: T;
}

/**
 * The barest client there can be: it sends what it is told by `fetch`, retries nothing and hides nothing, so
 * that a test sees the service itself.
 */
export class PlainClient {
  constructor(
    private readonly google: GooglePhotos,
    public accessToken: string = google.signIn().accessToken,
  ) {}

  /** Any JSON call; a body is sent as JSON. */
  async call<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
    const response = await fetch(`${this.google.origin}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.accessToken}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, headers: response.headers, body: (await response.json()) as T };
  }

  get<T = Record<string, unknown>>(path: string): Promise<Answer<T>> {
    return this.call<T>("GET", path);
  }

  post<T = Record<string, unknown>>(path: string, body: unknown = {}): Promise<Answer<T>> {
    return this.call<T>("POST", path, body);
  }

  /** One request of the upload protocol, with whatever headers. */
  async send(path: string, bytes: Uint8Array, headers: Record<string, string>): Promise<Answer<string>> {
    const response = await fetch(new URL(path, this.google.origin), {
      method: "POST",
      headers: { authorization: `Bearer ${this.accessToken}`, ...headers },
      body: new Uint8Array(bytes),
    });
    return { status: response.status, headers: response.headers, body: await response.text() };
  }

  upload(bytes: Uint8Array, headers: Record<string, string> = {}): Promise<Answer<string>> {
    return this.send("/v1/uploads", bytes, {
      "content-type": "application/octet-stream",
      "x-goog-upload-protocol": "raw",
      ...headers,
    });
  }

  /** Uploads and answers the token. */
  async tokenFor(bytes: Uint8Array): Promise<string> {
    const { status, body } = await this.upload(bytes);
    if (status !== 200) throw new Error(`upload answered ${status}: ${body}`);
    return body;
  }

  /** Creates items of upload tokens, or of tokens with names. */
  create(
    items: readonly (string | { token: string; fileName?: string; description?: string })[],
    more: Record<string, unknown> = {},
  ): Promise<Answer<CreateAnswer>> {
    const newMediaItems = items.map((item) => {
      const { token, fileName, description } = typeof item === "string" ? { token: item } : item;
      return {
        ...(description === undefined ? {} : { description }),
        simpleMediaItem: { uploadToken: token, fileName },
      };
    });
    return this.post<CreateAnswer>("/v1/mediaItems:batchCreate", { newMediaItems, ...more });
  }

  /** Uploads and creates one item, which must succeed. */
  async add(
    bytes: Uint8Array,
    fileName = "picture.png",
    more: Record<string, unknown> = {},
  ): Promise<WireItem> {
    const { body } = await this.create([{ token: await this.tokenFor(bytes), fileName }], more);
    const item = body.newMediaItemResults?.[0]?.mediaItem;
    if (item === undefined) throw new Error(`create failed: ${JSON.stringify(body)}`);
    return item;
  }

  async album(title: string): Promise<string> {
    const { body } = await this.post<{ id: string }>("/v1/albums", { album: { title } });
    return body.id;
  }

  /** Ids of everything a list answers, page by page. */
  async listed(query = ""): Promise<string[]> {
    const ids: string[] = [];
    let pageToken = "";
    do {
      const path = `/v1/mediaItems?pageToken=${pageToken}${query}`;
      const { body } = await this.get<{ mediaItems?: WireItem[]; nextPageToken?: string }>(path);
      ids.push(...(body.mediaItems ?? []).map(({ id }) => id));
      pageToken = body.nextPageToken ?? "";
    } while (pageToken !== "");
    return ids;
  }
}
