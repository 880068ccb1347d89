import { photoLibraryContract } from "../google/photo-library.contract";
import { SeededRandom } from "./random";
import { SimulatedService, type Fault, type ServiceTime } from "./service";

/** Time that passes only when a test says so: nothing sleeps for long. */
class HandTime implements ServiceTime {
  elapsed = 0;

  async sleep(_ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    await Promise.resolve();
    signal?.throwIfAborted();
  }
}

photoLibraryContract("the simulation", () => {
  const time = new HandTime();
  const service = new SimulatedService(time, new SeededRandom(1));
  const text = (words: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(words);
  return Promise.resolve({
    library: service.library("desk"),
    email: service.account.email,
    image: (n) => text(`image ${String(n)}`),
    notAnImage: text("no image"),
    strike: (struck, when, kind) => {
      let waiting: Fault | undefined = { when, kind };
      service.strike = (call) => {
        if (call !== struck) return undefined;
        const fault = waiting;
        waiting = undefined;
        return fault;
      };
    },
    passTime: (ms) => {
      time.elapsed += ms;
    },
    endSignIn: () => {
      service.signedIn = false;
    },
    addFromElsewhere: (bytes, name) => {
      service.addFromElsewhere(new TextDecoder().decode(bytes), name);
    },
  });
});
