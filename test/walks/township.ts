import type { AlertEvent } from '../../core/schema/alert.ts';
import type { Camera } from '../../core/schema/camera.ts';
import type { DeadLetter, FeedStatus } from '../../core/schema/feed.ts';
import type { Handover } from '../../core/schema/handover.ts';
import type { Loudspeaker } from '../../core/schema/loudspeaker.ts';
import type { Place } from '../../core/schema/place.ts';
import type { MonitoringPoint, Responder } from '../../core/schema/responder.ts';
import type { Scenario } from '../../core/schema/scenario.ts';
import type { Upstream } from '../../core/schema/upstream.ts';
import type { Webhook } from '../../core/schema/webhook.ts';
import { alertIdAt, laterEvent, raisedAlert, raisedEvent, startAt } from '../fixtures/api/alert-events.ts';

/** A township with one of everything, every name, id, text and hash of it its own: what is found elsewhere has leaked. */
export interface Township {
  code: string;
  village: string;
  /** Begins every id. */
  tag: string;
  alertIds: readonly string[];
  /** The alert that somebody was sent for, and what the responder's telephone holds. */
  answer: { alertId: string; responder: string; token: string; phone: string; dispatchedAt: number };
  events: readonly AlertEvent[];
  snapshot: Buffer;
  clip: Buffer;
  picture: { bytes: Buffer; sha256: string };
  handover: Handover;
  feed: FeedStatus;
  deadLetter: DeadLetter;
  resources: {
    places: Place[];
    cameras: Camera[];
    scenarios: Scenario[];
    loudspeakers: Loudspeaker[];
    webhooks: Webhook[];
    upstreams: Upstream[];
    responders: Responder[];
    monitoringPoints: MonitoringPoint[];
  };
}

/** How many alerts: some are stepped on, some are only looked at. */
const alerts = 4;

export const township = (code: string, tag: string, word: string, serial: number): Township => {
  const village = `${code}201`;
  const sha = (kind: string): string =>
    Buffer.from(`${tag}-${kind}`).toString('hex').padEnd(64, String(serial));
  const alertIds = Array.from({ length: alerts }, (_, index) =>
    alertIdAt(startAt - index * 1000, serial * 100 + index),
  );
  const picture = { bytes: Buffer.from(`${tag} picture bytes`), sha256: sha('spot') };
  const [first = '', second = ''] = alertIds;
  const letters = (kind: string): string => `${tag}-${kind}`.padEnd(43, '0');
  const answer = {
    ...{ alertId: second, responder: `${tag}-patrol`, dispatchedAt: startAt },
    ...{ token: letters('token'), phone: letters('phone') },
  };
  return {
    answer,
    ...{ code, village, tag, alertIds, picture },
    events: alertIds.flatMap((alertId, index) =>
      eventsOf({ alertId, tag, word, village, sha, index, answer }),
    ),
    snapshot: Buffer.from(`${tag} snapshot bytes`),
    clip: Buffer.from(`${tag} clip bytes`),
    handover: {
      ...{ schemaVersion: 1, handoverId: alertIdAt(startAt - 5000, serial * 100 + 50), at: startAt - 5000 },
      ...{ by: `${tag}-li`, ground: code, text: `${word}交班`, openAlerts: [first], isTruncated: false },
    },
    feed: {
      ...{
        id: `hook-${tag}-platform`,
        kind: 'webhook',
        name: `${word}平台`,
        ground: code,
        lag: serial,
        deadLetters: 1,
      },
      ...{ delivered: 5, failures: 1, lastFailureAt: startAt, lastFailure: `${word}拒收`, lost: 0 },
    },
    deadLetter: {
      ...{ feedId: `hook-${tag}-platform`, sequence: 3, eventId: `${first}.raised`, alertId: first },
      ...{
        cameraId: `${tag}-gate`,
        at: startAt,
        attempts: 3,
        code: 'webhook-refused',
        reason: `${word}不收`,
      },
    },
    resources: resourcesOf(code, village, tag, word, serial),
  };
};

interface EventFacts {
  alertId: string;
  tag: string;
  word: string;
  village: string;
  sha: (kind: string) => string;
  index: number;
  answer: Township['answer'];
}

