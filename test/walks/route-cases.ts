import { startAt } from '../fixtures/api/alert-events.ts';
import { accountCases } from './account-cases.ts';
import { exportCases } from './export-cases.ts';
import { layoutCases } from './layout-cases.ts';
import type { Ask, CaseFacts, RouteCase, RouteCases } from './route-case.ts';
import { settingCases } from './setting-cases.ts';

const api = '/api/v1';
const anHour = { from: startAt - 3_600_000, to: startAt };

/** A list as it is, and by every filter that can name something of the township. */
const list = (
  path: string,
  filters: (facts: CaseFacts) => Record<string, string | undefined>,
  query = '',
): RouteCase => ({
  asks: (facts) => {
    const narrowed = Object.entries({ place: facts.town.code, ...filters(facts) });
    const joint = query === '' ? '?' : `?${query}&`;
    return [
      { url: `${api}${path}${joint.slice(0, -1)}` },
      ...narrowed.map(([name, value]) => ({ url: `${api}${path}${joint}${name}=${value}` })),
      { url: `${api}${path}${joint}place=${facts.town.village}` },
    ];
  },
});

const one = (path: (facts: CaseFacts) => string, more: Partial<RouteCase> = {}): RouteCase => ({
  asks: (facts) => [{ url: `${api}${path(facts)}` }],
  ...more,
});

const gate = ({ town }: CaseFacts): string => `${town.tag}-gate`;
const alert = ({ town }: CaseFacts, index = 0): string => town.alertIds[index] ?? '';
const camera = (facts: CaseFacts) => ({ camera: gate(facts) });
const nothing = () => ({});

/** An alert's file: as it is, as a range, and as what the asker says to have already. */
const media = (path: string, hash: (facts: CaseFacts) => string): RouteCase => ({
  asks: (facts) => {
    const url = `${api}/alerts/${alert(facts, 2)}/${path}`;
    return [
      { url },
      { url, headers: { range: 'bytes=0-3' } },
      { url, headers: { 'if-none-match': `"${hash(facts)}"` } },
    ];
  },
});
const shaOf = (facts: CaseFacts, medium: string): string => {
  const event = facts.town.events.find(
    (each) => each.alertId === alert(facts, 2) && each.type === 'mediaReady' && each.item.medium === medium,
  );
  return event?.type === 'mediaReady' ? event.item.sha256 : '';
};

