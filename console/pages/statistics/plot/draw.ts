import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { PlotProps } from './plot-data.ts';
import { toOptions } from './plot-options.ts';

export interface Drawn {
  /** Moves what is read by so many steps, from either end when nothing was read. */
  move(by: number): void;
  close(): void;
}

/** Draws a plot into an element, as wide as that is. */
export const draw = (
  element: HTMLElement,
  props: PlotProps,
  onRead: (index: number | undefined) => void,
): Drawn => {
  const seconds = props.at.map((at) => at / 1000);
  const data: uPlot.AlignedData = [seconds, ...props.series.map(({ values }) => values)];
  const plot = new uPlot(toOptions(props, element.clientWidth, onRead), data, element);
  const observer = new ResizeObserver(() => {
    if (element.clientWidth > 0 && element.clientWidth !== plot.width)
      plot.setSize({ width: element.clientWidth, height: plot.height });
  });
  observer.observe(element);
  return {
    move: (by) => {
      const before = plot.cursor.idx ?? (by > 0 ? -1 : seconds.length);
      const index = Math.max(0, Math.min(seconds.length - 1, before + by));
      plot.setCursor({ left: plot.valToPos(seconds[index] ?? 0, 'x'), top: 10 });
    },
    close: () => {
      observer.disconnect();
      plot.destroy();
    },
  };
};
