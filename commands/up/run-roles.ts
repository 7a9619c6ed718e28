import type { Bus } from '../../core/bus/bus.ts';
import { type Environment, toVariables } from '../../core/config/environment.ts';
import { runRoleProcess } from '../../core/runtime/role-process.ts';
import type { RoleStatus } from '../../core/schema/health.ts';
import type { StageDeps } from '../../core/stages.ts';
import { poolThreadsOf } from '../worker/pool-threads.ts';
import type { BusAddressOfSite } from './open-site-bus.ts';
import type { SitePlan } from './prepare-site.ts';

type Variables = Readonly<Record<string, string | undefined>>;

interface RolesContext extends StageDeps {
  environment: Environment;
  variables: Variables;
  plan: SitePlan;
  address: BusAddressOfSite;
}

/**
 * V8 collects on the thread whose garbage it is: on a machine with as many cameras as it can take no core is idle that could
 * help, and threads that wake each other cost more than they save. Young objects have four megabytes a thread instead of 16 (with one, more
 * of them are still in use when they are collected, and are moved), and a heap grows by two fifths before it is collected: less memory, for
 * no time that could be measured. Measured in docs/performance.md.
 */
const workerNodeArgs = ['--single-threaded-gc', '--heap-growing-percent=40', '--max-semi-space-size=4'];

/**
 * glibc gives threads up to eight heaps a core. What one thread takes and another gives back, as FFmpeg's calls on the pool do, leaves holes
 * in each of them; in two there are fewer. What is as large as a picture lies outside of them and goes back at once: left to itself, glibc
 * puts it into them, too, once the first has been given back (mallopt(3), M_MMAP_THRESHOLD). Bytes.
 */
const workerMemory = { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: String(128 * 1024) };

const workerGraceMs = 20_000;
const roleGraceMs = 20_000;

/**
 * Runs the roles as child processes until `signal` aborts. Then the workers end first, the alerts role next and the
 * API last, so that what a worker still says is heard.
 */
export const runRoles = async (context: RolesContext, signal: AbortSignal): Promise<void> => {
  const { plan, variables } = context;
  const stages = [new AbortController(), new AbortController(), new AbortController()] as const;
  const [workersStop, alertsStop, apiStop] = stages;
  const workerIds = Array.from({ length: plan.workers }, (_, index) => `worker-${index + 1}`);

  const api = start(context, 'api', ['api'], apiStop.signal, roleGraceMs, {});
  const alerts = start(context, 'alerts', ['alerts'], alertsStop.signal, roleGraceMs, {});
  const workers = workerIds.map((id) =>
    start(
      context,
      id,
      ['worker', '--id', id],
      workersStop.signal,
      workerGraceMs,
      { UV_THREADPOOL_SIZE: String(poolThreadsOf(plan.site)), ...workerMemory, ...cameraSecrets(variables) },
      workerNodeArgs,
    ),
  );
  signal.addEventListener('abort', () => workersStop.abort(), { once: true });
  if (signal.aborted) workersStop.abort();
  await Promise.all(workers);
  alertsStop.abort();
  await alerts;
  apiStop.abort();
  await api;
};

const start = (
  { environment, variables, address, clock, log, metrics }: RolesContext,
  name: string,
  args: readonly string[],
  signal: AbortSignal,
  graceMs: number,
  extra: Readonly<Record<string, string>>,
  nodeArgs: readonly string[] = [],
): Promise<void> => {
  const { url, user, password } = address;
  const env = {
    ...withoutCameraSecrets(variables),
    ...toVariables({ ...environment, natsUrl: url, natsUser: user, natsPassword: password }),
    ...extra,
  };
  return runRoleProcess({
    entry: process.argv[1] ?? '',
    args,
    nodeArgs,
    env,
    name,
    clock,
    log,
    metrics,
    signal,
    graceMs,
  });
};

const isCameraSecret = ([name]: [string, unknown]): boolean => name.startsWith('XUELIANG_CAMERA_');

/** Cameras' credentials are the workers' business alone. */
const cameraSecrets = (variables: Variables): Record<string, string> =>
  Object.fromEntries(Object.entries(variables).filter(isCameraSecret)) as Record<string, string>;

const withoutCameraSecrets = (variables: Variables): Variables =>
  Object.fromEntries(Object.entries(variables).filter((entry) => !isCameraSecret(entry)));

const readyWithinMs = 180_000;

/** Waits until the API and every worker has said that it runs; gives the API's address. */
export const awaitRoles = async (
  { bus, plan, clock, log }: Pick<RolesContext, 'plan'> & StageDeps & { bus: Pick<Bus, 'follow'> },
  signal: AbortSignal,
): Promise<{ api: string } | undefined> => {
  const startedAt = clock.now();
  const seen = new Map<string, RoleStatus>();
  const stopping = new AbortController();
  const stop = (): void => stopping.abort();
  signal.addEventListener('abort', stop, { once: true });
  void clock.sleep(readyWithinMs, stopping.signal).then(stop);
  await bus.follow({
    stream: 'ROLES',
    from: 'lastPerSubject',
    signal: stopping.signal,
    onMessage: ({ value }) => {
      if (value.startedAt < startedAt - 1000) return; // of an earlier run
      seen.set(`${value.role}.${value.id}`, value);
      const workers = [...seen.values()].filter(({ role }) => role === 'worker').length;
      if (seen.has('api.api') && seen.has('alerts.alerts') && workers >= plan.workers) stop();
    },
  });
  signal.removeEventListener('abort', stop);
  const address = seen.get('api.api')?.address;
  if (address === undefined && !signal.aborted)
    log.error({ service: 'up', seen: [...seen.keys()] }, 'roles are late');
  return address === undefined ? undefined : { api: address };
};
