import { getEventListeners } from "node:events";
import { describe, expect, it } from "vitest";
import { whileWanted } from "../../src/model";

describe("work that is waited for as long as it is wanted", () => {
  const reason = new Error("wanted no more");

  it("gives what comes of it", async () => {
    const { signal } = new AbortController();
    await expect(whileWanted(Promise.resolve(1), signal)).resolves.toBe(1);
    await expect(whileWanted(Promise.reject(reason), signal)).rejects.toBe(reason);
  });

  it.each(["before", "meanwhile"])(
    "is waited for no longer where it is not wanted any more: %s",
    async (when) => {
      const end = new AbortController();
      if (when === "before") end.abort(reason);
      const waited = whileWanted(new Promise<never>(() => undefined), end.signal);
      end.abort(reason);
      await expect(waited).rejects.toBe(reason);
      expect(getEventListeners(end.signal, "abort")).toEqual([]);
    },
  );
});
