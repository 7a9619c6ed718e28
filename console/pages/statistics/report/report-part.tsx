import type { ComponentChildren } from 'preact';

/** One part of the paper; it is not torn apart between two pages where it fits on one. */
export const ReportPartOf = ({ title, children }: { title: string; children: ComponentChildren }) => (
  <section class="paper-part">
    <h3>{title}</h3>
    {children}
  </section>
);
