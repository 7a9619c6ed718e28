import { systemClock } from '../core/runtime/clock.ts';
import type { AlertEvent } from '../core/schema/alert.ts';
import { type Command, type Invocation, textOption } from './command.ts';
import { type OpenDetector, withClip, withModelDetector } from './replay/open-replay.ts';
import { replayClip } from './replay/replay-clip.ts';
import { FindingChanges, type ReplayLine, roundLine } from './replay/replay-lines.ts';
import { parseRate, type ReplayRequest, readReplayRequest, replayOptions } from './replay/replay-options.ts';
import { ReplayedCamera } from './replay/replayed-camera.ts';

const maxSpeed = 100;

export const replayCommand: Command = {
  summary: 'run a clip through detection and scenarios, and print what they find',
  arguments: 'CLIP',
  options: new Map([
    ...replayOptions,
    [
      'speed',
      { type: 'string', placeholder: 'max|N', help: 'N times as fast as it was filmed (default max)' },
    ],
  ]),
  maxPositionals: 1,
  run: async (invocation) => {
    const request = await readReplayRequest('replay', invocation.positionals[0], invocation);
    const speed = speedOf(invocation);
    await withModelDetector(invocation, request.modelId, (opened, signal) =>
      replay({ request, opened, speed, invocation, signal }),
    );
    return 0;
  },
};

interface Replay {
  request: ReplayRequest;
  opened: OpenDetector;
  /** Infinity: as fast as it goes. */
  speed: number;
  invocation: Invocation;
  signal: AbortSignal;
}

const replay = ({ request, opened: { card, detector }, speed, invocation, signal }: Replay): Promise<void> =>
  withClip(request.clip, card, async (reader) => {
    const { fps, startAt, camera } = request;
    const print = (line: ReplayLine): void => {
      const rounded = roundLine(line);
      invocation.print(rounded, JSON.stringify(rounded));
    };
    const open = new OpenAlerts();
    const changes = new FindingChanges();
    let tracks = 0;
    const replayed = new ReplayedCamera({
      ...{ ...request, card },
      log: invocation.log,
      onEvent: (event) => {
        open.note(event);
        print({ line: 'event', at: replayed.now, event });
      },
      onCrossing: (crossing) => print({ line: 'crossing', at: replayed.now, crossing }),
      onTracksEnded: (rows) => {
        tracks += rows.length;
      },
    });
    print({ line: 'replay', at: startAt, cameraId: camera.id, modelId: card.id, fps });
    const tally = await replayClip({
      ...{ reader, detector, fps, signal },
      ...(Number.isFinite(speed) ? { pace: paceOf(speed, signal) } : {}),
      onLook: (detections, ptsUs) => {
        replayed.look(detections, ptsUs);
        for (const { name, isOnDuty, ...finding } of changes.take(replayed.explain())) {
          print({ line: 'finding', at: replayed.now, ...finding });
        }
      },
    });
    replayed.close();
    const at = startAt + tally.lengthMs;
    print({ line: 'summary', at, alerts: open.raised, open: open.count, tracks, ...tally });
  });

/** How many alerts there were, and how many of their situations go on. */
class OpenAlerts {
  readonly #open = new Set<string>();
  raised = 0;

  get count(): number {
    return this.#open.size;
  }

  note({ type, alertId }: AlertEvent): void {
    if (type === 'raised') this.raised++;
    if (type === 'ended') this.#open.delete(alertId);
    else this.#open.add(alertId);
  }
}

const speedOf = ({ values }: Invocation): number => {
  const text = textOption(values, 'speed') ?? 'max';
  return text === 'max' ? Number.POSITIVE_INFINITY : parseRate(text, '--speed', maxSpeed);
};

const paceOf = (speed: number, signal: AbortSignal): ((ptsUs: number) => Promise<void>) => {
  const startedAt = systemClock.monotonic();
  return async (ptsUs) => {
    const waitMs = startedAt + ptsUs / 1000 / speed - systemClock.monotonic();
    if (waitMs > 0) await systemClock.sleep(waitMs, signal);
  };
};
