import { setTimeout as sleep } from 'node:timers/promises';
import { type ConnectedBus, connectBus } from '../../core/bus/connect-bus.ts';
import { createLogger } from '../../core/log.ts';
import { createMetrics } from '../../core/metrics.ts';
import { systemClock } from '../../core/runtime/clock.ts';
import type { Camera } from '../../core/schema/camera.ts';
import { demoCameras } from '../../deploy/demo/cameras.ts';
import { createTown } from '../../deploy/demo/town.ts';
import { benchError } from '../errors.ts';
import { startProgram } from '../sides/ours/start-program.ts';
import { type LoadSimulator, openLoadSimulator } from '../simulator/open-simulator.ts';
import type { CameraPlan } from '../simulator/timeline.ts';
import type { WallReel } from './wall-reels.ts';

/** The program with nine cameras of the demo town, playing real footage. */
export interface ConsoleTown {
  readonly api: string;
  readonly bus: ConnectedBus;
  readonly cameras: readonly Camera[];
  readonly plans: readonly CameraPlan[];
  readonly simulator: LoadSimulator;
  close(): Promise<void>;
}

/** As many as a wall of nine shows. */
export const wallCameras = demoCameras.slice(0, 9);

const liveWithinMs = 120_000;
const noGateway = 'http://127.0.0.1:9/';

/** A camera's round is its reel; neighbours are at other places of theirs. */
const planOf = ({ id, frames }: WallReel, index: number): CameraPlan => ({
  id,
  parts: [{ reelId: id, frames }],
  offsetFrames: Math.floor((index * frames) / wallCameras.length),
});

const toSite = (url: (cameraId: string) => string) => {
  const { site, places, cameras, scenarios } = createTown(wallCameras, url, noGateway);
  return { site, places, cameras, scenarios };
};

/** Starts simulator and program and resolves when every camera is live. */
export const openConsoleTown = async (
  reels: readonly WallReel[],
  folder: string,
  signal: AbortSignal,
): Promise<ConsoleTown> => {
  const plans = reels.map(planOf);
  const closers: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const closeOne of closers.splice(0).reverse()) await closeOne();
  };
  try {
    const simulator = await openLoadSimulator({ reels, cameras: plans });
    closers.push(simulator.close);
    const site = toSite(simulator.url);
    const program = await startProgram(site, folder);
    closers.push(program.close);
    const bus = await connectTo(await program.busAddress());
    closers.push(() => bus.close());
    await allLive(program.api, site.cameras.length, signal);
    return { api: program.api, bus, cameras: site.cameras, plans, simulator, close };
  } catch (error) {
    await close();
    throw error;
  }
};

const connectTo = (address: Omit<Parameters<typeof connectBus>[0], 'name' | 'clock' | 'log' | 'metrics'>) =>
  connectBus({
    ...address,
    name: 'bench',
    clock: systemClock,
    log: createLogger({ level: 'silent' }),
    metrics: createMetrics(),
  });

const allLive = async (api: string, count: number, signal: AbortSignal): Promise<void> => {
  const endsAt = Date.now() + liveWithinMs;
  for (;;) {
    const response = await fetch(`${api}/api/v1/cameras?limit=100`, { signal });
    const { items } = (await response.json()) as { items: { state: string }[] };
    if (items.filter(({ state }) => state === 'live').length === count) return;
    if (Date.now() > endsAt) throw benchError('bench-side-failed', `not all of ${count} cameras became live`);
    await sleep(1000, undefined, { signal });
  }
};
