import { availableParallelism } from 'node:os';
import path from 'node:path';
import { ulid } from 'ulid';
import { createScenarioEngine, openOutbox, readJournals } from '../../alerts/index.ts';
import { followNormals } from '../../core/bus/normals-store.ts';
import { openSpotsStore } from '../../core/bus/spots-store.ts';
import { loadSecrets } from '../../core/config/secrets.ts';
import { runEvery } from '../../core/runtime/clock.ts';
import { defaultTimezone } from '../../core/schedule.ts';
import type { Detector } from '../../core/stages.ts';
import { createStaticFilter, createTracker, frameSpecOf, openDetector } from '../../inference/index.ts';
import { Mpeg1Desk, openIngest } from '../../ingest/index.ts';
import type { Invocation } from '../command.ts';
import type { RoleContext, RunningRole } from '../role.ts';
import { evidenceFolder, openSiteEvidence } from '../site-evidence.ts';
import { openCameraAssignment } from './camera-assignment.ts';
import { CameraPipelines } from './camera-pipelines.ts';
import { Explanations } from './explanations.ts';
import { deliverLeftovers } from './leftover-outboxes.ts';
import { LineTally } from './line-tally.ts';
import { LiveOverlays } from './live/live-overlays.ts';
import { openLiveDoors } from './live/open-live-door.ts';
import { coresOf } from './load/budget.ts';
import { openLoad } from './load/open-load.ts';
import { loadModel } from './load-model.ts';
import { LookRates } from './look-rates.ts';
import { ObservationRecorder } from './observations/observation-recorder.ts';
import { recordObservations } from './observations/record-observations.ts';
import { ffmpegCamerasOf } from './pool-threads.ts';
import { createReports } from './reports.ts';
import { SpotMemory } from './spot-memory.ts';
import { StatusTurns } from './status-turns.ts';
import { TrackChunks } from './track-chunks.ts';

/** The five seconds before an alert, as long again for the way to it, and up to a GOP. */
const ring = { maxBytes: 24 * 1024 ** 2, keepSeconds: 10 };
const slotsPerPool = 16;
const queueLimit = 64;
const defaultAwakeFps = 2;
const statusEveryMs = 1000;
const tickEveryMs = 5000;
const tracksEveryMs = 2000;
const tallyEveryMs = 60_000;
const spotsEveryMs = 600_000;
const drainMs = 8000;

