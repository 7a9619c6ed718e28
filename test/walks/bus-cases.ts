import type * as subjects from '../../core/bus/subjects.ts';

/** Whose things are named: a township, a camera and an alert there, and another subscriber. */
export interface BusVictim {
  village: string;
  ground: string;
  cameraId: string;
  alertId: string;
  subscriberId: string;
}

type Subjects = typeof subjects;

/** How each name of `core/bus/subjects.ts` is made for somebody else; those that make no subject give none. */
export const subjectCases: {
  [Name in keyof Subjects]: (made: Subjects, victim: BusVictim) => readonly string[];
} = {
  placeTokens: () => [],
  alertSubject: (made, { village, cameraId, alertId }) => [
    made.alertSubject({ place: village, cameraId, alertId }),
  ],
  cameraAlertsFilter: (made, { cameraId }) => [made.cameraAlertsFilter(cameraId)],
  anyAlertFilter: (made, { alertId }) => [made.anyAlertFilter(alertId)],
  trackSubject: (made, { village }) => [made.trackSubject({ place: village })],
  observationSubject: (made, { village, cameraId }) => [
    made.observationSubject({ place: village, cameraId }),
  ],
  countSubject: (made, { village, cameraId }) => [made.countSubject({ place: village, cameraId })],
  healthSubject: (made, { village, cameraId }) => [made.healthSubject({ place: village, cameraId })],
  auditSubject: (made) => [made.auditSubject],
  roleSubject: (made) => [made.roleSubject({ role: 'worker', id: 'worker-1' })],
  handoverSubject: (made, { ground }) => [made.handoverSubject({ ground })],
  explainSubject: (made, { cameraId }) => [made.explainSubject(cameraId)],
  liveDoorSubject: (made, { cameraId }) => [made.liveDoorSubject(cameraId)],
  whatIfSubject: (made) => [made.whatIfSubject],
  loudspeakerSubject: (made) => [made.loudspeakerSubject],
  answerSubject: (made) => [made.answerSubject],
  probeSubject: (made) => [made.probeSubject],
  metricsSubject: (made) => [made.metricsSubject],
  feedQuestionSubjects: (made) => Object.values(made.feedQuestionSubjects),
  auditRowsSubject: (made) => [made.auditRowsSubject],
  outboxSubject: (made) => [made.outboxSubject],
  reconcileSubject: (made) => [made.reconcileSubject],
  groundFilter: (made, { ground }) =>
    (['alerts', 'handovers', 'tracks', 'counts', 'health'] as const).map((kind) =>
      made.groundFilter(kind, ground),
    ),
  feedName: () => [],
  feedInbox: (made, { subscriberId }) => [`${made.feedInbox(subscriberId)}.>`],
  feedRewindSubject: (made, { subscriberId }) => [made.feedRewindSubject(subscriberId)],
  feedSubjects: (made, { subscriberId }) => Object.values(made.feedSubjects(subscriberId)),
};

/** Everything that nats-server 2.9 takes below `$JS.API` (server/jetstream_api.go), for a stream, a consumer of it, and a filter. */
export const jetStreamSubjects = (stream: string, consumer: string, filter: string): string[] =>
  [
    ...['INFO', 'ACCOUNT.PURGE.SITE', 'SERVER.REMOVE', 'META.LEADER.STEPDOWN'],
    ...['TEMPLATE.CREATE.x', 'TEMPLATE.NAMES', 'TEMPLATE.INFO.x', 'TEMPLATE.DELETE.x'],
    ...['STREAM.NAMES', 'STREAM.LIST'],
    ...['CREATE', 'UPDATE', 'INFO', 'DELETE', 'PURGE', 'SNAPSHOT', 'RESTORE', 'MSG.GET', 'MSG.DELETE'].map(
      (verb) => `STREAM.${verb}.${stream}`,
    ),
    ...[`STREAM.PEER.REMOVE.${stream}`, `STREAM.LEADER.STEPDOWN.${stream}`],
    ...[`DIRECT.GET.${stream}`, `DIRECT.GET.${stream}.${filter}`],
    ...['CREATE', 'LIST', 'NAMES'].map((verb) => `CONSUMER.${verb}.${stream}`),
    `CONSUMER.DURABLE.CREATE.${stream}.${consumer}`,
    `CONSUMER.CREATE.${stream}.${consumer}`,
    `CONSUMER.CREATE.${stream}.${consumer}.${filter}`,
    ...['INFO', 'DELETE', 'MSG.NEXT', 'LEADER.STEPDOWN'].map(
      (verb) => `CONSUMER.${verb}.${stream}.${consumer}`,
    ),
  ].map((verb) => `$JS.API.${verb}`);

/** What passes besides: acknowledgements, flow control, advisories, and everything of a kind. */
export const otherSubjects = (stream: string, consumer: string): string[] => [
  `$JS.ACK.${stream}.${consumer}.1.1.1.1.1`,
  `$JS.SNAPSHOT.ACK.${stream}.x`,
  `$JS.FC.${stream}.${consumer}.x`,
  `$JS.EVENT.ADVISORY.API`,
];

/** Heard by whoever may hear everything. */
export const everything = ['>', '$JS.>', '$KV.>', '$SYS.>', '_INBOX.>', '_R_.>', '*.>', '$JS.API.>'];

/** As a key's subject of a bucket. */
export const bucketSubjects = (bucket: string): string[] => [`$KV.${bucket}.users.admin`, `$KV.${bucket}.>`];
