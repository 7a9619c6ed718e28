import type { Alert } from '../../core/schema/alert.ts';

/** 2026-01-05 20:00 in Beijing. */
const raisedAt = 1_767_614_400_000;

/** An alert as the API answers it some seconds after it was raised, for the description. */
export const exampleAlert: Alert = {
  alertId: '01KE76X8G0ZVNPVT4F41N4E9VW',
  siteId: 'caishi',
  cameraId: 'gate-1',
  cameraName: '村口',
  place: '431103110201',
  scenarioId: 'gate-night',
  scenarioName: '村口夜间',
  kind: 'intrusion',
  severity: 'high',
  purpose: 'closedSiteAtNight',
  zoneId: 'gate',
  startedAt: raisedAt - 2400,
  capturedAt: raisedAt - 400,
  clockQuality: 'arrival',
  receivedAt: raisedAt - 350,
  raisedAt,
  modelId: 'yolox-nano-416',
  facts: { label: 'person', dwellMs: 2100, limitDwellMs: 2000 },
  objects: [
    { trackId: 'gate-1-7', label: 'person', score: 0.82, box: { x: 0.41, y: 0.3, w: 0.06, h: 0.21 } },
  ],
  state: 'acknowledged',
  steps: [
    { state: 'raised', at: raisedAt },
    { state: 'acknowledged', at: raisedAt + 41_000, by: 'wang' },
  ],
  snapshot: {
    state: 'ready',
    item: { medium: 'snapshot', sizeBytes: 84_213, sha256: '5f'.repeat(32), width: 768, height: 576 },
  },
  clip: { state: 'pending' },
  comments: [],
  resumptions: 0,
  actions: [],
  lastSequence: 1042,
};
