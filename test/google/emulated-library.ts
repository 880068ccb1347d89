import type { PhotosErrorKind } from "../../src/model";
import type { FaultKind } from "../google-photos";
import { png } from "../google-photos/sample-pictures";
import type { LibraryHarness, StruckCall } from "./photo-library.contract";
import type { Device } from "./world";

/** The emulator's names of the calls. */
const CALLS: Readonly<Record<StruckCall, string>> = {
  upload: "uploads.raw",
  create: "mediaItems.batchCreate",
  list: "mediaItems.list",
  get: "mediaItems.batchGet",
  createAlbum: "albums.create",
  album: "albums.get",
  albums: "albums.list",
  addToAlbum: "albums.batchAddMediaItems",
};

const BEFORE: Readonly<Partial<Record<PhotosErrorKind, FaultKind>>> = {
  "quota-minute": "429",
  "quota-day": "daily-quota",
  concurrent: "concurrent-429",
  "storage-full": "storage-full",
  "bad-token": "bad-token",
  transient: "503-html",
};

const AFTER: Readonly<Partial<Record<PhotosErrorKind, FaultKind>>> = {
  transient: "500-after",
  "outcome-unknown": "cut-after",
};

/** The real client over real sockets, for the contract. */
export function emulatedLibrary(device: Device): LibraryHarness {
  const { google, library } = device;
  return {
    library,
    email: "you@example.com",
    image: (n) => new Uint8Array(png(n)),
    notAnImage: new TextEncoder().encode("no image at all, whatever it is called"),
    strike: (call, when, kind) => {
      const fault = (when === "before" ? BEFORE : AFTER)[kind];
      if (fault === undefined) throw new Error(`the emulator has no ${kind} ${when}`);
      google.faults.script({ on: CALLS[call], do: fault });
    },
    passTime: (ms) => {
      device.passTime(ms);
    },
    endSignIn: () => {
      google.revokeAll();
    },
    addFromElsewhere: async (bytes, name) => {
      await google.library.addFromElsewhere(bytes, name);
    },
  };
}