/** The whole path of a worker: cameras → frames → detections → tracks → scenarios → outbox → bus. */
export const openWorker = async (
  context: RoleContext,
  { environment, variables }: Pick<Invocation, 'environment' | 'variables'>,
): Promise<RunningRole> => {
  const { id, bus, resources, clock, log, metrics } = context;
  const deps = { clock, log, metrics };
  const site = resources.site();
  const awakeFps = site.awakeFps ?? defaultAwakeFps;
  const cores = coresOf(site, availableParallelism());
  const timezone = site.timezone ?? defaultTimezone;
  const secrets = await loadSecrets(environment.secretsFile, variables);
  const { card, modelPath } = await loadModel(context, environment);

  const outboxesFolder = path.join(environment.dataFolder, 'outbox');
  await deliverLeftovers(context, outboxesFolder);
  const outbox = await openOutbox({ folder: path.join(outboxesFolder, id), bus, ...deps });
  bus.answerOutboxes((span) => readJournals(outboxesFolder, span));
  const reports = createReports(context, outbox);
  const evidence = await openSiteEvidence(context, environment);
  let detector: Detector | undefined;
  const ingest = await openIngest({
    workerId: id,
    threads: cores.cameraThreads,
    ffmpegCameras: ffmpegCamerasOf(variables),
    spec: frameSpecOf(card),
    slotsPerPool,
    awakeFps,
    allowedNetworks: site.allowedNetworks,
    evidenceFolder: evidenceFolder(environment),
    makeRoom: (sizeBytes) => evidence.makeRoom(sizeBytes),
    ring,
    ...deps,
    events: {
      onFrame: (frame) => detector?.submit(frame),
      onRepeat: (frame) => pipelines.repeat(frame),
      onPicture: (facts) => engine.observePicture(facts),
      onEvidence: (outcome) => reports.putOutcome(outcome),
    },
  });
  const normals = followNormals(bus.nats, deps);
  const rates = new LookRates({
    nominalFps: awakeFps,
    keepAwake: (cameraId, holdMs, fps) => ingest.keepAwake(cameraId, holdMs, fps),
  });
  const recorder = new ObservationRecorder({
    publish: (chunk) => bus.appendObservations(chunk),
    ...{ timezone, clock, metrics },
  });
  const tracks = new TrackChunks({ bus, metrics });
  const tally = new LineTally({ bus, metrics, idSource: () => ulid(clock.now()) });
  const scenarios = createScenarioEngine({
    siteId: site.id,
    modelId: card.id,
    modelLabels: card.labels.filter((label) => label !== null),
    normals,
    timezone,
    idSource: (at) => ulid(at),
    ...deps,
    output: {
      onEvent: (event) => {
        reports.put(event);
        if (event.type === 'raised') recorder.alerted(event.cameraId);
      },
      onEvidenceWanted: (request) => {
        reports.expect(request);
        ingest.requestEvidence(request);
      },
      onKeepAwake: (cameraId, holdMs, dueInMs) => rates.wish(cameraId, holdMs, dueInMs),
      onCrossing: (crossing) => tally.note(crossing),
      onStandingWatch: (cameraId, holdMs) => ingest.keepAwake(cameraId, holdMs, awakeFps),
    },
  });
  const engine = recordObservations(scenarios, recorder);
  const spots = new SpotMemory(await openSpotsStore(bus.nats), log);
  const overlays = new LiveOverlays();
  const pipelines = new CameraPipelines({
    createTracker: (camera) =>
      createTracker({ cameraId: camera.id, place: camera.place, confidentScore: card.output.confidentScore }),
    createStaticFilter: (known) =>
      createStaticFilter({ confidentScore: card.output.confidentScore, spots: known }),
    onSpots: (cameraId, known) => spots.keep(cameraId, known),
    engine,
    onLooked: (cameraId, tracks, frame, camera) => {
      rates.looked(cameraId, tracks);
      overlays.looked(frame, tracks, camera);
    },
    onNothing: (cameraId) => ingest.sawNothing(cameraId),
    onTracksEnded: (rows) => tracks.put(rows),
    onUnfollowed: (camera, count) =>
      metrics.count(
        'xueliang_tracks_unfollowed_total',
        'Detections beyond the objects that can be followed',
        { camera },
        count,
      ),
    onSifted: (camera, count) =>
      metrics.count(
        'xueliang_static_boxes_total',
        'Weak boxes taken out because the same one is drawn in the same spot all the time',
        { camera },
        count,
      ),
    sureScore: card.output.confidentScore,
    clock,
  });
  detector = await openDetector({
    card,
    modelPath,
    threads: cores.detectorThreads,
    pools: ingest.pools,
    queueLimit,
    ...deps,
    events: {
      onDetections: (frame, detections, costMs) => pipelines.look(frame, detections, costMs),
      onDropped: (frame, reason) => pipelines.drop(frame, reason),
    },
  });
  const explanations = new Explanations({
    bus,
    ingest,
    engine,
    pipelines,
    clock,
    timezone,
    modelId: card.id,
  });
  const doors = await openLiveDoors({
    ...{ bus, source: ingest, overlays, mpeg1: new Mpeg1Desk(deps), clock, metrics },
    host: environment.workerHost,
  });
  const { load, ranks, ...measuring } = openLoad(context, { cores, detector, ingest, engine, reports });
  const assignment = await openCameraAssignment({
    ...{ context, ingest, engine, pipelines, spots, explanations, doors, outbox, secrets, load, ranks },
    put: reports.put,
  });

  const closing = new AbortController();
  const turns = new StatusTurns();
  const telling = runEvery(clock, statusEveryMs, closing.signal, () => {
    const statuses = load.sample(ingest.statuses().map((status) => pipelines.complete(status)));
    overlays.tiers(statuses, clock.now());
    for (const status of turns.take([...statuses, ...assignment.refused()])) bus.publishCameraStatus(status);
  });
  const ticking = runEvery(clock, tickEveryMs, closing.signal, () => engine.tick(clock.now()));

  const keepingSpots = runEvery(clock, spotsEveryMs, closing.signal, () => pipelines.tellSpots());
  const publishingTracks = runEvery(clock, tracksEveryMs, closing.signal, () => tracks.publish());
  const tallying = runEvery(clock, tallyEveryMs, closing.signal, () => tally.publish());

  return {
    facts: () => ({ modelId: card.id, outboxPending: outbox.pending }),
    close: async () => {
      closing.abort();
      await Promise.all([telling, ticking, publishingTracks, tallying, keepingSpots]);
      measuring.close();
      await assignment.stop();
      explanations.close();
      await doors.close();
      await ingest.close();
      await detector.close();
      pipelines.close();
      await spots.settled();
      await recorder.close();
      await normals.close();
      await tracks.publish();
      await tally.publish();
      await evidence.close();
      await outbox.drain(AbortSignal.timeout(drainMs));
      await outbox.close();
      await assignment.close();
    },
  };
};
