import type { BrowserContext, Page } from "playwright-core";

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** In microseconds. */
  readonly ts: number;
  /** Time from begin to end, in microseconds. */
  readonly dur?: number;
  /** Time that the thread itself has worked, in microseconds; left out where its clock has not ticked meanwhile. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** A thread's clock ticks at least so often, in microseconds. */
const TICK = 1000;

/**
 * Runs `work` and answers how long each task of the page's main thread took meanwhile, longest first, in
 * milliseconds of work: what other programs on this machine took away does not count. Nor does a task in which the browser
 * collects the garbage of the whole page and no script runs: it comes when it comes, whoever made the garbage.
 */
export async function tasksOf(
  { page, context }: { readonly page: Page; readonly context: BrowserContext },
  work: () => Promise<unknown>,
): Promise<number[]> {
  // What Playwright brings into a page, once for each of its two worlds, takes longer than most tasks of ours.
  await page.waitForFunction("true");
  await page.locator("body").waitFor();
  const session = await context.newCDPSession(page);
  const events: TraceEvent[] = [];
  session.on("Tracing.dataCollected", ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  const complete = new Promise((resolve) => session.once("Tracing.tracingComplete", resolve));
  const includedCategories = ["disabled-by-default-devtools.timeline", "toplevel", "v8", "__metadata"];
  await session.send("Tracing.start", {
    transferMode: "ReportEvents",
    traceConfig: { recordMode: "recordUntilFull", includedCategories },
  });
  await work();
  await session.send("Tracing.end");
  await complete;
  await session.detach();
  const main = new Set(
    events
      .filter(({ name, args }) => name === "thread_name" && args?.name === "CrRendererMain")
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const ofMain = events.filter(({ ph, pid, tid }) => ph === "X" && main.has(`${pid} ${tid}`));
  const named = (name: string): TraceEvent[] => ofMain.filter((event) => event.name === name);
  const [collections, scripts] = [named("MajorGC"), [...named("v8.callFunction"), ...named("v8.run")]];
  const isWithin = ({ ts, dur = 0 }: TraceEvent, events: readonly TraceEvent[]): boolean =>
    events.some((one) => one.ts >= ts && one.ts < ts + dur);
  const isCollection = (task: TraceEvent): boolean => isWithin(task, collections) && !isWithin(task, scripts);
  return named("RunTask")
    .filter((task) => !isCollection(task))
    .map(({ tdur, dur = 0 }) => {
      // What is longer than a tick, and has no such time, nobody could tell from waiting.
      if (tdur === undefined && dur > TICK)
        throw new Error("this Chromium does not say how long a thread has worked");
      return (tdur ?? dur) / 1000;
    })
    .sort((one, other) => other - one);
}
