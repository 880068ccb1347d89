import type { WindowLock } from "../model";

/**
 * One engine per vault among the windows of this device, by Web Locks. Where those are missing every window works;
 * the ledger stays right all the same.
 *
 * @param name  a name that no other vault has
 */
export function createWindowLock(name: string): WindowLock {
  return {
    hold: async (signal, work, waiting) => {
      const { locks } = window.navigator as Partial<Navigator>;
      if (!locks) return work();
      const taken = await locks.request(name, { ifAvailable: true }, async (lock) => {
        if (lock) await work();
        return lock !== null;
      });
      if (taken) return;
      waiting();
      await locks.request(name, { signal }, work);
    },
  };
}
