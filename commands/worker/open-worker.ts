import { availableParallelism } from 'node:os';
import path from 'node:path';
import { monotonicFactory } from 'ulid';
import { createScenarioEngine, openOutbox } from '../../alerts/index.ts';
import { loadSecrets } from '../../core/config/secrets.ts';
import { runEvery } from '../../core/runtime/clock.ts';
import type { AlertEvent } from '../../core/schema/alert.ts';
import type { TrackRow } from '../../core/schema/track.ts';
import type { Detector } from '../../core/stages.ts';
import { createTracker, frameSpecOf, openDetector } from '../../inference/index.ts';
import { openIngest } from '../../ingest/index.ts';
import { resolveModel } from '../../models/index.ts';
import type { Invocation } from '../command.ts';
import type { RoleContext, RunningRole } from '../role.ts';
import { evidenceFolder, openSiteEvidence } from '../site-evidence.ts';
import { openCameraAssignment } from './camera-assignment.ts';
import { CameraPipelines } from './camera-pipelines.ts';
import { toMediaEvent } from './media-events.ts';

/** Cameras one worker may hold when others are gone. */
const capacity = 128;
/** Ten seconds around an alert, a GOP before them, and some slack. */
const ring = { maxBytes: 24 * 1024 ** 2, maxSeconds: 20 };
const slotsPerPool = 16;
const queueLimit = 64;
const defaultAwakeFps = 2;
const statusEveryMs = 1000;
const tickEveryMs = 5000;
const drainMs = 8000;
const defaultTimezone = 'Asia/Shanghai';

/** The whole path of a worker: cameras → frames → detections → tracks → scenarios → outbox → bus. */
export const openWorker = async (
  context: RoleContext,
  { environment, variables }: Pick<Invocation, 'environment' | 'variables'>,
): Promise<RunningRole> => {
  const { id, bus, resources, clock, log, metrics, signal } = context;
  const deps = { clock, log, metrics };
  const site = resources.site();
  const threads = site.decodeThreads ?? 1;
  const secrets = await loadSecrets(environment.secretsFile, variables);
  const {
    card,
    path: modelPath,
    fallbackReason,
  } = await resolveModel({
    ...(site.model === undefined ? {} : { id: site.model }),
    cacheFolder: environment.cacheFolder,
    sources: environment.modelSources,
    ...deps,
    signal,
  });
  if (fallbackReason) log.warn({ service: 'models', modelId: card.id }, fallbackReason);

  const outbox = await openOutbox({ folder: path.join(environment.dataFolder, 'outbox', id), bus, ...deps });
  const put = (event: AlertEvent): void => {
    void outbox.put(event).catch((error: unknown) => {
      log.error({ service: 'outbox', eventId: event.eventId, err: error }, 'alert event could not be kept');
    });
  };
  const placeOf = (cameraId: string) => resources.cameras().find((camera) => camera.id === cameraId)?.place;
  const publishTracks = (rows: readonly TrackRow[]): void => {
    for (const row of rows) {
      void bus.appendTrack(row).catch(() => {
        metrics.count('xueliang_tracks_unpublished_total', 'Finished tracks that the bus did not take');
      });
    }
  };

  const evidence = await openSiteEvidence(context, environment);
  let detector: Detector | undefined;
  const ingest = await openIngest({
    workerId: id,
    threads,
    spec: frameSpecOf(card),
    slotsPerPool,
    awakeFps: site.awakeFps ?? defaultAwakeFps,
    allowedNetworks: site.allowedNetworks,
    evidenceFolder: evidenceFolder(environment),
    makeRoom: (sizeBytes) => evidence.makeRoom(sizeBytes),
    ring,
    ...deps,
    events: {
      onFrame: (frame) => detector?.submit(frame),
      onEvidence: (outcome) => {
        const place = placeOf(outcome.cameraId);
        if (place !== undefined) put(toMediaEvent(outcome, place, clock.now()));
      },
    },
  });
  const engine = createScenarioEngine({
    siteId: site.id,
    modelId: card.id,
    timezone: site.timezone ?? defaultTimezone,
    idSource: monotonicFactory(),
    ...deps,
    output: {
      onEvent: put,
      onEvidenceWanted: (request) => ingest.requestEvidence(request),
      onKeepAwake: (cameraId, holdMs) => ingest.keepAwake(cameraId, holdMs, site.awakeFps ?? defaultAwakeFps),
    },
  });
  const pipelines = new CameraPipelines({
    createTracker: (camera) =>
      createTracker({ cameraId: camera.id, place: camera.place, confidentScore: card.output.confidentScore }),
    engine,
    onTracksEnded: publishTracks,
    onUnfollowed: (camera, count) =>
      metrics.count(
        'xueliang_tracks_unfollowed_total',
        'Detections beyond the objects that can be followed',
        { camera },
        count,
      ),
    monotonic: () => clock.monotonic(),
  });
  detector = await openDetector({
    card,
    modelPath,
    threads: site.detectorThreads ?? Math.max(1, Math.floor(availableParallelism() / (site.workers ?? 1))),
    pools: ingest.pools,
    queueLimit,
    ...deps,
    events: {
      onDetections: (frame, detections, costMs) => pipelines.look(frame, detections, costMs),
      onDropped: (frame, reason) => pipelines.drop(frame, reason),
    },
  });
  const assignment = await openCameraAssignment({
    context,
    ingest,
    engine,
    pipelines,
    outbox,
    secrets,
    put,
    capacity,
  });

  const closing = new AbortController();
  const telling = runEvery(clock, statusEveryMs, closing.signal, () => {
    for (const status of ingest.statuses()) bus.publishCameraStatus(pipelines.complete(status));
  });
  const ticking = runEvery(clock, tickEveryMs, closing.signal, () => engine.tick(clock.now()));

  return {
    facts: () => ({ modelId: card.id, outboxPending: outbox.pending }),
    close: async () => {
      closing.abort();
      await Promise.all([telling, ticking]);
      await assignment.close();
      await ingest.close();
      await detector.close();
      await evidence.close();
      await outbox.drain(AbortSignal.timeout(drainMs));
      await outbox.close();
    },
  };
};
