import { Type } from 'typebox';
import { closed } from '../../core/schema/closed.ts';
import { Incident } from '../../core/schema/incident.ts';
import { exampleAlert } from './example-alert.ts';
import { named, refTo } from './named.ts';
import { nextCursor } from './pages.ts';

const { alertId, cameraId, place, scenarioId, kind, severity, state, startedAt } = exampleAlert;
const first = { alertId, cameraId, place, scenarioId, kind, severity, state, startedAt };

/** The alert of the other example and one from the next camera, half a minute later. */
export const exampleIncident: Incident = {
  incidentId: alertId,
  severity,
  startedAt,
  counts: { alerts: 2, open: 1, cameras: 2 },
  members: [
    first,
    {
      ...first,
      alertId: '01KE76Y630Y8Z5F2Q1S9T7V3KM',
      cameraId: 'gate-2',
      state: 'raised',
      startedAt: startedAt + 30_000,
      endedAt: startedAt + 48_000,
    },
  ],
};

export const IncidentView = named('Incident', { ...Incident, examples: [exampleIncident] });

export const IncidentPage = named(
  'IncidentPage',
  closed({ items: Type.Array(refTo(IncidentView)), nextCursor }),
);
