import Supercluster from 'supercluster';
import { severities } from '../../../../core/schema/severity.ts';
import type { LonLat } from '../ground/shift.ts';
import { type Condition, conditions, type Spot } from '../spots/spots.ts';

/** Spots nearer to each other than this many pixels are drawn as one. */
const radiusPx = 44;
/** From the zoom after this one on, every spot is drawn by itself. */
const maxZoom = 17;
/** Two or three beside each other say more than a number does. */
const minPoints = 4;

/** What is told of many spots at once. */
interface Facts {
  /** How many do so, by their place in `conditions`. */
  byCondition: readonly number[];
  alerts: number;
  /** Index into `severities` of the severest; their number where there is no alert. */
  rank: number;
}

/** The same as numbers alone, all of one shape: the index copies them for each cluster, and adds each spot in it up. */
interface Sums extends Pick<Facts, 'alerts' | 'rank'>, Record<Condition, number> {
  spot: Spot;
}

export interface Cluster extends Facts {
  at: LonLat;
  count: number;
  clusterId: number;
}

/** What stands by itself, or a cluster with the index that it is of. */
export type Drawn = { spot: Spot; at: LonLat } | { cluster: Cluster; at: LonLat; of: Clusters };

type Box = [west: number, south: number, east: number, north: number];

const sumsOf = (spot: Spot): Sums => {
  const { condition, alerts, severity } = spot;
  const rank = severity === undefined ? severities.length : severities.indexOf(severity);
  const counts = { awake: 0, dormant: 0, unusable: 0, dead: 0, off: 0, unknown: 0 };
  const sums: Sums = { spot, alerts, rank, ...counts };
  if (condition !== undefined) sums[condition] = 1;
  return sums;
};

const add = (sum: Sums, more: Sums): void => {
  for (const one of conditions) sum[one] += more[one];
  sum.alerts += more.alerts;
  if (more.rank < sum.rank) sum.rank = more.rank;
};

/** Spots that have a location, found by where somebody looks and from how far. */
export class Clusters {
  readonly #index = new Supercluster<Sums, Sums>({
    ...{ radius: radiusPx, extent: 256, maxZoom, minPoints },
    // The same object: then it is copied before anything is added to it.
    map: (sums) => sums,
    reduce: add,
  });

  constructor(spots: readonly Spot[]) {
    this.#index.load(
      spots.flatMap((spot) =>
        spot.at === undefined
          ? []
          : [
              {
                type: 'Feature' as const,
                geometry: { type: 'Point' as const, coordinates: spot.at },
                properties: sumsOf(spot),
              },
            ],
      ),
    );
  }

  within(box: Box, zoom: number): Drawn[] {
    return this.#index.getClusters(box, Math.floor(zoom)).map(({ geometry, properties }): Drawn => {
      const at = geometry.coordinates as LonLat;
      if (!('cluster' in properties)) return { spot: properties.spot, at };
      const { alerts, rank, point_count: count, cluster_id: clusterId } = properties;
      const byCondition = conditions.map((one) => properties[one]);
      return { cluster: { at, count, clusterId, byCondition, alerts, rank }, at, of: this };
    });
  }

  /** The zoom from which on it is no longer one. */
  zoomInto({ clusterId }: Cluster): number {
    return this.#index.getClusterExpansionZoom(clusterId);
  }
}

/** How many of a cluster's cameras do so. */
export const countOf = ({ byCondition }: Pick<Facts, 'byCondition'>, condition: Condition): number =>
  byCondition[conditions.indexOf(condition)] ?? 0;
