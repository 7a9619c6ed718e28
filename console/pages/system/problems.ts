import type { HealthView } from '../../../api/schema/health-view.ts';
import { clockTime } from '../../words/site-time.ts';
import { sayShare } from '../../words/size.ts';
import { saySpan } from '../../words/span.ts';
import { word } from './words.ts';

/** Something that is wrong, and what to do about it. */
export interface Problem {
  key: string;
  tone: 'bad' | 'warn';
  title: string;
  remedy: string;
}

/** From which share of its room on a store is told of. */
const fillingShare = 0.85;
const smallDiskBytes = 5 * 1024 ** 3;

/** What is wrong on a site, the gravest first. */
export const problemsOf = (health: HealthView): Problem[] => [
  ...fatalOf(health),
  ...health.systemAlerts.map(systemProblem),
  ...storageOf(health),
  ...camerasOf(health),
  ...rolesOf(health),
];

const bad = (key: string, title: string, remedy: string): Problem => ({ key, tone: 'bad', title, remedy });
const warn = (key: string, title: string, remedy: string): Problem => ({ key, tone: 'warn', title, remedy });

const fatalOf = ({ bus, history }: HealthView): Problem[] => [
  ...(bus.isConnected ? [] : [bad('bus', word('busLost'), word('busLostRemedy'))]),
  ...(history.isReachable ? [] : [bad('history', word('historyLost'), word('historyLostRemedy'))]),
  ...(history.isFull ? [bad('full', word('historyFull'), word('historyFullRemedy'))] : []),
];

const systemProblem = ({ kind, at }: HealthView['systemAlerts'][number]): Problem =>
  kind === 'loss'
    ? bad('loss', word('loss', { time: clockTime(at) }), word('lossRemedy'))
    : bad('audit', word('auditFilling'), word('auditFillingRemedy'));

const storageOf = ({ history, disk }: HealthView): Problem[] => {
  const share = history.quotaBytes > 0 ? history.sizeBytes / history.quotaBytes : 0;
  return [
    ...(history.damagedParts > 0
      ? [warn('damaged', word('damaged', { count: history.damagedParts }), word('damagedRemedy'))]
      : []),
    ...(!history.isFull && share >= fillingShare
      ? [warn('filling', word('historyFilling', { share: sayShare(share) }), word('historyFullRemedy'))]
      : []),
    ...(disk && disk.freeBytes < smallDiskBytes
      ? [bad('disk', word('diskFull'), word('diskFullRemedy'))]
      : []),
  ];
};

const camerasOf = ({ cameras: { total, live, off } }: HealthView): Problem[] => {
  const dark = total - live - off;
  return dark > 0 ? [warn('cameras', word('camerasDark', { dark, total }), word('camerasDarkRemedy'))] : [];
};

const rolesOf = ({ roles, at }: HealthView): Problem[] =>
  roles.flatMap((role) => {
    const { id, isStale, configurationStaleSince, outboxPending = 0 } = role;
    const values = { id, span: saySpan(at - role.at) };
    if (isStale) return [bad(`role-${id}`, word('roleSilent', values), word('roleSilentRemedy'))];
    return [
      ...(configurationStaleSince === undefined
        ? []
        : [warn(`configuration-${id}`, word('roleStale', values), word('roleStaleRemedy'))]),
      ...(outboxPending > 100
        ? [warn(`outbox-${id}`, word('outboxPending', { id, count: outboxPending }), word('outboxRemedy'))]
        : []),
    ];
  });
