import { createLogger } from '../../core/log.ts';
import { createMetrics } from '../../core/metrics.ts';
import { systemClock } from '../../core/runtime/clock.ts';
import type { ApiDeps } from '../api-deps.ts';
import { createApi } from '../create-api.ts';
import { toDocument } from './to-document.ts';

/** A stream in which nothing ever happens. */
const nothing = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));

/** The API's OpenAPI description as a text, the same every time: what `openapi.json` holds. */
export const describeApi = async (): Promise<string> => {
  // Only the routes' schemas are wanted: nobody asks these surroundings anything.
  const surroundings: Partial<ApiDeps> = {
    bus: {
      isConnected: false,
      gatherMetrics: async () => [],
      liveDoor: async () => undefined,
      explain: async () => undefined,
      appendHandover: async () => undefined,
      handoversOf: async () => [],
      commandLoudspeaker: async () => undefined,
      eventsOfAlert: async () => [],
      appendAlertEventAfter: async () => ({ sequence: 0 }),
      follow: ({ signal }) => nothing(signal),
    },
    sessionStore: {
      create: async () => 0,
      get: async () => undefined,
      update: async () => 0,
      remove: async () => undefined,
      follow: (signal) => nothing(signal),
    },
    exportStore: {
      create: async () => 0,
      get: async () => undefined,
      update: async () => 0,
      follow: (signal) => nothing(signal),
    },
    layoutStore: {
      get: async () => ({ kept: { schemaVersion: 1, revision: 0, layouts: [] }, revision: 0 }),
      put: async () => 0,
      remove: async () => undefined,
    },
    log: createLogger({ level: 'silent' }),
    metrics: createMetrics(),
    clock: systemClock,
    host: '127.0.0.1',
    dataFolder: '.',
  };
  const app = createApi(surroundings as ApiDeps);
  await app.ready();
  const document = toDocument(app);
  await app.close();
  return `${JSON.stringify(document, null, 2)}\n`;
};
