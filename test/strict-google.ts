import { startGooglePhotos, type GooglePhotos, type GooglePhotosOptions } from "./google-photos";

/**
 * The emulator as all our own tests have it: of creates that overlap for a user, it refuses the later ones, where it
 * serves other people's clients one after another.
 */
export function startStrictGoogle(options: GooglePhotosOptions = {}): Promise<GooglePhotos> {
  return startGooglePhotos({ ...options, switches: { overlap: "429", ...options.switches } });
}
