import type { ComponentChildren } from 'preact';
import { VirtualList } from './virtual-list.tsx';

export interface Column<Item> {
  key: string;
  title: string;
  /** A CSS grid track: `8rem`, `1fr`. */
  width: string;
  render(item: Item): ComponentChildren;
}

export interface TableProps<Item> {
  label: string;
  columns: readonly Column<Item>[];
  items: readonly Item[];
  keyOf(item: Item): string;
  /** In pixels; 48 unless said. */
  rowHeight?: number;
  /** A row that was pressed, by mouse or Enter. */
  onOpen?: (item: Item) => void;
  isChosen?: (item: Item) => boolean;
}

/** A table of any length; only the rows in sight are there. */
export const Table = <Item,>(props: TableProps<Item>) => {
  const { label, columns, items, keyOf, rowHeight = 48, onOpen, isChosen } = props;
  const gridTemplateColumns = columns.map(({ width }) => width).join(' ');
  const cells = (item: Item) =>
    columns.map(({ key, render }) => (
      <div key={key} role="cell" class="table-cell">
        {render(item)}
      </div>
    ));
  return (
    <div class="table" role="table" aria-label={label} aria-rowcount={items.length}>
      <div class="table-head" role="row" style={{ gridTemplateColumns }}>
        {columns.map(({ key, title }) => (
          <div key={key} role="columnheader">
            {title}
          </div>
        ))}
      </div>
      <VirtualList
        {...{ items, rowHeight, keyOf, label }}
        role="rowgroup"
        renderRow={(item, index) => (
          <div
            role="row"
            aria-rowindex={index + 1}
            class={isChosen?.(item) ? 'table-row chosen' : 'table-row'}
            style={{ gridTemplateColumns }}
            {...(onOpen
              ? {
                  tabIndex: 0,
                  onClick: () => onOpen(item),
                  onKeyDown: (event: KeyboardEvent) => event.key === 'Enter' && onOpen(item),
                }
              : {})}
          >
            {cells(item)}
          </div>
        )}
      />
    </div>
  );
};
