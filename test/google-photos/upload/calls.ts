import type { Call, Request } from "../call";
import { badRequest } from "../wire/refusal";
import type { Reply } from "../wire/reply";
import { uploadServer } from "./accept-bytes";
import { uploadHeader } from "./identify";
import { rawUpload } from "./raw";
import {
  cancelUpload,
  commandsOf,
  continueUpload,
  keepTornChunk,
  queryUpload,
  startUpload,
} from "./resumable";

type Step = "raw" | "start" | "upload" | "finalize" | "query" | "cancel" | "unknown";

function stepOf(incoming: Parameters<typeof uploadHeader>[0]): Step {
  const commands = commandsOf(incoming);
  if (commands.includes("finalize")) return "finalize";
  for (const step of ["start", "upload", "query", "cancel"] as const)
    if (commands.includes(step)) return step;
  const resumable =
    uploadHeader(incoming, "x-goog-upload-protocol") === "resumable" ||
    incoming.url.searchParams.has("upload_id");
  return resumable ? "unknown" : "raw";
}

function answerStep(request: Request): Reply | Promise<Reply> {
  switch (stepOf(request.incoming)) {
    case "raw":
      return rawUpload(request);
    case "start":
      return startUpload(request);
    case "upload":
    case "finalize":
      return continueUpload(request);
    case "query":
      return queryUpload(request);
    case "cancel":
      return cancelUpload(request);
    case "unknown":
      throw badRequest("X-Goog-Upload-Command must be start, upload, finalize, query or cancel.");
  }
}

/** `POST /v1/uploads` in all its forms (fact sheet §3); the log calls them `uploads.raw`, `uploads.start` … */
export const uploadCalls: readonly Call[] = [
  {
    name: (incoming) => `uploads.${stepOf(incoming)}`,
    kind: "upload",
    verb: "POST",
    path: /^\/v1\/uploads\/?$/,
    refuses: "bare",
    async answer(request) {
      const reply = await answerStep(request);
      return { ...reply, headers: { ...reply.headers, ...uploadServer() } };
    },
    torn(request) {
      const step = stepOf(request.incoming);
      if (step === "upload" || step === "finalize") keepTornChunk(request);
    },
  },
];
