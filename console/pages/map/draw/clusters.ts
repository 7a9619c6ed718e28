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
  byCondition: number[];
  alerts: number;
  /** Index into `severities` of the severest; their number where there is no alert. */
  rank: number;
}

export interface Cluster extends Facts {
  at: LonLat;
  count: number;
  clusterId: number;
}

/** What stands by itself, or a cluster with the index that it is of. */
export type Drawn = { spot: Spot; at: LonLat } | { cluster: Cluster; at: LonLat; of: Clusters };

type Box = [west: number, south: number, east: number, north: number];

const factsOf = ({ condition, alerts, severity }: Spot): Facts => ({
  byCondition: conditions.map((one) => (one === condition ? 1 : 0)),
  alerts,
  rank: severity === undefined ? severities.length : severities.indexOf(severity),
});

const add = (sum: Facts, more: Facts): void => {
  // What came out of `map` or of a nearer cluster belongs to that: it is not to be changed.
  sum.byCondition = sum.byCondition.map((count, index) => count + (more.byCondition[index] ?? 0));
  sum.alerts += more.alerts;
  sum.rank = Math.min(sum.rank, more.rank);
};

/** Spots that have a location, found by where somebody looks and from how far. */
export class Clusters {
  readonly #index = new Supercluster<{ spot: Spot }, Facts>({
    ...{ radius: radiusPx, extent: 256, maxZoom, minPoints },
    map: ({ spot }) => factsOf(spot),
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
                properties: { spot },
              },
            ],
      ),
    );
  }

  within(box: Box, zoom: number): Drawn[] {
    return this.#index.getClusters(box, Math.floor(zoom)).map(({ geometry, properties }): Drawn => {
      const at = geometry.coordinates as LonLat;
      if (!('cluster' in properties)) return { spot: properties.spot, at };
      const { byCondition, alerts, rank, point_count: count, cluster_id: clusterId } = properties;
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
