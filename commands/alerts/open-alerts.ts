import { createLifecycle } from '../../alerts/index.ts';
import type { Environment } from '../../core/config/environment.ts';
import { runEvery } from '../../core/runtime/clock.ts';
import type { RoleContext, RunningRole } from '../role.ts';
import { openSiteEvidence } from '../site-evidence.ts';

const enforceEveryMs = 10_000;

/** The alerts role: the lifecycle of every alert, and the keeping of evidence within quota and retention. */
export const openAlerts = async (context: RoleContext, environment: Environment): Promise<RunningRole> => {
  const { bus, clock, log, metrics, signal } = context;
  const lifecycle = createLifecycle({ bus, clock, log, metrics });
  await lifecycle.start();
  const evidence = await openSiteEvidence(context, environment);
  const keeping = runEvery(clock, enforceEveryMs, signal, async () => {
    await evidence.enforce().catch((error: unknown) => {
      log.error({ service: 'evidence', err: error }, 'evidence could not be kept within its bounds');
    });
  });
  return {
    facts: () => ({}),
    close: async () => {
      await keeping;
      await evidence.close();
      await lifecycle.close();
    },
  };
};
