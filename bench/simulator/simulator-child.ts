import { createServer, type Server } from 'node:net';
import { Connection } from './connection.ts';
import type { SimulatorAnswer, SimulatorDemand, SimulatorPlan } from './messages.ts';
import { openReel, type Reel } from './reel.ts';
import { SimulatedCamera } from './simulated-camera.ts';
import { frameMs } from './timeline.ts';
import { TimerWheel } from './timer-wheel.ts';

/** Pictures of all cameras are spread over a picture's duration in so many steps, as 40 ms of unrelated cameras are. */
const slotsPerFrame = 8;
const maxPending = 512;

const tell = (answer: SimulatorAnswer): void => {
  process.send?.(answer);
};

const wheelTime = {
  monotonic: () => performance.now(),
  after: (ms: number, call: () => void) => {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
};

const openCameras = async ({ reels, cameras }: SimulatorPlan): Promise<SimulatedCamera[]> => {
  const opened = new Map<string, Reel>();
  for (const reel of reels) opened.set(reel.id, await openReel(reel));
  return cameras.map((plan) => new SimulatedCamera(plan, opened));
};

const listen = (server: Server): Promise<number> =>
  new Promise((resolve) => {
    server.listen({ port: 0, host: '127.0.0.1', backlog: maxPending }, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });

const play = async (plan: SimulatorPlan): Promise<() => void> => {
  const cameras = await openCameras(plan);
  const byPath = new Map(cameras.map((camera) => [`/town/${camera.id}`, camera]));
  let cutOff = 0;
  let viewers = 0;
  const server = createServer((socket) => {
    viewers++;
    socket.on('close', () => viewers--);
    new Connection(socket, {
      findCamera: (path) => byPath.get(path),
      now: () => performance.timeOrigin + performance.now(),
      onCutOff: () => cutOff++,
    });
  });
  const wheel = new TimerWheel<SimulatedCamera>(slotsPerFrame, frameMs, wheelTime, (camera, turn) =>
    camera.show(turn),
  );
  const delays = cameras.map((camera, index) => wheel.add(index, camera));
  const port = await listen(server);
  const startedAt = performance.timeOrigin + performance.now();
  for (const [index, camera] of cameras.entries()) camera.firstAt = startedAt + (delays[index] ?? 0);
  wheel.start();
  tell({
    kind: 'playing',
    port,
    firstAt: Object.fromEntries(cameras.map(({ id, firstAt }) => [id, firstAt])),
  });
  return () => tell({ kind: 'report', report: { latestMs: wheel.takeLatestMs(), cutOff, viewers } });
};

let report: () => void = () => undefined;
process.on('message', (demand: SimulatorDemand) => {
  if (demand.kind === 'report') return report();
  play(demand.plan).then(
    (made) => {
      report = made;
    },
    (error: unknown) =>
      tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }),
  );
});
// Never outlives the process that started it.
process.on('disconnect', () => process.exit());