const eventsOf = ({ alertId, tag, word, village, sha, index, answer }: EventFacts): AlertEvent[] => {
  const alert = raisedAlert({
    ...{ alertId, cameraId: `${tag}-gate`, cameraName: `${word}村口`, place: village, zoneId: `${tag}-zone` },
    ...{
      scenarioId: `${tag}-night`,
      scenarioName: `${word}夜间`,
      modelId: `${tag}-model`,
      raisedAt: startAt - index,
    },
    objects: [
      { trackId: `${tag}-gate-7`, label: 'person', score: 0.8, box: { x: 0.1, y: 0.2, w: 0.1, h: 0.3 } },
    ],
  });
  const size = { width: 768, height: 576 };
  return [
    raisedEvent(alert),
    laterEvent(alert, {
      type: 'mediaReady',
      item: { medium: 'snapshot', sizeBytes: 20, sha256: sha(`snapshot${index}`), ...size },
    }),
    laterEvent(alert, {
      type: 'mediaReady',
      item: { medium: 'clip', sizeBytes: 20, sha256: sha(`clip${index}`), ...size },
    }),
    laterEvent(alert, { type: 'commented', by: `${tag}-li`, text: `${word}有人说` }),
    laterEvent(alert, { type: 'joined', incidentId: alertId }),
    laterEvent(alert, {
      ...{ type: 'pictureAdded', by: `responder:${tag}-patrol`, when: 'before' },
      item: { n: 1, sha256: sha('spot'), sizeBytes: 20, width: 4, height: 3 },
    }),
    ...(alertId === answer.alertId
      ? [
          laterEvent(
            alert,
            { type: 'transition', to: 'dispatched', by: `${tag}-li`, responder: answer.responder },
            startAt,
          ),
        ]
      : []),
  ];
};

const resourcesOf = (
  code: string,
  village: string,
  tag: string,
  word: string,
  serial: number,
): Township['resources'] => ({
  places: [
    { code, name: `${word}镇` },
    { code: village, name: `${word}村` },
    { code: `${code}202`, name: `${word}二村` },
  ],
  cameras: [
    {
      ...{ id: `${tag}-gate`, name: `${word}村口`, place: village, gbCode: `${code}0113200000${serial}` },
      stream: {
        url: `rtsp://127.0.0.1:8554/user=${tag}&password=${tag}-secret/ch1`,
        credentials: `${tag}-nvr`,
      },
      register: { category: 'road', signPosted: true, filingNumber: `${word}备案`, owner: `${word}镇政府` },
      zones: [
        {
          id: `${tag}-zone`,
          polygon: [
            [0.1, 0.1],
            [0.9, 0.1],
            [0.9, 0.9],
          ],
        },
      ],
      lines: [
        {
          id: `${tag}-line`,
          points: [
            [0.1, 0.5],
            [0.9, 0.5],
          ],
        },
      ],
    },
  ],
  scenarios: [
    {
      ...{
        id: `${tag}-night`,
        kind: 'intrusion',
        name: `${word}夜间`,
        cameras: [`${tag}-gate`],
        zone: `${tag}-zone`,
      },
      ...{ severity: 'high', labels: ['person'], dwell: '2s', purpose: 'keyPlaceSafety' },
    },
  ],
  loudspeakers: [
    {
      ...{ id: `${tag}-horn`, name: `${word}喇叭`, place: village, device: `${tag}-device` },
      gateway: { url: `http://127.0.0.1:8090/${tag}`, credentials: `${tag}-gateway` },
      recordings: [{ id: `${tag}-leave`, name: `${word}请离开` }],
    },
  ],
  webhooks: [
    {
      ...{ id: `${tag}-platform`, name: `${word}平台`, url: `https://${tag}.example/alerts`, ground: code },
      ...{ credentials: `${tag}-hook`, feed: true },
    },
  ],
  upstreams: [
    {
      ...{ id: `${tag}-library`, name: `${word}视图库`, kind: 'ga1400', url: `https://${tag}.example/viid` },
      ...{ deviceId: `${code}0503000000${serial}`, ground: code, credentials: `${tag}-viid` },
    },
  ],
  responders: [{ id: `${tag}-patrol`, name: `${word}巡防`, place: village, phone: `1380000000${serial}` }],
  monitoringPoints: [{ id: `${tag}-room`, name: `${word}综治中心`, place: code }],
});

/** Every text in something that is at least as long as an id. */
export const textsOf = (value: unknown): string[] => {
  if (typeof value === 'string') return value.length >= 4 ? [value] : [];
  if (Buffer.isBuffer(value)) return [value.toString()];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsOf);
};
