/** Pairs of row and column. */
export type Assignment = [row: number, column: number][];

type Table = (row: number, column: number) => number;

interface Potentials {
  /** The row (counted from 1; 0 is none) to which each column (counted from 1) belongs. */
  rowOf: Int32Array;
  ofRows: Float64Array;
  ofColumns: Float64Array;
}

/** The search for the cheapest path from one row to a free column. */
interface Search {
  shortest: Float64Array;
  cameFrom: Int32Array;
  isVisited: Uint8Array;
}

/** Looks on from `column` and names the nearest column not yet visited, with the distance to it. */
const lookOn = (column: number, cost: Table, state: Potentials, search: Search): [number, number] => {
  const row = state.rowOf[column] ?? 0;
  let nearest = 0;
  let distance = Number.POSITIVE_INFINITY;
  for (let next = 1; next < state.rowOf.length; next++) {
    if (search.isVisited[next]) continue;
    const reduced = cost(row - 1, next - 1) - (state.ofRows[row] ?? 0) - (state.ofColumns[next] ?? 0);
    if (reduced < (search.shortest[next] ?? 0)) {
      search.shortest[next] = reduced;
      search.cameFrom[next] = column;
    }
    if ((search.shortest[next] ?? 0) < distance) {
      distance = search.shortest[next] ?? 0;
      nearest = next;
    }
  }
  return [nearest, distance];
};

/** Lowers the reduced costs along the visited part by `distance`. */
const settle = (distance: number, { rowOf, ofRows, ofColumns }: Potentials, search: Search): void => {
  for (let column = 0; column < rowOf.length; column++) {
    if (search.isVisited[column]) {
      const row = rowOf[column] ?? 0;
      ofRows[row] = (ofRows[row] ?? 0) + distance;
      ofColumns[column] = (ofColumns[column] ?? 0) - distance;
    } else {
      search.shortest[column] = (search.shortest[column] ?? 0) - distance;
    }
  }
};

/** Gives `row` a column, moving rows that stand in the way along the cheapest path. */
const bringIn = (row: number, cost: Table, state: Potentials): void => {
  const { rowOf } = state;
  const search: Search = {
    shortest: new Float64Array(rowOf.length).fill(Number.POSITIVE_INFINITY),
    cameFrom: new Int32Array(rowOf.length),
    isVisited: new Uint8Array(rowOf.length),
  };
  rowOf[0] = row;
  let column = 0;
  do {
    search.isVisited[column] = 1;
    const [nearest, distance] = lookOn(column, cost, state, search);
    settle(distance, state, search);
    column = nearest;
  } while (rowOf[column] !== 0);
  while (column !== 0) {
    const previous = search.cameFrom[column] ?? 0;
    rowOf[column] = rowOf[previous] ?? 0;
    column = previous;
  }
};

/** Least total cost with every row paired; needs `rows` ≤ `columns`. */
const solve = (rows: number, columns: number, cost: Table): Assignment => {
  const state: Potentials = {
    rowOf: new Int32Array(columns + 1),
    ofRows: new Float64Array(rows + 1),
    ofColumns: new Float64Array(columns + 1),
  };
  for (let row = 1; row <= rows; row++) bringIn(row, cost, state);
  return [...state.rowOf.entries()]
    .slice(1)
    .flatMap(([column, row]): Assignment => (row > 0 ? [[row - 1, column - 1]] : []));
};

/**
 * Pairs rows with columns so that the sum of affinities is greatest; a pair without affinity (0 or less) is left
 * out. The Hungarian method in its shortest-augmenting-path form, O(shorter² · longer side) (Jonker and
 * Volgenant, "A shortest augmenting path algorithm", 1987). Affinities must be finite.
 */
export const assign = (rows: number, columns: number, affinity: Table): Assignment => {
  const cost: Table = (row, column) => -Math.max(0, affinity(row, column));
  const pairs =
    rows <= columns
      ? solve(rows, columns, cost)
      : solve(columns, rows, (column, row) => cost(row, column)).map(([column, row]): [number, number] => [
          row,
          column,
        ]);
  return pairs.filter(([row, column]) => affinity(row, column) > 0);
};
