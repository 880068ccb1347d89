import { photoLibraryContract } from "./photo-library.contract";
import { emulatedLibrary } from "./emulated-library";
import { signedIn } from "./world";

photoLibraryContract("the real client over sockets", async () =>
  emulatedLibrary(await signedIn({ switches: { overlap: "429", resultOrder: "shuffled" } })),
);
