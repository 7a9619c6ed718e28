import { isWithin } from '../../api/auth/principal.ts';
import type {
  AlertPage,
  AlertQuery,
  AuditPage,
  AuditQuery,
  HistoryStatistics,
  HourCountQuery,
  IncidentPage,
  IncidentQuery,
  LineCountQuery,
  LineCountSum,
  QuarterCountQuery,
  ResponseQuery,
  SeriesQuery,
  StatisticsSpan,
  TrackCount,
  TrackCountQuery,
  WatchedQuery,
} from '../../api/history/index.ts';
import type { Alert } from '../../core/schema/alert.ts';
import type { Incident } from '../../core/schema/incident.ts';
import { ScriptedHistory } from '../fixtures/api/scripted-history.ts';
import type { Township } from './township.ts';

/** A history of several townships that answers of the asked ground alone, and remembers whose it was asked for. */
export class GroundHistory extends ScriptedHistory {
  readonly grounds: string[] = [];
  readonly #towns: readonly Township[];

  constructor(towns: readonly Township[]) {
    super();
    this.#towns = towns;
  }

  override async alert(alertId: string, placePrefix: string): Promise<Alert | undefined> {
    this.grounds.push(placePrefix);
    return super.alert(alertId, placePrefix);
  }

  override async alerts(query: AlertQuery): Promise<AlertPage> {
    this.grounds.push(query.placePrefix);
    return super.alerts(query);
  }

  override async incidents(query: IncidentQuery): Promise<IncidentPage> {
    this.grounds.push(query.placePrefix);
    return super.incidents(query);
  }

  override async incident(incidentId: string, placePrefix: string): Promise<Incident | undefined> {
    this.grounds.push(placePrefix);
    return super.incident(incidentId, placePrefix);
  }

  override async trackCounts(query: TrackCountQuery): Promise<TrackCount[]> {
    return this.#camerasIn(query.placePrefix).map((key) => ({
      key,
      label: 'person',
      at: query.from,
      count: 3,
    }));
  }

  override async lineCounts(query: LineCountQuery): Promise<LineCountSum[]> {
    const which = { label: 'person', direction: 'forward', at: query.from, count: 3 } as const;
    return this.#townsIn(query.placePrefix).map(({ tag }) => ({
      cameraId: `${tag}-gate`,
      lineId: `${tag}-line`,
      ...which,
    }));
  }

  override async audit(query: AuditQuery): Promise<AuditPage> {
    this.grounds.push(query.placePrefix);
    const page = await super.audit(query);
    const isMine = (place: string | undefined): boolean =>
      place === undefined ? query.withPlaceless : isWithin(place, query.placePrefix);
    return { ...page, records: page.records.filter(({ entry }) => isMine(entry.place)) };
  }

  override readonly statistics: HistoryStatistics = {
    responseTimes: async (query: ResponseQuery) =>
      this.#townsIn(query.placePrefix).map(({ village }) => ({
        ...{
          place: village,
          step: 'acknowledged',
          raised: 2,
          reached: 1,
          due: 2,
          inTime: 1,
          medianMs: 9000,
          p95Ms: 9000,
        },
      })),
    falseAlarms: async (query: StatisticsSpan) =>
      this.#townsIn(query.placePrefix).map(({ tag }) => ({
        ...{ scenarioId: `${tag}-night`, cameraId: `${tag}-gate`, raised: 5, judged: 4, falseAlarms: 1 },
        reasons: [{ reason: 'animal', count: 1 }],
      })),
    series: async (query: SeriesQuery) =>
      this.#townsIn(query.placePrefix).map(({ tag }) => ({
        ...{ key: `${tag}-gate`, at: query.from, raised: 5, judged: 4, falseAlarms: 1 },
        ...{ answered: 3, answerMedianMs: 9000, resolved: 0 },
      })),
    hourCounts: async (query: HourCountQuery) =>
      this.#townsIn(query.placePrefix).map(({ tag }) => ({ key: `${tag}-gate`, hour: 3, count: 3 })),
    // Its camera was looked for in the asker's ground before.
    quarterCounts: async ({ from }: QuarterCountQuery) => {
      if (this.failure) throw this.failure;
      return [{ at: from, count: 3, minutes: 15 }];
    },
    watchedSums: async ({ cameraIds }: WatchedQuery) => ({
      since: 0,
      cameras: cameraIds.map((cameraId) => ({ cameraId, minutes: 45 })),
    }),
  } as HistoryStatistics;

  #camerasIn(prefix: string): string[] {
    return this.#townsIn(prefix).map(({ tag }) => `${tag}-gate`);
  }

  #townsIn(prefix: string): readonly Township[] {
    this.grounds.push(prefix);
    if (this.failure) throw this.failure;
    return this.#towns.filter(({ village }) => isWithin(village, prefix));
  }
}
