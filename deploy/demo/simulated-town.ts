import type { Site } from '../../core/schema/site.ts';
import { openSimulator, type Simulator } from '../simulator/index.ts';
import { demoCameras } from './cameras.ts';
import { footageFolder, prepareFootage } from './footage.ts';
import { openSimulatedGateway } from './loudspeaker-gateway.ts';
import { createTown } from './town.ts';

/** Where the demo's pictures come from. */
export interface DemoSource {
  title: string;
  site: Site;
  /** Variables the program needs besides its own. */
  env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

export interface SimulatedTownOptions {
  cacheFolder: string;
  say: (line: string) => void;
  signal: AbortSignal;
}

/** The port of RTSP's usual alternative, so that the cameras' addresses stay the same from run to run. */
const usualPort = 8554;

/** Prepares the clips and plays them on simulated cameras, one in each village. */
export const openSimulatedTown = async ({
  cacheFolder,
  say,
  signal,
}: SimulatedTownOptions): Promise<DemoSource> => {
  const clips = await prepareFootage({ cacheFolder: footageFolder(cacheFolder), signal });
  const mounts = clips.map(({ id, file }) => ({ path: `/${id}`, file, codec: 'h264' as const }));
  const simulator = await openSimulator({ mounts, port: usualPort, signal }).catch(() =>
    openSimulator({ mounts, signal }),
  );
  const gateway = await openSimulatedGateway(say).catch(async (error: unknown) => {
    await simulator.close();
    throw error;
  });
  say(
    `cameras   ${clips.length} simulated RTSP cameras on 127.0.0.1:${simulator.port}, playing real footage`,
  );
  return {
    title: '蔡市镇 431103110',
    site: createTown(demoCameras, (cameraId) => urlOf(simulator, cameraId), gateway.url),
    env: {},
    close: async () => {
      await gateway.close();
      await simulator.close();
    },
  };
};

const urlOf = (simulator: Simulator, cameraId: string): string => simulator.url(`/${cameraId}`);
