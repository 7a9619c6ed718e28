import type { ComponentChildren } from 'preact';

/** A column of a table, and of the file that it is saved as. */
export interface Column<Row> {
  title: string;
  /** As a file has it: numbers bare; undefined: not known. */
  value(row: Row): string | number | undefined;
  /** As the screen has it; the value itself unless said. */
  show?(row: Row): ComponentChildren;
  isNumber?: boolean;
}
