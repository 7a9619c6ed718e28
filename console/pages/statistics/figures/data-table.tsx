import type { Column } from './column.ts';

export interface DataTableProps<Row> {
  /** What it is about, for who hears it. */
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf(row: Row): string;
}

/** A table whose rows may be of any height and are all there, so that it can be printed and read out. */
export const DataTable = <Row,>({ label, columns, rows, keyOf }: DataTableProps<Row>) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys must be able to
  <div class="data-table" tabIndex={0} role="group" aria-label={label}>
    <table>
      <caption class="only-heard">{label}</caption>
      <thead>
        <tr>
          {columns.map(({ title, isNumber }) => (
            <th key={title} scope="col" class={isNumber ? 'number' : ''}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)}>
            {columns.map(({ title, isNumber, show, value }, index) =>
              index === 0 ? (
                <th key={title} scope="row">
                  {show ? show(row) : value(row)}
                </th>
              ) : (
                <td key={title} class={isNumber ? 'number' : ''}>
                  {show ? show(row) : (value(row) ?? '–')}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);
