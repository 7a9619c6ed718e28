import type { ComponentChildren } from 'preact';

export interface ShortColumn<Item> {
  key: string;
  title: string;
  isNumber?: boolean;
  render(item: Item): ComponentChildren;
}

export interface ShortTableProps<Item> {
  label: string;
  columns: readonly ShortColumn<Item>[];
  items: readonly Item[];
  keyOf(item: Item): string;
}

const alignment = (isNumber = false): string => (isNumber ? 'is-number' : '');

/** A table of some dozens of rows, all of them there and as high as what is in them; `Table` is for more. */
export const ShortTable = <Item,>({ label, columns, items, keyOf }: ShortTableProps<Item>) => (
  <div class="short-table-frame">
    <table class="short-table" aria-label={label}>
      <thead>
        <tr>
          {columns.map(({ key, title, isNumber }) => (
            <th key={key} scope="col" class={alignment(isNumber)}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={keyOf(item)}>
            {columns.map(({ key, render, isNumber }) => (
              <td key={key} class={alignment(isNumber)}>
                {render(item)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);
