import { helpText, readCommandLine } from "./command-line";
import { startGooglePhotos, type GooglePhotosOptions } from "./index";
import { readme } from "./readme";

/** Starts the emulator alone, says where it is, and ends on Ctrl-C. */
async function main(options: GooglePhotosOptions): Promise<void> {
  const google = await startGooglePhotos(options);
  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    void google.close().then(() => process.exit(0));
  };
  process.on("SIGINT", end);
  process.on("SIGTERM", end);
  console.log(`Google Photos emulator at ${google.origin}`);
  console.log(`Client id ${google.client.id}`);
  if (options.client === undefined) console.log(`Client secret ${google.client.secret}`);
  console.log(`Gallery ${google.origin}/gallery`);
}

try {
  const options = readCommandLine(process.argv.slice(2));
  if (options === "help") console.log(helpText());
  else if (options === "readme") console.log(readme());
  else await main(options);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
