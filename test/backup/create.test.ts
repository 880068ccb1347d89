import { describe, expect, it } from "vitest";
import type { Call, Fault } from "../simulation/service";
import { backedUp, kinds } from "./backed-up";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Strikes the nth call of a name, once. */
function once(call: Call, fault: Fault, nth = 1): (call: Call) => Fault | undefined {
  let calls = 0;
  return (name) => (name === call && ++calls === nth ? fault : undefined);
}

describe("two images of which the same bytes are sent", () => {
  it.each<[string, Fault | undefined]>([
    ["at once", undefined],
    ["after an answer that was lost", { when: "before", kind: "outcome-unknown" }],
  ])("become one item, by two calls, %s", async (_when, fault) => {
    const { service, device, pass, write, uploads } = await backedUp({}, {}, () => "the same copy");
    if (fault !== undefined) service.strike = once("create", fault);
    write("a.png", "one");
    write("b.png", "two");
    await pass(HOUR);
    expect(kinds(device)).toEqual({ "a.png": "backed-up", "b.png": "backed-up" });
    const items = [...device.states.values()].map((state) => state.is === "backed-up" && state.item);
    expect(new Set(items.map((item) => item && item.id)).size).toBe(1);
    expect(items.map((item) => item && item.origin).sort()).toEqual(["created", "preexisting"]);
    expect([service.items.length, uploads()]).toEqual([1, 2]);
  });
});

describe("an image that Google will not have", () => {
  it("fails alone, and is tried again now and then without another upload", async () => {
    const { service, device, pass, write, uploads } = await backedUp({});
    write("a.png", "not welcome");
    write("b.png", "fine");
    await pass(MINUTE);
    expect(kinds(device)).toEqual({ "a.png": "failed", "b.png": "backed-up" });
    expect(device.states.get("a.png")).toMatchObject({ because: "refused" });
    await pass(10 * HOUR);
    expect(kinds(device)).toEqual({ "a.png": "failed", "b.png": "backed-up" });
    expect(service.calls.get("create")).toBe(3);
    expect(uploads()).toBe(2);
  });
});

describe("creates to which Google answers with an error again and again", () => {
  it("are given up for a while, and go on later without another upload", async () => {
    const { service, device, pass, write, uploads } = await backedUp({});
    service.strike = (call) => (call === "create" ? { when: "before", kind: "transient" } : undefined);
    write("a.png", "one");
    await pass(MINUTE);
    expect(device.states.get("a.png")).toMatchObject({ is: "failed", because: "service" });
    expect(service.calls.get("create")).toBe(5);
    service.strike = () => undefined;
    await pass(HOUR);
    expect([kinds(device)["a.png"], service.items.length, uploads()]).toEqual(["backed-up", 1, 1]);
  });
});

describe("an upload token that Google does not know, again and again", () => {
  it("is got anew a few times, and then later", async () => {
    const { service, device, pass, write, uploads } = await backedUp({});
    service.strike = (call) => (call === "create" ? { when: "before", kind: "bad-token" } : undefined);
    write("a.png", "one");
    await pass(MINUTE);
    expect([kinds(device)["a.png"], uploads()]).toEqual(["failed", 5]);
    service.strike = () => undefined;
    await pass(HOUR);
    expect([kinds(device)["a.png"], service.items.length]).toEqual(["backed-up", 1]);
  });
});

describe("an item that lies in Google's bin", () => {
  it.each<[string, (call: Call) => Fault | undefined]>([
    ["can be asked about", () => undefined],
    // The first one asks whether it is gone, the second whether it has become visible.
    ["cannot be asked about", once("get", { when: "before", kind: "transient" }, 2)],
  ])("is not made anew by sending it again, where it %s, and counts when it is out", async (_how, strike) => {
    const { service, device, told, itemOf, uploads, recovery } = await backedUp({ "a.png": "one" });
    const item = itemOf("a.png");
    Object.assign(item, { gone: true, inBin: true });
    await told(recovery()?.verify());
    service.strike = strike;
    await told(recovery()?.want(["a.png"]));
    expect(uploads()).toBe(2);
    expect(device.states.get("a.png")).toMatchObject({ is: "removed", bin: true });
    await told(recovery()?.leave(["a.png"]));
    expect(device.states.get("a.png")).toMatchObject({ is: "removed", bin: true, left: true });
    item.gone = false;
    expect(await told(recovery()?.verify())).toMatchObject({ is: "checked", there: 1, gone: 0 });
    expect(kinds(device)).toEqual({ "a.png": "backed-up" });
    expect([service.items.length, uploads()]).toEqual([1, 2]);
  });
});

describe("an item to which Google gives another address than the usual", () => {
  it("is opened at that, and so it is when the ledger was lost", async () => {
    const { device, pass, change, restart, loseLedger } = await backedUp({ "a.png": "one" });
    const url = "https://photos.google.com/elsewhere/1";
    change("a.png", { url });
    await restart(loseLedger);
    await pass(HOUR);
    expect(device.states.get("a.png")).toMatchObject({ is: "backed-up", item: { url } });
    await restart();
    expect(device.states.get("a.png")).toMatchObject({ is: "backed-up", item: { url } });
  });
});

describe("an image into whose copy a date is written", () => {
  it("has that date in the journal, before anything is made", async () => {
    const { service, device, pass, write } = await backedUp({});
    service.strike = once("create", { when: "before", kind: "signed-out" });
    write("a.png", "undated");
    await pass(MINUTE / 2);
    const journal = [...device.disk.journals.values()].join("");
    expect(journal).toContain('"captured":"2024-08-18T09:17:44+02:00"');
  });
});

describe("many tokens that Google does not take", () => {
  it("have their images uploaded again, and none of them fail", async () => {
    const { service, device, time, pass, write, uploads } = await backedUp({});
    const paths = Array.from({ length: 20 }, (_, number) => `${String(number)}.png`);
    for (const path of paths) write(path, path);
    await time.run(() => uploads() === paths.length, HOUR);
    device.engine?.pause();
    // Older than a day, by a clock that was put back.
    await pass(30 * HOUR);
    device.clockOffset = -20 * HOUR;
    device.engine?.resume();
    await pass(5 * MINUTE);
    expect(new Set(Object.values(kinds(device)))).toEqual(new Set(["backed-up"]));
    expect([service.items.length, uploads()]).toEqual([paths.length, 2 * paths.length]);
  });
});
