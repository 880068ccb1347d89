import type { SimulatedDevice } from "./device";

type Change = (device: SimulatedDevice) => void;

/** A sync tool that carries changes of files from the first device to the others, in order: at once, or some time later. */
export class FileService {
  readonly #underWay = new Map<SimulatedDevice, readonly Change[]>();

  constructor(
    private readonly devices: readonly SimulatedDevice[],
    private readonly isLate: boolean,
  ) {}

  /** A file changes on the first device. */
  carry(change: Change): void {
    const [first, ...others] = this.devices;
    if (first !== undefined) change(first);
    for (const other of others) this.#underWay.set(other, [...(this.#underWay.get(other) ?? []), change]);
    if (!this.isLate) this.deliver(others);
  }

  /** What is still under way to these devices arrives. */
  deliver(devices = this.devices): void {
    for (const device of devices) {
      for (const change of this.#underWay.get(device) ?? []) change(device);
      this.#underWay.delete(device);
    }
  }
}
