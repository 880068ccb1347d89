import { Platform } from "obsidian";
import type { Conditions, ConditionsPort } from "../model";

/** The parts of the Network Information and Battery APIs that some hosts have. */
interface MaybeNavigator {
  readonly connection?: EventTarget & { readonly type?: string };
  readonly getBattery?: () => Promise<Battery>;
}

type Battery = EventTarget & { readonly charging: boolean };

/** What the device tells of itself. Hosts that cannot tell of Wi-Fi or power leave it undefined. */
export function createConditions(): ConditionsPort {
  const navigator = window.navigator as Navigator & MaybeNavigator;
  // A host that refuses to tell is one that cannot.
  const asked = navigator.getBattery?.().catch(() => undefined);
  let battery: Battery | undefined;
  void asked?.then((found) => (battery = found));
  return {
    read: (): Conditions => ({
      online: navigator.onLine,
      wifi: wifiOf(navigator.connection?.type),
      charging: battery?.charging,
      // On a desktop a hidden window goes on working; a phone freezes it at any moment.
      background: Platform.isMobile && document.visibilityState === "hidden",
    }),
    watch: (tell) => {
      const ends = new AbortController();
      const { signal } = ends;
      window.addEventListener("online", tell, { signal });
      window.addEventListener("offline", tell, { signal });
      activeDocument.addEventListener("visibilitychange", tell, { signal });
      navigator.connection?.addEventListener("change", tell, { signal });
      void asked?.then((found) => {
        if (found === undefined || signal.aborted) return;
        found.addEventListener("chargingchange", tell, { signal });
        tell();
      });
      return () => ends.abort();
    },
  };
}

function wifiOf(type: string | undefined): boolean | undefined {
  if (type === undefined || type === "unknown") return undefined;
  return type === "wifi" || type === "ethernet";
}
