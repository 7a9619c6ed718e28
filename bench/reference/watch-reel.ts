import { createScenarioEngine } from '../../alerts/index.ts';
import { createLogger } from '../../core/log.ts';
import { createMetrics } from '../../core/metrics.ts';
import { systemClock } from '../../core/runtime/clock.ts';
import type { AlertEvent, RaisedAlert } from '../../core/schema/alert.ts';
import { createTracker } from '../../inference/index.ts';
import type { ReelRecipe } from '../footage/view.ts';
import { fps, frameMs } from '../simulator/timeline.ts';
import { createBenchSite } from '../site.ts';
import { decodeClip } from './decode-clip.ts';
import type { Eyes } from './open-eyes.ts';

/** A reel with its view's quiet reel, which is seen before and after it. */
export interface ReelToWatch {
  reel: ReelRecipe;
  file: string;
  quietFile: string;
}

/** A situation as the always-on program finds it, on the reel's own time in milliseconds. */
export interface Situation {
  scenarioId: string;
  /** When it began: somebody stood in the zone. */
  startedMs: number;
  /** When what the scenario asks for was fulfilled: its dwell had passed. */
  fulfilledMs: number;
  /** The frame that decided. */
  capturedMs: number;
  /** When it last held. */
  endedMs: number;
}

export interface Watched {
  reelId: string;
  situations: readonly Situation[];
  /** Alerts while nothing was in view: before the reel, or in a quiet one. */
  falseAlerts: number;
  watchedSeconds: number;
}

const alwaysFps = 5;
const everyFrames = fps / alwaysFps;
const beforeFrames = 4 * fps;
/** As long as a zone must be clear for a situation to be over, and some more. */
const afterFrames = 10 * fps;
const cameraId = 'reference';
/** Alerts are numbered, not named: nobody reads them. */
const epochMs = Date.UTC(2026, 0, 1);

/** Every frame decoded, five a second looked at, with trackers and scenarios as the program has them. */
export const watchReel = async ({ reel, file, quietFile }: ReelToWatch, eyes: Eyes): Promise<Watched> => {
  const raised: RaisedAlert[] = [];
  const endedAt = new Map<string, number>();
  const watch = createWatch(reel, eyes.confidentScore, (event) => {
    if (event.type === 'raised') raised.push(event.alert);
    if (event.type === 'ended') endedAt.set(event.alertId, event.endedAt);
  });
  let frames = 0;
  const show = async (clip: string, maxFrames: number): Promise<void> => {
    const first = frames;
    await decodeClip(clip, maxFrames, async (frame, index) => {
      frames = first + index + 1;
      if ((first + index) % everyFrames === 0) watch(await eyes.look(frame), (first + index) * frameMs);
    });
  };
  await show(quietFile, beforeFrames);
  const startMs = frames * frameMs;
  await show(file, reel.frames);
  if (reel.window) await show(quietFile, afterFrames);
  const { within, before } = split(raised, reel.window ? startMs : Number.POSITIVE_INFINITY);
  return {
    reelId: reel.id,
    situations: within.map((alert) =>
      toSituation(alert, endedAt.get(alert.alertId) ?? epochMs + frames * frameMs, epochMs + startMs),
    ),
    falseAlerts: before.length,
    watchedSeconds: (frames * frameMs) / 1000,
  };
};

const split = (raised: readonly RaisedAlert[], startMs: number) => ({
  within: raised.filter(({ capturedAt }) => capturedAt >= epochMs + startMs),
  before: raised.filter(({ capturedAt }) => capturedAt < epochMs + startMs),
});

const toSituation = (
  { scenarioId, startedAt, capturedAt, facts }: RaisedAlert,
  endedAt: number,
  zeroAt: number,
): Situation => ({
  scenarioId,
  startedMs: startedAt - zeroAt,
  fulfilledMs: startedAt + facts.limitDwellMs - zeroAt,
  capturedMs: capturedAt - zeroAt,
  endedMs: endedAt - zeroAt,
});

const createWatch = ({ view }: ReelRecipe, confidentScore: number, onEvent: (event: AlertEvent) => void) => {
  const { cameras, scenarios, site } = createBenchSite(
    [{ id: cameraId, view }],
    () => 'rtsp://127.0.0.1/',
    {},
  );
  const [camera] = cameras;
  if (!camera) throw new RangeError('a site without its camera');
  let alerts = 0;
  const engine = createScenarioEngine({
    siteId: site.id,
    modelId: 'reference',
    timezone: site.timezone ?? 'Asia/Shanghai',
    idSource: () => String(alerts++).padStart(26, '0'),
    clock: systemClock,
    log: createLogger({ level: 'silent' }),
    metrics: createMetrics(),
    output: {
      onEvent,
      onEvidenceWanted: () => undefined,
      onKeepAwake: () => undefined,
      onCrossing: () => undefined,
      onStandingWatch: () => undefined,
    },
  });
  engine.setCamera({ camera, scenarios });
  const tracker = createTracker({ cameraId, place: camera.place, confidentScore });
  return (detections: Parameters<typeof tracker.update>[0], atMs: number): void => {
    const capturedAt = epochMs + atMs;
    const update = tracker.update(detections, capturedAt);
    engine.observe({
      ...update,
      capturedAt,
      ptsUs: atMs * 1000,
      receivedAt: capturedAt,
      clockQuality: 'rtcp',
    });
  };
};
