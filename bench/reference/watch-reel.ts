import { ReplayedCamera } from '../../commands/replay/replayed-camera.ts';
import { createLogger } from '../../core/log.ts';
import type { AlertEvent, RaisedAlert } from '../../core/schema/alert.ts';
import type { ModelCard } from '../../core/schema/model-card.ts';
import { frameSpecOf, type PictureDetector } from '../../inference/index.ts';
import { ClipReader } from '../../ingest/replay/index.ts';
import type { ReelRecipe } from '../footage/view.ts';
import { fps, frameMs } from '../simulator/timeline.ts';
import { createBenchSite } from '../site.ts';

/** The program's own detector, without queue and threads. */
export interface Eyes {
  card: ModelCard;
  detector: PictureDetector;
}

/** A reel with its view's quiet reel, which is seen before and after it. */
export interface ReelToWatch {
  reel: ReelRecipe;
  file: string;
  quietFile: string;
  /** With which picture the looks begin: 0 … `phases` − 1. Where a dwell is barely reached, it decides. */
  phase: number;
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
/** How many pictures lie between two looks, and with how many the first may be. */
export const phases = fps / alwaysFps;
const beforeFrames = 4 * fps;
/** As long as a zone must be clear for a situation to be over, and some more. */
const afterFrames = 10 * fps;
const cameraId = 'reference';
const epochMs = Date.UTC(2026, 0, 1);

/** Every frame decoded, five a second looked at, with trackers and scenarios as the program has them. */
export const watchReel = async (
  { reel, file, quietFile, phase }: ReelToWatch,
  eyes: Eyes,
): Promise<Watched> => {
  const raised: RaisedAlert[] = [];
  const endedAt = new Map<string, number>();
  const watched = createWatched(reel, eyes.card, (event) => {
    if (event.type === 'raised') raised.push(event.alert);
    if (event.type === 'ended') endedAt.set(event.alertId, event.endedAt);
  });
  let frames = 0;
  const show = async (clip: string, maxFrames: number): Promise<void> => {
    const first = frames;
    // All that the codec does: the shortcuts of the program's decoding are among what is measured.
    const reader = await ClipReader.open(clip, frameSpecOf(eyes.card), 'whole');
    try {
      for (let picture = reader.next(); picture && picture.index < maxFrames; picture = reader.next()) {
        const index = first + picture.index;
        frames = index + 1;
        if (index % phases !== phase) continue;
        const { findings } = await eyes.detector.look(picture.toPixels());
        watched.look(findings.detections, index * frameMs * 1000);
      }
    } finally {
      await reader.close();
    }
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

const createWatched = (
  { view }: ReelRecipe,
  card: ModelCard,
  onEvent: (event: AlertEvent) => void,
): ReplayedCamera => {
  const { cameras, scenarios, site } = createBenchSite(
    [{ id: cameraId, view }],
    () => 'rtsp://127.0.0.1/',
    {},
  );
  const [camera] = cameras;
  if (!camera) throw new RangeError('a site without its camera');
  const log = createLogger({ level: 'silent' });
  return new ReplayedCamera({ site, camera, scenarios, card, startAt: epochMs, log, onEvent });
};
