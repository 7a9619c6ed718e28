import type { AlertEvent, RaisedAlert } from '../../core/schema/alert.ts';
import type { Camera } from '../../core/schema/camera.ts';
import { belongsTogether, type Happening } from './belongs-together.ts';

/** That an alert belongs to an incident. */
export interface Joining extends Pick<AlertEvent, 'alertId' | 'cameraId' | 'place'> {
  incidentId: string;
}

export interface IncidentBookOptions {
  findCamera: (cameraId: string) => Camera | undefined;
  /** An alert was put out of mind before its time, because there are too many. */
  onLetGo: () => void;
  maxAlerts?: number;
}

interface Entry extends Happening, Pick<AlertEvent, 'cameraId' | 'place'> {
  incidentId?: string;
}

/** An incident that goes on longer than this is no longer one event that somebody can handle. */
export const maxIncidentMs = 3_600_000;
const maxMembers = 200;
/** Alerts of the last hour that are kept in mind. */
const defaultMaxAlerts = 5000;

/**
 * Which alerts belong together. It knows what the bus stream says and no more, so whoever reads the stream from its
 * beginning decides the same again; what was said to have joined stays where it is.
 */
export class IncidentBook {
  readonly #options: Required<IncidentBookOptions>;
  /** In the order in which they came. */
  readonly #entries = new Map<string, Entry>();
  readonly #members = new Map<string, number>();
  /** Decided and not yet on the bus. */
  readonly #pending = new Map<string, Joining>();

  constructor(options: IncidentBookOptions) {
    this.#options = { maxAlerts: defaultMaxAlerts, ...options };
  }

  /** What is still to be said, in order. */
  get pending(): readonly Joining[] {
    return [...this.#pending.values()];
  }

  take(event: AlertEvent): void {
    if (event.type === 'raised') this.#begin(event.alert);
    const entry = this.#entries.get(event.alertId);
    if (!entry) return;
    if (event.type === 'ended') entry.overAt = event.at;
    else if (event.type === 'resumed') delete entry.overAt;
    else if (event.type === 'joined') {
      this.#assign(entry, event.incidentId);
      this.#pending.delete(entry.alertId);
    }
  }

  /** It is on the bus, or never will be. */
  settle({ alertId }: Joining): void {
    this.#pending.delete(alertId);
  }

  /** Leaves out what is older than an incident lasts: nobody waits for it any more. */
  dropPendingBefore(raisedAt: number): void {
    for (const alertId of this.#pending.keys()) {
      if ((this.#entries.get(alertId)?.raisedAt ?? 0) < raisedAt) this.#pending.delete(alertId);
    }
  }

  #begin(alert: RaisedAlert): void {
    if (this.#entries.has(alert.alertId)) return;
    this.#forget(alert.raisedAt - maxIncidentMs);
    const entry = this.#toEntry(alert);
    const first = this.#findFirst(entry);
    this.#entries.set(entry.alertId, entry);
    if (!first) return;
    if (first.incidentId === undefined) this.#join(first, first.alertId);
    this.#join(entry, first.incidentId ?? first.alertId);
  }

  /** Of those that it belongs to, the one whose incident is, or would be, the oldest. */
  #findFirst(entry: Entry): Entry | undefined {
    let first: Entry | undefined;
    for (const earlier of this.#entries.values()) {
      const isEarlier = !first || incidentOf(earlier) < incidentOf(first);
      if (isEarlier && this.#hasRoom(earlier, entry) && belongsTogether(earlier, entry)) first = earlier;
    }
    return first;
  }

  #hasRoom(earlier: Entry, entry: Entry): boolean {
    const incidentId = incidentOf(earlier);
    const first = this.#entries.get(incidentId); // forgotten only when it is older than an incident lasts
    if (!first || entry.raisedAt - first.raisedAt > maxIncidentMs) return false;
    return (this.#members.get(incidentId) ?? 1) < maxMembers;
  }

  #join(entry: Entry, incidentId: string): void {
    this.#assign(entry, incidentId);
    const { alertId, cameraId, place } = entry;
    this.#pending.set(alertId, { alertId, cameraId, place, incidentId });
  }

  #assign(entry: Entry, incidentId: string): void {
    if (entry.incidentId === incidentId) return;
    const before = entry.incidentId;
    if (before !== undefined) this.#members.set(before, (this.#members.get(before) ?? 1) - 1);
    entry.incidentId = incidentId;
    this.#members.set(incidentId, (this.#members.get(incidentId) ?? 0) + 1);
  }

  #forget(before: number): void {
    for (const { alertId, raisedAt } of this.#entries.values()) {
      const isOld = raisedAt < before;
      if (!isOld && this.#entries.size < this.#options.maxAlerts) break;
      if (!isOld) this.#options.onLetGo();
      this.#entries.delete(alertId);
      this.#members.delete(alertId);
      this.#pending.delete(alertId);
    }
  }

  #toEntry(alert: RaisedAlert): Entry {
    const {
      alertId,
      cameraId,
      otherCameras = [],
      place,
      kind,
      raisedAt,
      capturedAt,
      startedAt,
      facts,
    } = alert;
    return {
      ...{ alertId, cameraId, place, kind, raisedAt },
      cameraIds: [cameraId, ...otherCameras],
      spot: this.#options.findCamera(cameraId) ?? { place },
      parts: facts.parts ?? [],
      begunAt: raisedAt - Math.max(0, capturedAt - startedAt),
    };
  }
}

/** The incident that an alert belongs to, or would begin. */
const incidentOf = ({ alertId, incidentId }: Entry): string => incidentId ?? alertId;
