import type { Connection } from "./connection";

function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (value instanceof Error) return value.stack ?? `${value.name}: ${value.message}`;
  try {
    const json: unknown = JSON.stringify(value);
    return typeof json === "string" ? json : String(value);
  } catch {
    return String(value);
  }
}

/** Tells the server what is written to the console, and what was thrown and caught by nobody. */
export function tellConsole(connection: Connection): void {
  for (const level of ["debug", "log", "info", "warn", "error"] as const) {
    const original = console[level].bind(console);
    console[level] = (...values: unknown[]) => {
      original(...values);
      connection.tell({ op: "console", level, text: values.map(textOf).join(" ") });
    };
  }
  const uncaught = (error: unknown): void =>
    connection.tell({ op: "console", level: "uncaught", text: textOf(error) });
  window.addEventListener("error", (event) => uncaught(event.error ?? event.message));
  window.addEventListener("unhandledrejection", (event) => uncaught(event.reason));
}
