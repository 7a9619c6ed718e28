import { setTimeout as sleep } from 'node:timers/promises';
import { type ProcessFacts, processTree, stolenSeconds } from './process-cpu.ts';

/** What the processes of one side used between two looks, by what they are. */
export interface CpuWindow {
  seconds: number;
  /** Share of one core. */
  cores: Readonly<Record<string, number>>;
  /** Of one core: what the host of the virtual machine kept for others, of all its cores. */
  stolenCores: number;
  /** Resident memory at each look. */
  resident: Readonly<Record<string, readonly { at: number; value: number }[]>>;
}

/** Gives a process of a side its name; nothing for one that is not of interest. */
export type NameProcess = (facts: ProcessFacts) => string | undefined;

const lookEveryMs = 1000;

/**
 * Watches the processes below `root` for some seconds. A process that ends meanwhile is counted through its parent,
 * which has waited for it. Rejects when `signal` aborts.
 */
export const watchCpu = async (
  root: number,
  seconds: number,
  signal: AbortSignal,
  nameOf: NameProcess,
): Promise<CpuWindow> => {
  const resident = new Map<string, { at: number; value: number }[]>();
  const look = (): { at: number; cpu: Map<string, number>; stolen: number } => {
    const at = performance.now();
    const stolen = stolenSeconds();
    const cpu = new Map<string, number>();
    const bytes = new Map<string, number>();
    for (const facts of processTree(root)) {
      const name = nameOf(facts);
      if (name === undefined) continue;
      cpu.set(name, (cpu.get(name) ?? 0) + facts.cpuSeconds);
      bytes.set(name, (bytes.get(name) ?? 0) + facts.residentBytes);
    }
    for (const [name, value] of bytes) resident.set(name, [...(resident.get(name) ?? []), { at, value }]);
    return { at, cpu, stolen };
  };
  const first = look();
  const endsAt = first.at + seconds * 1000;
  while (performance.now() + lookEveryMs < endsAt) {
    await sleep(lookEveryMs, undefined, { signal });
    look();
  }
  await sleep(Math.max(0, endsAt - performance.now()), undefined, { signal });
  const last = look();
  const elapsed = (last.at - first.at) / 1000;
  const cores = [...last.cpu].map(
    ([name, cpu]) => [name, (cpu - (first.cpu.get(name) ?? 0)) / elapsed] as const,
  );
  return {
    seconds: elapsed,
    cores: Object.fromEntries(cores),
    stolenCores: (last.stolen - first.stolen) / elapsed,
    resident: Object.fromEntries(resident),
  };
};
