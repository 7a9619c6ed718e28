import { type Static, Type } from 'typebox';
import { closed } from '../../core/schema/closed.ts';
import { RoleStatus } from '../../core/schema/health.ts';
import { Instant } from '../../core/schema/ids.ts';
import { named } from './named.ts';

const count = Type.Integer({ minimum: 0 });
const {
  role,
  id,
  at,
  startedAt,
  modelId,
  rssBytes,
  eventLoopDelayP99Ms,
  outboxPending,
  configurationStaleSince,
} = RoleStatus.properties;

export const healthStates = ['ok', 'degraded', 'down'] as const;

/** How the site is, as far as the API can tell; cameras only of the asker's ground. */
export const HealthView = named(
  'Health',
  closed({
    state: Type.Enum(healthStates, {
      description: 'down: alerts cannot be read or do not arrive; degraded: something is missing or stale',
    }),
    problems: Type.Array(Type.String(), { description: 'what is wrong, in words' }),
    at: Instant,
    systemAlerts: Type.Array(
      closed({
        kind: Type.Enum(['loss', 'auditFilling', 'anchorLate'], {
          description:
            'loss: alerts are missing somewhere; see /api/v1/reconciliation. auditFilling: the stream of the audit log fills up. anchorLate: the auditor has taken no anchor for a day',
        }),
        at: Instant,
        message: Type.String(),
      }),
      { description: 'what the program must be looked after for at once' },
    ),
    bus: closed({ isConnected: Type.Boolean() }),
    history: closed({
      backend: Type.Union([Type.Literal('embedded'), Type.Literal('server')]),
      isReachable: Type.Boolean(),
      isFull: Type.Boolean(),
      sizeBytes: count,
      quotaBytes: count,
      damagedParts: count,
      lastSequence: count,
    }),
    cameras: closed({
      total: count,
      live: count,
      connecting: count,
      waiting: count,
      lost: count,
      off: count,
      unknown: count,
    }),
    roles: Type.Array(
      closed({
        ...{
          role,
          id,
          at,
          startedAt,
          modelId,
          rssBytes,
          eventLoopDelayP99Ms,
          outboxPending,
          configurationStaleSince,
        },
        isStale: Type.Boolean({ description: 'not heard of for 10 s' }),
      }),
    ),
    disk: Type.Optional(closed({ freeBytes: count, totalBytes: count })),
  }),
);
export type HealthView = Static<typeof HealthView>;
