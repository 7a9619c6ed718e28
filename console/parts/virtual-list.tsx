import type { ComponentChildren, Ref } from 'preact';
import { useEffect, useImperativeHandle, useRef, useState } from 'preact/hooks';

export interface VirtualListProps<Item> {
  items: readonly Item[];
  /** All rows are as high as this, in pixels. */
  rowHeight: number;
  keyOf(item: Item): string;
  renderRow(item: Item, index: number): ComponentChildren;
  label: string;
  role?: 'list' | 'rowgroup';
  /** Kept in sight when it changes. */
  shownIndex?: number | undefined;
  handle?: Ref<{ scrollTo(index: number): void }>;
}

/** Rows beyond either edge that are there before they are seen. */
const spare = 6;

/** The rows [first, end) to be there for what is in sight. */
export const rowsInSight = (
  count: number,
  rowHeight: number,
  scrollTop: number,
  height: number,
): { first: number; end: number } => {
  const first = Math.max(0, Math.min(count, Math.floor(scrollTop / rowHeight)) - spare);
  return { first, end: Math.min(count, Math.ceil((scrollTop + height) / rowHeight) + spare) };
};

/** A list of thousands of rows, of which only those in sight are there. */
export const VirtualList = <Item,>(props: VirtualListProps<Item>) => {
  const { items, rowHeight, keyOf, renderRow, label, role = 'list', shownIndex, handle } = props;
  const root = useRef<HTMLDivElement>(null);
  const [sight, setSight] = useState({ scrollTop: 0, height: 800 });
  // Only when other rows come into sight is anything made anew: between two of them the browser moves what is there.
  const look = (): void => {
    const element = root.current;
    if (!element) return;
    const { scrollTop, clientHeight: height } = element;
    setSight((now) => {
      const [before, after] = [now, { scrollTop, height: height || 800 }].map((one) =>
        rowsInSight(items.length, rowHeight, one.scrollTop, one.height),
      );
      const isSame = before?.first === after?.first && before?.end === after?.end;
      return isSame ? now : { scrollTop, height: height || 800 };
    });
  };
  const scrollTo = (index: number): void => {
    const element = root.current;
    if (!element) return;
    const top = index * rowHeight;
    if (top < element.scrollTop) element.scrollTop = top;
    const over = top + rowHeight - element.scrollTop - element.clientHeight;
    if (over > 0) element.scrollTop += over;
  };
  useImperativeHandle(handle ?? null, () => ({ scrollTo }));
  useEffect(() => {
    look();
    const observer = new ResizeObserver(look);
    if (root.current) observer.observe(root.current);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (shownIndex !== undefined && shownIndex >= 0) scrollTo(shownIndex);
  }, [shownIndex]);
  const { first, end } = rowsInSight(items.length, rowHeight, sight.scrollTop, sight.height);
  return (
    <div class="virtual-list" ref={root} onScroll={look} role={role} {...{ 'aria-label': label }}>
      <div class="virtual-list-all" role="presentation" style={{ height: `${items.length * rowHeight}px` }}>
        {items.slice(first, end).map((item, offset) => (
          <div
            key={keyOf(item)}
            class="virtual-list-row"
            role={role === 'list' ? 'listitem' : 'presentation'}
            style={{ height: `${rowHeight}px`, transform: `translateY(${(first + offset) * rowHeight}px)` }}
          >
            {renderRow(item, first + offset)}
          </div>
        ))}
      </div>
    </div>
  );
};
