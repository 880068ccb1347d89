declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** SHA-256 of a file's bytes as they lie in the vault, 64 lower-case hex digits: what is backed up, whatever its path. */
export type Fingerprint = Branded<"fingerprint">;

/** Google's `sub` and the client id, joined: what another client or account made cannot be seen. */
export type AccountKey = Branded<"account">;

/** A random name a device gives itself once; it stands in the journals it writes. */
export type DeviceId = Branded<"device">;

/** Google's id of a media item; persistent (fact sheet §4.5). */
export type MediaItemId = Branded<"media-item">;

/** Google's id of an album. */
export type AlbumId = Branded<"album">;

/** Stands for bytes that Google holds but has not made an item of; good for one day (fact sheet §3.3). */
export type UploadToken = Branded<"upload-token">;

/** @param hex  64 lower-case hex digits, as hashes are written here */
export function fingerprintFrom(hex: string): Fingerprint {
  return hex as Fingerprint;
}

/** The account that a client acts for. `sub` is empty where the person did not share who they are. */
export function accountKey(clientId: string, sub: string): AccountKey {
  return `${sub}@${clientId.replace(/\.apps\.googleusercontent\.com$/, "")}` as AccountKey;
}

export function deviceId(name: string): DeviceId {
  return name as DeviceId;
}

export function mediaItemId(id: string): MediaItemId {
  return id as MediaItemId;
}

export function albumId(id: string): AlbumId {
  return id as AlbumId;
}

export function uploadToken(token: string): UploadToken {
  return token as UploadToken;
}
