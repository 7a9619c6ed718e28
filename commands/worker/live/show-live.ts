import type { ServerResponse } from 'node:http';
import { frameMessage } from '../../../core/live/messages.ts';
import type { LiveOverlay } from '../../../core/live/overlay.ts';
import { withoutSecrets } from '../../../core/log.ts';
import type { Metrics } from '../../../core/metrics.ts';
import type { Clock } from '../../../core/runtime/clock.ts';
import type { LiveChunk, LiveSource, LiveViewer } from '../../../core/stages.ts';
import type { Mpeg1Desk } from '../../../ingest/index.ts';
import type { LiveOverlays } from './live-overlays.ts';
import { OverlayQueue } from './overlay-queue.ts';

export interface ShowOptions {
  source: LiveSource;
  overlays: Pick<LiveOverlays, 'listen'>;
  mpeg1: Pick<Mpeg1Desk, 'viewer'>;
  clock: Clock;
  metrics: Metrics;
}

/** Shows a camera until the connection ends: as it is coded or as MPEG-1, with what was found in it or without. */
export const showLive = (
  options: ShowOptions,
  cameraId: string,
  asked: URLSearchParams,
  response: ServerResponse,
): void => {
  const { source, clock, metrics, overlays } = options;
  const queue = asked.get('tracks') === '1' ? new OverlayQueue(response, metrics) : undefined;
  const { viewer, close } = viewerOf(options, asked, response, queue);
  let leave: () => void;
  try {
    leave = source.watchLive(cameraId, viewer);
  } catch (error) {
    close();
    throw error;
  }
  const stop = queue ? overlays.listen(cameraId, queue, clock.now()) : undefined;
  const gone = (): void => {
    leave();
    stop?.();
    close();
  };
  response.on('close', gone);
  response.on('error', gone);
};

const viewerOf = (
  { mpeg1 }: ShowOptions,
  asked: URLSearchParams,
  response: ServerResponse,
  queue: OverlayQueue | undefined,
): { viewer: LiveViewer; close: () => void } => {
  if (asked.get('codec') !== 'mpeg1') return { viewer: toViewer(response, queue), close: () => undefined };
  const viewer = mpeg1.viewer({
    get bufferedBytes() {
      return response.writableLength;
    },
    start: ({ originUs, ...facts }) => {
      queue?.begin(originUs);
      write(response, { type: 'start', ...facts, codec: 'mpeg1', sourceCodec: facts.codec });
    },
    bytes: (bytes) => {
      response.write(frameMessage(bytes));
    },
    end: (reason) => finish(response, reason),
  });
  return { viewer, close: () => viewer.close() };
};

/** What waits in the connection is what the API has not taken. */
const toViewer = (response: ServerResponse, queue: OverlayQueue | undefined): LiveViewer => {
  const take = (chunk: LiveChunk): void => {
    if (chunk.type === 'fragment') {
      response.write(frameMessage(chunk.bytes));
      return;
    }
    const { init, originUs, ...facts } = chunk;
    queue?.begin(originUs);
    write(response, { ...facts, mediaSeconds: 0 });
    response.write(frameMessage(init));
  };
  return {
    get bufferedBytes() {
      return response.writableLength;
    },
    take,
    end: (reason) => finish(response, reason),
  };
};

type Told = LiveOverlay | { type: 'start' | 'end'; [fact: string]: unknown };

const write = (response: ServerResponse, told: Told): void => {
  response.write(frameMessage(JSON.stringify(told)));
};

const finish = (response: ServerResponse, reason: string): void => {
  response.end(frameMessage(JSON.stringify({ type: 'end', reason: withoutSecrets(reason) })));
};
