/** Rows as lines, their columns as wide as their widest cell: the first to the left, numbers to the right. */
export const toTable = (rows: readonly (readonly string[])[]): string[] => {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
};

export const showShare = (value: number | null): string => (value === null ? '–' : value.toFixed(3));

/** Milliseconds as seconds. */
export const showSeconds = (ms: number | null): string => (ms === null ? '–' : (ms / 1000).toFixed(1));
