import type { OpenedPage } from './browser.ts';
import { type FrameCosts, frameMark, type TraceEvent, toFrameCosts } from './frame-costs.ts';
import { type FrameTimes, toFrameTimes } from './frames.ts';

export interface WatchedFrames {
  times: FrameTimes;
  costs: FrameCosts;
}

const categories = ['devtools.timeline', 'blink.user_timing', 'v8', 'disabled-by-default-v8.gc'];

/** Notes every frame of the page, marked in its trace, while `act` lasts. */
export const watchFrames = async (
  { page, devTools, context }: OpenedPage,
  act: () => Promise<unknown>,
): Promise<WatchedFrames> => {
  void context;
  const trace: TraceEvent[] = [];
  const onData = ({ value }: { value: object[] }): void => {
    trace.push(...(value as TraceEvent[]));
  };
  devTools.on('Tracing.dataCollected', onData);
  await devTools.send('Tracing.start', { traceConfig: { includedCategories: categories } });
  const moments = page.evaluate((name) => {
    const seen: number[] = [];
    return new Promise<number[]>((resolve) => {
      addEventListener('bench-over', () => resolve(seen), { once: true });
      const note = (at: number): void => {
        seen.push(at);
        performance.mark(name);
        requestAnimationFrame(note);
      };
      requestAnimationFrame(note);
    });
  }, frameMark);
  await act();
  await page.evaluate(() => dispatchEvent(new Event('bench-over')));
  const times = toFrameTimes(await moments);
  const complete = new Promise<void>((resolve) => {
    devTools.once('Tracing.tracingComplete', () => resolve());
  });
  await devTools.send('Tracing.end');
  await complete;
  devTools.off('Tracing.dataCollected', onData);
  return { times, costs: toFrameCosts(trace) };
};
