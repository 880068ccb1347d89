import type { FaultRule } from "../faults";
import { invalidGrant } from "../sign-in/oauth-error";
import * as refusal from "./refusal";
import { html, type Reply } from "./reply";

const page = (status: number, words: string): Reply =>
  html(`<!DOCTYPE html><html lang=en><title>${status}</title><p><b>${status}.</b> ${words}</html>`, status);

/**
 * What a fault says in place of the true answer; undefined for one that says nothing of its own.
 *
 * @throws nothing: a refusal is answered as a value, to be written in the call's own shape
 */
export function faultReply(fault: FaultRule, project: number): Error | Reply | undefined {
  switch (fault.do) {
    case "429":
      return refusal.quota.minute(project, fault.retryAfter ?? 0);
    case "400-quota":
      return refusal.quota.hiddenInUpload(project);
    case "500-before":
    case "500-after":
      return refusal.internal();
    case "503-html":
    case "503-after":
      return page(503, "The service you requested is not available at this time.");
    case "502-empty":
      return { status: 502, headers: {}, body: "" };
    case "200-html":
      return page(200, "Welcome to the hotel’s network. Please sign in.");
    case "401":
      return refusal.unauthenticated();
    case "403-scope":
      return refusal.scopeMissing();
    case "403-disabled":
      return refusal.apiDisabled(project);
    case "403-user":
      return refusal.photosDisabledForUser();
    case "409":
    case "concurrent-409":
      return refusal.aborted();
    case "413":
      return new refusal.Refusal(413, "OUT_OF_RANGE", "Request Entity Too Large");
    case "daily-quota":
      return refusal.quota.day(project);
    case "storage-full":
      return refusal.storageFull();
    case "concurrent-429":
      return refusal.quota.concurrent();
    case "concurrent-500":
      return refusal.internal();
    case "invalid-grant":
      return invalidGrant("Token has been expired or revoked.");
    default:
      return undefined;
  }
}

/** Faults that take the place of the answer only after the work was done. */
export const isAfter = (fault: FaultRule): boolean => fault.do === "500-after" || fault.do === "503-after";
