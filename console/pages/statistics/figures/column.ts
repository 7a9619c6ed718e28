import type { ComponentChildren } from 'preact';
import type { CsvColumn } from '../../../parts/csv.ts';

/** A column of a table, and of the file that it is saved as. */
export interface Column<Row> extends CsvColumn<Row> {
  /** As the screen has it; the value itself unless said. */
  show?(row: Row): ComponentChildren;
  isNumber?: boolean;
}
