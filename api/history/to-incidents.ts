import type { Incident, IncidentMember } from '../../core/schema/incident.ts';
import { severities } from '../../core/schema/severity.ts';

/** The incident that its members make: as severe as the most severe of them, and open as long as any of them is. */
const toIncident = (incidentId: string, members: readonly IncidentMember[]): Incident => {
  const open = members.filter(({ endedAt }) => endedAt === undefined);
  return {
    incidentId,
    severity: severities.find((name) => members.some(({ severity }) => severity === name)) ?? 'low',
    startedAt: Math.min(...members.map(({ startedAt }) => startedAt)),
    ...(open.length > 0 ? {} : { endedAt: Math.max(...members.map(({ endedAt }) => endedAt ?? 0)) }),
    counts: {
      alerts: members.length,
      open: open.length,
      cameras: new Set(members.map(({ cameraId }) => cameraId)).size,
    },
    members: [...members],
  };
};

/** The incidents that members, in the order in which they were raised, make. */
export const toIncidents = (
  members: Iterable<readonly [incidentId: string, member: IncidentMember]>,
): Map<string, Incident> => {
  const groups = new Map<string, IncidentMember[]>();
  for (const [incidentId, member] of members) {
    const group = groups.get(incidentId);
    if (group) group.push(member);
    else groups.set(incidentId, [member]);
  }
  return new Map([...groups].map(([id, group]) => [id, toIncident(id, group)]));
};
