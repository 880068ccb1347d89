import { helpText, readCommandLine } from "./command-line";
import { startGooglePhotos, type GooglePhotosOptions } from "./index";

/** Starts the emulator alone, says where it is, and ends on Ctrl-C. */
async function main(options: GooglePhotosOptions): Promise<void> {
  const google = await startGooglePhotos(options);
  console.log(`Google Photos emulator at ${google.origin}`);
  console.log(`Client id ${google.client.id}`);
  if (options.client === undefined) console.log(`Client secret ${google.client.secret}`);
  console.log(`Gallery ${google.origin}/gallery`);
  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    void google.close().then(() => process.exit(0));
  };
  process.on("SIGINT", end);
  process.on("SIGTERM", end);
}

try {
  const options = readCommandLine(process.argv.slice(2));
  if (options === "help") console.log(helpText());
  else await main(options);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
