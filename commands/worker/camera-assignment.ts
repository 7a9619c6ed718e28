import type { ScenarioEngine, WorkerOutbox } from '../../alerts/index.ts';
import { createLeaseKeeper, leaseTtlMs } from '../../core/bus/lease-keeper.ts';
import { openLeaseStore } from '../../core/bus/lease-store.ts';
import { mayLook } from '../../core/config/check-law.ts';
import type { Secrets } from '../../core/config/secrets.ts';
import type { AlertEvent } from '../../core/schema/alert.ts';
import type { Camera } from '../../core/schema/camera.ts';
import type { Ingest } from '../../core/stages.ts';
import type { RoleContext } from '../role.ts';
import type { CameraPipelines } from './camera-pipelines.ts';
import { loadEarlierWatch } from './earlier-watch.ts';
import { toLostMediaEvents } from './media-events.ts';

export interface AssignmentOptions {
  context: RoleContext;
  ingest: Ingest;
  engine: ScenarioEngine;
  pipelines: CameraPipelines;
  outbox: WorkerOutbox;
  secrets: Secrets;
  put: (event: AlertEvent) => void;
  /** Cameras one worker may hold at most. */
  capacity: number;
}

export interface CameraAssignment {
  /** Cameras held by this worker now. */
  cameras(): readonly Camera[];
  close(): Promise<void>;
}

/** Gives this worker its cameras, by lease, and keeps them as the configuration says. */
export const openCameraAssignment = async (options: AssignmentOptions): Promise<CameraAssignment> => {
  const { context, capacity } = options;
  const { resources, clock, log, id, bus } = context;
  const active = new Map<string, Camera>();
  /** One change after the other for each camera. */
  const turns = new Map<string, Promise<void>>();

  const inTurn = (cameraId: string, work: () => Promise<void>): void => {
    const turn = (turns.get(cameraId) ?? Promise.resolve()).then(work).catch((error: unknown) => {
      log.error({ service: 'cameras', cameraId, err: error }, 'camera could not be taken up');
    });
    turns.set(cameraId, turn);
  };
  const find = (cameraId: string) => resources.cameras().find((camera) => camera.id === cameraId);
  const takeUp = (cameraId: string): void =>
    inTurn(cameraId, async () => {
      const camera = find(cameraId);
      if (!camera || !keeper.held.has(cameraId)) return;
      if (!active.has(cameraId)) await begin(options, camera);
      else options.engine.setCamera({ camera, scenarios: resources.scenarios() });
      active.set(cameraId, camera);
      options.pipelines.set(camera);
      options.ingest.setCamera(camera, credentialsOf(options.secrets, camera));
    });
  const letGo = (cameraId: string): void =>
    inTurn(cameraId, async () => {
      active.delete(cameraId);
      await options.ingest.removeCamera(cameraId);
      options.pipelines.remove(cameraId);
      options.engine.removeCamera(cameraId);
    });

  const keeper = createLeaseKeeper({
    store: await openLeaseStore(bus.nats, leaseTtlMs),
    holder: id,
    clock,
    log,
    wanted: () => {
      const today = new Date(clock.now()).toISOString().slice(0, 10);
      const cameraIds = resources
        .cameras()
        .filter((camera) => mayLook(camera, today))
        .map((camera) => camera.id);
      return { cameraIds, share: Math.ceil(cameraIds.length / (resources.site().workers ?? 1)), capacity };
    },
    onGained: takeUp,
    onLost: letGo,
  });
  resources.onChange(() => {
    for (const cameraId of active.keys()) takeUp(cameraId);
    void keeper.round();
  });
  await keeper.round();
  return {
    cameras: () => [...active.values()],
    close: async () => {
      await Promise.all(turns.values());
      await keeper.close();
    },
  };
};

/** A camera that is new here goes on with what its last worker left: open situations, promised pictures. */
const begin = async ({ context, engine, outbox, put }: AssignmentOptions, camera: Camera): Promise<void> => {
  const { bus, resources, clock } = context;
  const earlier = await loadEarlierWatch(bus, outbox, camera);
  engine.setCamera({ camera, scenarios: resources.scenarios(), ...earlier });
  for (const alert of earlier.alerts) for (const event of toLostMediaEvents(alert, clock.now())) put(event);
};

const credentialsOf = (secrets: Secrets, camera: Camera) =>
  camera.stream.credentials === undefined ? undefined : secrets.credentials(camera.stream.credentials);
