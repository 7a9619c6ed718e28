import { pictureWishOf, type ScenarioEngine, type WorkerOutbox } from '../../alerts/index.ts';
import { createLeaseKeeper, leaseTtlMs } from '../../core/bus/lease-keeper.ts';
import { openLeaseStore } from '../../core/bus/lease-store.ts';
import { mayLook } from '../../core/config/check-law.ts';
import type { Secrets } from '../../core/config/secrets.ts';
import { toAppError } from '../../core/errors.ts';
import { withoutSecrets } from '../../core/log.ts';
import { defaultTimezone } from '../../core/schedule.ts';
import type { AlertEvent } from '../../core/schema/alert.ts';
import type { Camera } from '../../core/schema/camera.ts';
import type { CameraStatus } from '../../core/schema/health.ts';
import type { Ingest } from '../../core/stages.ts';
import type { RoleContext } from '../role.ts';
import type { CameraPipelines } from './camera-pipelines.ts';
import { CameraTurns } from './camera-turns.ts';
import { loadEarlierWatch } from './earlier-watch.ts';
import type { Explanations } from './explanations.ts';
import type { LiveDoors } from './live/open-live-door.ts';
import type { CameraRanks } from './load/camera-ranks.ts';
import type { WorkerLoad } from './load/worker-load.ts';
import { toLostMediaEvents } from './media-events.ts';
import { RefusedCameras } from './refused-cameras.ts';
import type { SpotMemory } from './spot-memory.ts';
import { toUnusableStatus } from './unusable-status.ts';

export interface AssignmentOptions {
  context: RoleContext;
  ingest: Ingest;
  engine: ScenarioEngine;
  pipelines: CameraPipelines;
  spots: Pick<SpotMemory, 'load'>;
  explanations: Explanations;
  doors: Pick<LiveDoors, 'set' | 'remove'>;
  outbox: WorkerOutbox;
  secrets: Secrets;
  load: Pick<WorkerLoad, 'admission' | 'keepOnly'>;
  ranks: CameraRanks;
  put: (event: AlertEvent) => void;
}

export interface CameraAssignment {
  /** What is to be said of cameras that nobody has room for. */
  refused(): CameraStatus[];
  /** Takes no camera up and lets none go any more; the leases are still renewed. */
  stop(): Promise<void>;
  /** Gives the leases back, once nothing of the cameras is at work here any more. */
  close(): Promise<void>;
}

/** Gives this worker its cameras, by lease, and keeps them as the configuration says. */
export const openCameraAssignment = async (options: AssignmentOptions): Promise<CameraAssignment> => {
  const { resources, clock, log, id, bus, metrics } = options.context;
  const { load, ranks } = options;
  const refused = new RefusedCameras({ workerId: id, clock, metrics });
  const active = new Map<string, Camera>();
  const turns = new CameraTurns();
  let isStopped = false;

  const wantedCameras = (): Camera[] => {
    const timezone = resources.site().timezone ?? defaultTimezone;
    return resources.cameras().filter((camera) => mayLook(camera, clock.now(), timezone));
  };
  const find = (cameraId: string) => wantedCameras().find((camera) => camera.id === cameraId);
  const inTurn = (cameraId: string, work: () => Promise<void>): void => {
    if (isStopped) return;
    turns.run(cameraId, work);
  };
  const takeUp = (cameraId: string): void =>
    inTurn(cameraId, async () => {
      const camera = find(cameraId);
      if (!camera || !keeper.held.has(cameraId)) return;
      try {
        await watch(options, camera, !active.has(cameraId));
        active.set(cameraId, camera);
      } catch (error) {
        const { message } = toAppError(error);
        log.error(
          { service: 'cameras', cameraId, err: error },
          'camera could not be taken up; it is tried again',
        );
        const how = { state: 'lost' as const, since: clock.now(), message: withoutSecrets(message) };
        bus.publishCameraStatus(toUnusableStatus(camera, id, clock.now(), how));
        await keeper.giveBack(cameraId);
      }
    });
  const letGo = (cameraId: string): void =>
    inTurn(cameraId, async () => {
      const camera = active.get(cameraId);
      active.delete(cameraId);
      options.explanations.remove(cameraId);
      options.doors.remove(cameraId);
      await options.ingest.removeCamera(cameraId);
      options.pipelines.remove(cameraId);
      // Whoever takes a lease over goes on with the situations; a camera that is gone ends them.
      if (camera && !find(cameraId)) options.engine.setCamera({ camera, scenarios: [] });
      options.engine.removeCamera(cameraId);
    });

  const keeper = createLeaseKeeper({
    store: await openLeaseStore(bus.nats, leaseTtlMs),
    holder: id,
    clock,
    log,
    wanted: () => {
      const known = wantedCameras().map((camera) => camera.id);
      const workers = resources.site().workers ?? 1;
      // Those on which most depends come first only where not all can: one worker would have all of them.
      const hasRoom = load.admission.hasRoomForAll(known, workers);
      const cameraIds = hasRoom ? known : ranks.sorted(known, clock.now());
      const share = Math.ceil(cameraIds.length / workers);
      return { cameraIds, share };
    },
    admits: (cameraId, held) => load.admission.admits(cameraId, held),
    onGained: takeUp,
    onLost: letGo,
  });
  resources.onChange(() => {
    ranks.reload();
    load.keepOnly(new Set(resources.cameras().map((camera) => camera.id)));
    for (const cameraId of active.keys()) takeUp(cameraId);
    void keeper.round();
  });
  await keeper.round();
  return {
    refused: () =>
      refused.statuses(resources.cameras().filter(({ id: cameraId }) => keeper.refused.has(cameraId))),
    stop: async () => {
      isStopped = true;
      await turns.ended();
    },
    close: () => keeper.close(),
  };
};

/** Watches a camera as it is configured now. One that is new here goes on with what its last worker left. */
const watch = async (options: AssignmentOptions, camera: Camera, isNew: boolean): Promise<void> => {
  const { context, ingest, engine, pipelines, spots, explanations, doors, outbox, secrets, put } = options;
  const { bus, resources, clock } = context;
  const { credentials: name } = camera.stream;
  const credentials = name === undefined ? undefined : secrets.credentials(name);
  const earlier = isNew ? await loadEarlierWatch(bus, outbox, camera) : { alerts: [] };
  engine.setCamera({
    camera,
    scenarios: resources.scenarios(),
    calendars: resources.calendars(),
    ...earlier,
  });
  for (const alert of earlier.alerts) for (const event of toLostMediaEvents(alert, clock.now())) put(event);
  pipelines.set(camera, isNew ? await spots.load(camera.id) : []);
  ingest.setCamera(camera, credentials, pictureWishOf(camera, resources.scenarios()));
  explanations.set(camera);
  doors.set(camera.id);
};
