import { type Clock, runEvery } from '../../core/runtime/clock.ts';
import type { Place } from '../../core/schema/place.ts';
import { AlertLines } from './alert-lines.ts';
import { fetchCameras, followAlerts, type ShownCamera } from './api-client.ts';
import { drawView } from './terminal-view.ts';

export interface ShowOptions {
  api: string;
  title: string;
  places: readonly Place[];
  clock: Clock;
  signal: AbortSignal;
  /** Prints a line beside the result. */
  say: (line: string) => void;
}

const keptLines = 100;
const redrawEveryMs = 1000;
/** Alternate screen, cursor hidden; and back. */
const enter = '\u001b[?1049h\u001b[?25l';
const leave = '\u001b[?25h\u001b[?1049l';
const home = '\u001b[H';
const clearLine = '\u001b[K';
const clearBelow = '\u001b[J';

const placeNames = (places: readonly Place[]) => {
  const names = new Map(places.map(({ code, name }) => [code, name]));
  return (code: string): string => names.get(code) ?? code;
};

/** One line an alert on standard output, for a pipe or a file, until `signal` aborts. */
export const showLines = async ({ api, places, clock, signal, say }: ShowOptions): Promise<void> => {
  const placeName = placeNames(places);
  say(`api       ${api}`);
  process.stdout.on('error', () => undefined); // a reader such as `head` may leave first
  const lines = new AlertLines(placeName);
  await followAlerts(api, clock, signal, (event) => {
    const line = lines.of(event);
    if (line !== undefined) process.stdout.write(`${line}\n`);
  });
};

/** The live picture: cameras, and alerts as they are raised, until `signal` aborts. */
export const showLive = async ({ api, title, places, clock, signal }: ShowOptions): Promise<void> => {
  const placeName = placeNames(places);
  const startedAt = clock.monotonic();
  let cameras: ShownCamera[] = [];
  const lines = new AlertLines(placeName);
  let alertLines: string[] = [];
  let alertCount = 0;
  const draw = (): void => {
    const elapsedSeconds = (clock.monotonic() - startedAt) / 1000;
    const { columns = 120, rows = 40 } = process.stdout;
    const lines = drawView(
      { title, api, elapsedSeconds, cameras, alertLines, alertCount, placeName },
      columns,
      rows,
    );
    process.stdout.write(`${home}${lines.map((line) => `${line}${clearLine}`).join('\n')}${clearBelow}`);
  };
  process.stdout.write(enter);
  try {
    await Promise.all([
      followAlerts(api, clock, signal, (event) => {
        const line = lines.of(event);
        if (line === undefined) return;
        if (event.type === 'raised') alertCount++;
        alertLines = [line, ...alertLines].slice(0, keptLines);
        draw();
      }),
      runEvery(clock, redrawEveryMs, signal, async () => {
        cameras = await fetchCameras(api, signal).catch(() => cameras); // the API restarts: the last is shown until then
        draw();
      }),
    ]);
  } finally {
    process.stdout.write(leave);
    for (const line of alertLines.toReversed()) process.stdout.write(`${line}\n`);
  }
};
