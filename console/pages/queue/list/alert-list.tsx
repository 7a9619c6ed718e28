import { useEffect, useState } from 'preact/hooks';
import { Empty, Failure, Loading } from '../../../parts/states.tsx';
import { VirtualList } from '../../../parts/virtual-list.tsx';
import { isLoaded, loadFailure, loadQueue } from '../queue-store.ts';
import { searchText, selectedId, selectedIndex, shownRows } from '../selection.ts';
import { word } from '../words.ts';
import { AlertRow } from './alert-row.tsx';
import { NothingOpen } from './nothing-open.tsx';

const rowRems = 6.5;

const rootFontPx = (): number => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;

/** The open alerts, the most pressing first. */
export const AlertList = () => {
  const [fontPx, setFontPx] = useState(rootFontPx);
  useEffect(() => {
    const onResize = (): void => setFontPx(rootFontPx());
    addEventListener('resize', onResize);
    return () => removeEventListener('resize', onResize);
  }, []);
  const list = shownRows.value;
  if (!isLoaded.value)
    return loadFailure.value === undefined ? (
      <Loading />
    ) : (
      <Failure failure={loadFailure.value} onRetry={() => void loadQueue()} />
    );
  if (list.length === 0 && searchText.value !== '')
    return <Empty icon="search" title={word('noMatch', { text: searchText.value })} />;
  if (list.length === 0) return loadFailure.value === undefined ? <NothingOpen /> : null;
  return (
    <VirtualList
      items={list}
      rowHeight={Math.round(rowRems * fontPx)}
      keyOf={({ alert }) => alert.alertId}
      label={word('title')}
      shownIndex={selectedIndex.value}
      renderRow={(row) => <AlertRow row={row} isChosen={row.alert.alertId === selectedId.value} />}
    />
  );
};
