import type { ComponentChildren } from 'preact';
import { Button } from '../../../parts/button.tsx';
import { saveCsv, toCsv } from '../../../parts/csv.ts';
import { word } from '../words.ts';
import type { Column } from './column.ts';

export interface FigureProps<Row> {
  title: string;
  /** What it rests on and how it is to be read. */
  note?: ComponentChildren;
  /** What can be saved of it, and under which name. */
  saved?: { name: string; columns: readonly Column<Row>[]; rows: readonly Row[] };
  controls?: ComponentChildren;
  children: ComponentChildren;
}

/** One thing that is shown: what it is, what it rests on, and it as a file. */
export const Figure = <Row,>({ title, note, saved, controls, children }: FigureProps<Row>) => (
  <section class="figure" aria-label={title}>
    <header class="figure-head">
      <h2>{title}</h2>
      <div class="row">
        {controls}
        {saved && saved.rows.length > 0 && (
          <Button
            title={word('saveMore', { title })}
            onClick={() => saveCsv(`${saved.name}.csv`, toCsv(saved.columns, saved.rows))}
          >
            {word('save')}
          </Button>
        )}
      </div>
    </header>
    {note && <p class="muted figure-note">{note}</p>}
    {children}
  </section>
);
