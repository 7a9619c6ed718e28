import type { ComponentChildren } from 'preact';

export interface PanelProps {
  title: string;
  /** What stands at the end of its head. */
  aside?: ComponentChildren;
  children: ComponentChildren;
}

/** A part of a page under a heading of its own. */
export const Panel = ({ title, aside, children }: PanelProps) => (
  <section class="panel" aria-label={title}>
    <header class="panel-head">
      <h2>{title}</h2>
      {aside && <div class="row">{aside}</div>}
    </header>
    {children}
  </section>
);
