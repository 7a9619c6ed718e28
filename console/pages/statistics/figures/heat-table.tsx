import { word } from '../words.ts';
import { type HeatRow, heatOf, type toHeatRows } from './heat.ts';

export interface HeatTableProps {
  label: string;
  /** What its rows are. */
  of: string;
  heat: ReturnType<typeof toHeatRows>;
  nameOf(key: string): string;
}

/** Counts by hour of the day; the number stands in every cell, so that its colour says nothing that it does not. */
export const HeatTable = ({ label, of, heat, nameOf }: HeatTableProps) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys must be able to
  <div class="data-table heat-table" tabIndex={0} role="group" aria-label={label}>
    <table>
      <caption class="only-heard">{label}</caption>
      <thead>
        <tr>
          <th scope="col">{of}</th>
          {heat.sums.hours.map((_, hour) => (
            <th key={String(hour)} scope="col" class="number">
              {String(hour).padStart(2, '0')}
            </th>
          ))}
          <th scope="col" class="number">
            {word('total')}
          </th>
        </tr>
      </thead>
      <tbody>
        {heat.rows.map((row) => (
          <Row key={row.key} row={row} name={nameOf(row.key)} max={heat.max} />
        ))}
        <Row row={heat.sums} name={word('total')} max={0} />
      </tbody>
    </table>
  </div>
);

const Row = ({ row, name, max }: { row: HeatRow; name: string; max: number }) => (
  <tr>
    <th scope="row">{name}</th>
    {row.hours.map((count, hour) => (
      <td
        key={String(hour)}
        class={`number heat-${heatOf(count, max)}`}
        title={word('heatCell', { name, hour, next: hour + 1, count })}
      >
        {count === 0 ? '' : count}
      </td>
    ))}
    <td class="number heat-total">{row.total}</td>
  </tr>
);
