import { switchTable, type Switch } from "./switch-table";

type Table = typeof switchTable;
export type SwitchName = keyof Table;
export type Switches = { -readonly [K in SwitchName]: Table[K] extends Switch<infer T> ? T : never };

export const switchNames = Object.keys(switchTable) as SwitchName[];

export function defaultSwitches(): Switches {
  // Each name is given the default of its own row, which is what the mapped type says.
  return Object.fromEntries(switchNames.map((name) => [name, switchTable[name].default])) as Switches;
}

/**
 * Reads a switch's value from what a command line or a control request gave.
 *
 * @throws Error with a sentence that names what is allowed
 */
export function parseSwitch(name: string, value: unknown): Partial<Switches> {
  const known = switchNames.find((candidate) => candidate === name);
  if (known === undefined) throw new Error(`There is no switch "${name}". See --help for all of them.`);
  const row: Switch<boolean | number | string> = switchTable[known];
  const fits = (): boolean | number | string => {
    if (typeof row.default === "boolean") {
      if (value === true || value === "true") return true;
      if (value === false || value === "false") return false;
      throw new Error(`Switch ${name} is true or false, not "${String(value)}".`);
    }
    if (typeof row.default === "number") {
      const number = typeof value === "string" && value !== "" ? Number(value) : value;
      if (typeof number === "number" && Number.isFinite(number) && number >= 0) return number;
      throw new Error(`Switch ${name} is a number from 0 on, not "${String(value)}".`);
    }
    const text = String(value);
    if (row.values !== undefined && !row.values.includes(text)) {
      throw new Error(`Switch ${name} is one of ${row.values.join(", ")}, not "${text}".`);
    }
    return text;
  };
  return { [known]: fits() };
}
