import { statfs } from 'node:fs/promises';
import { closed } from '../../core/schema/closed.ts';
import { isWithin } from '../auth/principal.ts';
import type { HealthView } from '../schema/health-view.ts';
import { HealthView as HealthSchema } from '../schema/health-view.ts';
import { type ApiServer, answer, errorAnswers, principalOf, type RouteDeps } from './route-deps.ts';

/** How the site is. */
export const addHealthRoutes = (app: ApiServer, deps: RouteDeps): void => {
  app.get(
    '/api/v1/health',
    {
      config: { right: 'anyone' },
      schema: {
        operationId: 'getHealth',
        summary: 'How the site is: bus, history, cameras, roles, disk',
        description: 'Answers 200 whatever the state is; look at `state`.',
        tags: ['health'],
        querystring: closed({}),
        response: { ...answer(HealthSchema, 'How it is.'), ...errorAnswers() },
      },
    },
    async (request) => {
      const cameras = countCameras(deps, principalOf(request).ground);
      const roles = rolesOf(deps);
      const { history: store, bus, clock } = deps;
      const history = store.status();
      const disk = await diskOf(deps.dataFolder);
      const systemAlerts = systemAlertsOf(deps);
      const facts = { systemAlerts, bus: { isConnected: bus.isConnected }, history, cameras, roles };
      const { state, problems } = judge(facts);
      return { state, problems, at: clock.now(), ...facts, ...(disk ? { disk } : {}) };
    },
  );
};

type Facts = Pick<HealthView, 'systemAlerts' | 'bus' | 'history' | 'cameras' | 'roles'>;

const judge = ({
  systemAlerts,
  bus,
  history,
  cameras,
  roles,
}: Facts): Pick<HealthView, 'state' | 'problems'> => {
  const fatal: string[] = [];
  const lesser: string[] = [];
  if (!bus.isConnected) fatal.push('the bus is not connected: alerts do not arrive');
  if (!history.isReachable) fatal.push('the history cannot be reached: alerts cannot be listed');
  if (history.isFull) fatal.push('the history is full: nothing new is written to it');
  if (history.damagedParts > 0) lesser.push(`${history.damagedParts} parts of the history are damaged`);
  for (const { message } of systemAlerts) lesser.push(message);
  const dark = cameras.total - cameras.live - cameras.off;
  if (dark > 0) lesser.push(`${dark} of ${cameras.total} cameras give no picture`);
  for (const { role, id, isStale, configurationStaleSince } of roles) {
    if (isStale) lesser.push(`role ${role} ${id} is silent`);
    else if (configurationStaleSince !== undefined)
      lesser.push(`role ${role} ${id} does not hear of changes of the configuration`);
  }
  const state = fatal.length > 0 ? 'down' : lesser.length > 0 ? 'degraded' : 'ok';
  return { state, problems: [...fatal, ...lesser] };
};

/** Counts alone: which alerts are missing is for who may ask for the reconciliation. */
const systemAlertsOf = (deps: RouteDeps): HealthView['systemAlerts'] => [
  ...lossOf(deps),
  ...auditFillingOf(deps),
  ...anchorLateOf(deps),
];

/** Nothing that must be written down can be done once it is full. */
const auditFillingOf = ({ auditRoom }: RouteDeps): HealthView['systemAlerts'] => {
  const { at, share, alarm } = auditRoom.latest() ?? {};
  if (at === undefined || share === undefined || alarm === undefined) return [];
  const message = `the audit log's stream is ${Math.floor(share * 100)} % full: full, it refuses what must be written down`;
  return [{ kind: 'auditFilling', at, message }];
};

/** A log that is anchored nowhere can be written anew without anybody finding it. */
const anchorLateOf = ({ anchorDelivery, clock }: RouteDeps): HealthView['systemAlerts'] => {
  const since = anchorDelivery?.lateSince();
  if (since === undefined) return [];
  const message = `the auditor has taken no anchor of the audit log since ${new Date(since).toISOString()}: see site.auditAnchor and the log`;
  return [{ kind: 'anchorLate', at: Math.round(clock.now()), message }];
};

const lossOf = ({ reconciliation }: RouteDeps): HealthView['systemAlerts'] => {
  const found = reconciliation.latest();
  if (!found || found.isEqual) return [];
  const { at, differing, problems } = found;
  const message =
    differing > 0
      ? `${differing} alerts of the last hour are missing somewhere: see xueliang reconcile`
      : `what was raised could not be compared in full: ${problems.join('; ')}`;
  return [{ kind: 'loss', at, message }];
};

const countCameras = ({ resources, live }: RouteDeps, ground: string): HealthView['cameras'] => {
  const counts = { total: 0, live: 0, connecting: 0, waiting: 0, lost: 0, off: 0, unknown: 0 };
  for (const camera of resources.cameras()) {
    if (!isWithin(camera.place, ground)) continue;
    const told = live.cameras.get(camera.id);
    counts.total++;
    counts[told && !told.isStale ? told.value.state : 'unknown']++;
  }
  return counts;
};

/** Not where a role listens: that is nobody's business outside. */
const rolesOf = ({ live }: RouteDeps): HealthView['roles'] =>
  live.roles.all().map(({ value, isStale }) => {
    const {
      role,
      id,
      at,
      startedAt,
      rssBytes,
      eventLoopDelayP99Ms,
      modelId,
      outboxPending,
      configurationStaleSince,
    } = value;
    return {
      ...{ role, id, at, startedAt, rssBytes, eventLoopDelayP99Ms, isStale },
      ...(modelId === undefined ? {} : { modelId }),
      ...(outboxPending === undefined ? {} : { outboxPending }),
      ...(configurationStaleSince === undefined ? {} : { configurationStaleSince }),
    };
  });

const diskOf = async (folder: string): Promise<HealthView['disk']> => {
  try {
    const { bavail, blocks, bsize } = await statfs(folder);
    return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
  } catch {
    return undefined; // a server elsewhere keeps the history, and there is no folder here
  }
};