const upload = (
  path: (facts: CaseFacts) => string,
  isWriting: boolean,
  headers = (_: CaseFacts): Record<string, string> => ({}),
): RouteCase => ({
  isNameless: true,
  asks: (facts) => [
    {
      url: `${api}${path(facts)}/uploads/upload-1?when=after&sizeBytes=4`,
      headers: {
        ...headers(facts),
        ...(isWriting ? { 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' } : {}),
      },
      ...(isWriting ? { payload: Buffer.from('abcd') } : {}),
    },
  ],
});

/** The telephone of who asks, which is the township's own only when they are of it. */
const phone = ({ own }: CaseFacts): Record<string, string> => ({
  cookie: `xueliang_answer=${own.answer.phone}`,
});
const link = ({ town }: CaseFacts): string => `/answers/${town.answer.token}`;
const answered = (path: string, payload?: object): RouteCase => ({
  asks: (facts) => [
    { url: `${api}${link(facts)}${path}`, headers: phone(facts), ...(payload ? { payload } : {}) },
  ],
});

const steps = (facts: CaseFacts): Ask[] =>
  [
    { to: 'acknowledged' },
    { to: 'dispatched', responder: `${facts.own.tag}-patrol` },
    { to: 'duplicate', duplicateOf: facts.own.alertIds[3] },
  ].map((payload) => ({ url: `${api}/alerts/${alert(facts)}/steps`, payload }));

/** A step upon one's own alert that names what is elsewhere. */
const stepsElsewhere = (facts: CaseFacts): Ask[] => [
  {
    url: `${api}/alerts/${facts.own.alertIds[3]}/steps`,
    payload: { to: 'dispatched', responder: `${facts.town.tag}-patrol` },
  },
];

const page = (url: string): RouteCases => ({ [`GET ${url}`]: { owner: 'nobody', asks: () => [{ url }] } });

export const routeCases: RouteCases = {
  ...settingCases,
  ...accountCases,
  ...exportCases,
  ...layoutCases,
  'GET /api/v1/cameras': list('/cameras', nothing),
  'GET /api/v1/cameras/:cameraId': one((facts) => `/cameras/${gate(facts)}`),
  'GET /api/v1/cameras/:cameraId/explanation': one((facts) => `/cameras/${gate(facts)}/explanation`),
  'GET /api/v1/cameras/:cameraId/snapshot.jpg': one((facts) => `/cameras/${gate(facts)}/snapshot.jpg`),
  'POST /api/v1/cameras/:cameraId/live/tickets': one((facts) => `/cameras/${gate(facts)}/live/tickets`),
  'GET /api/v1/cameras/positions': list('/cameras/positions', nothing),
  'GET /api/v1/alerts': list('/alerts', (facts) => ({
    ...{ camera: gate(facts), scenario: `${facts.town.tag}-night`, incident: alert(facts) },
    cursor: Buffer.from(alert(facts)).toString('base64url'),
  })),
  'GET /api/v1/alerts/open': list('/alerts/open', (facts) => ({
    camera: gate(facts),
    scenario: `${facts.town.tag}-night`,
  })),
  'GET /api/v1/alerts/:alertId': one((facts) => `/alerts/${alert(facts)}`),
  'POST /api/v1/alerts/:alertId/steps': { asks: (facts) => [...steps(facts), ...stepsElsewhere(facts)] },
  'POST /api/v1/alerts/:alertId/comments': {
    asks: (facts) => [{ url: `${api}/alerts/${alert(facts)}/comments`, payload: { text: 'seen' } }],
  },
  'POST /api/v1/alerts/:alertId/links': one((facts) => `/alerts/${alert(facts, 2)}/links`),
  'GET /api/v1/alerts/:alertId/snapshot': media('snapshot', (facts) => shaOf(facts, 'snapshot')),
  'GET /api/v1/alerts/:alertId/clip': media('clip', (facts) => shaOf(facts, 'clip')),
  'GET /api/v1/alerts/:alertId/pictures/:n': media('pictures/1', ({ town }) => town.picture.sha256),
  'GET /api/v1/alerts/:alertId/uploads/:uploadId': upload((facts) => `/alerts/${alert(facts)}`, false),
  'PATCH /api/v1/alerts/:alertId/uploads/:uploadId': upload((facts) => `/alerts/${alert(facts)}`, true),
  'POST /api/v1/answers/:token/opening': answered('/opening'),
  'GET /api/v1/answers/:token': answered(''),
  'GET /api/v1/answers/:token/picture': { ...answered('/picture'), isNameless: true },
  'GET /api/v1/answers/:token/uploads/:uploadId': upload(link, false, phone),
  'PATCH /api/v1/answers/:token/uploads/:uploadId': upload(link, true, phone),
  'POST /api/v1/answers/:token/steps': answered('/steps', { step: 'arrived' }),
  'POST /api/v1/loudspeakers/:loudspeakerId/commands': {
    isNameless: true,
    asks: ({ town, own }) => [
      ...[{}, { alertId: town.alertIds[3] }, { alertId: own.alertIds[3] }].map((about) => ({
        url: `${api}/loudspeakers/${town.tag}-horn/commands`,
        payload: { recording: `${town.tag}-leave`, ...about },
      })),
      {
        url: `${api}/loudspeakers/${own.tag}-horn/commands`,
        payload: { recording: `${own.tag}-leave`, alertId: town.alertIds[3] },
      },
    ],
  },
  'GET /api/v1/loudspeakers': list('/loudspeakers', nothing),
  'GET /api/v1/responders': list('/responders', nothing),
  'POST /api/v1/handovers': { asks: () => [{ url: `${api}/handovers`, payload: { text: 'all quiet' } }] },
  'GET /api/v1/handovers': list('/handovers', nothing),
  'GET /api/v1/incidents': list('/incidents', (facts) => ({
    cursor: Buffer.from(alert(facts)).toString('base64url'),
  })),
  'GET /api/v1/incidents/:incidentId': one((facts) => `/incidents/${alert(facts)}`),
  'GET /api/v1/tracks/counts': list('/tracks/counts', camera),
  'GET /api/v1/statistics/line-counts': list('/statistics/line-counts', (facts) => ({
    ...camera(facts),
    line: `${facts.town.tag}-line`,
  })),
  'GET /api/v1/statistics/responses': list('/statistics/responses', nothing),
  'GET /api/v1/statistics/false-alarms': list('/statistics/false-alarms', nothing),
  'GET /api/v1/statistics/series': list('/statistics/series', nothing, 'per=camera'),
  'GET /api/v1/statistics/report': one(({ town }) => `/statistics/report?place=${town.code}&span=2025-12`),
  'GET /api/v1/statistics/hours': list('/statistics/hours', nothing, 'by=camera'),
  'GET /api/v1/statistics/legend': one(() => '/statistics/legend'),
  'GET /api/v1/statistics/activity': one((facts) => `/statistics/activity?camera=${gate(facts)}`),
  'GET /api/v1/map': one(() => '/map'),
  'GET /api/v1/bus': one(() => '/bus', { owner: 'site', isNameless: true }),
  'GET /api/v1/models': one(() => '/models', { owner: 'nobody' }),
  'GET /api/v1/models/sweeps': one(() => '/models/sweeps', { owner: 'site', isNameless: true }),
  'GET /api/v1/audit/check': one(() => '/audit/check', { owner: 'site', isNameless: true }),
  'GET /api/v1/statistics/availability': list('/statistics/availability', nothing),
  'POST /api/v1/cameras/:cameraId/preview': {
    asks: (facts) => [
      { url: `${api}/cameras/${gate(facts)}/preview`, payload: facts.town.resources.scenarios[0] },
    ],
  },
  'POST /api/v1/whatif': {
    isNameless: true,
    asks: (facts) => [
      {
        url: `${api}/whatif`,
        payload: { ...anHour, scenarioId: `${facts.town.tag}-night`, cameraIds: [gate(facts)] },
      },
    ],
  },
  'GET /api/v1/reconciliation': one(() => '/reconciliation', { owner: 'site', isNameless: true }),
  'GET /api/v1/places': list('/places', nothing),
  'GET /api/v1/places/tree': list('/places/tree', nothing),
  'GET /api/v1/health': one(() => '/health', { isNameless: true }),
  'GET /metrics': { owner: 'site', isNameless: true, asks: () => [{ url: '/metrics' }] },
  'GET /api/v1/audit': list('/audit', ({ town }) => ({
    who: `${town.tag}-li`,
    target: `cameras/${town.tag}`,
  })),
  'GET /api/v1/feeds': one(() => '/feeds'),
  'GET /api/v1/feeds/:id/dead-letters': one(({ town }) => `/feeds/${town.feed.id}/dead-letters`),
  'POST /api/v1/feeds/:id/dead-letters/retry': one(
    ({ town }) => `/feeds/${town.feed.id}/dead-letters/retry`,
    { isNameless: true },
  ),
  'GET /api/v1/schemas/:name': one(() => '/schemas/alert.v1', { owner: 'nobody' }),
  ...Object.assign(
    {},
    ...[
      '/',
      '/wall',
      '/map',
      '/search',
      '/statistics',
      '/cameras',
      '/engineer',
      '/system',
      '/openapi.json',
    ].map(page),
  ),
  'GET /assets/:file': { owner: 'nobody', asks: () => [{ url: '/assets/index.js' }] },
  'GET /r/:token': { owner: 'nobody', asks: ({ town }) => [{ url: `/r/${town.answer.token}` }] },
};
