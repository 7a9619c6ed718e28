import type { DropReason } from '../../core/schema/health.ts';
import { cutTo, padTo } from '../../core/terminal-text.ts';
import type { ShownCamera } from './api-client.ts';

export interface ViewState {
  title: string;
  api: string;
  elapsedSeconds: number;
  cameras: readonly ShownCamera[];
  /** Newest first. */
  alertLines: readonly string[];
  alertCount: number;
  placeName: (code: string) => string;
}

const alertRows = 12;
const bold = '\u001b[1m';
const dim = '\u001b[2m';
const green = '\u001b[32m';
const red = '\u001b[31m';
const yellow = '\u001b[33m';
const reset = '\u001b[0m';

/** The live picture as the lines of a terminal `columns` wide and `rows` high. */
export const drawView = (state: ViewState, columns: number, rows: number): string[] => {
  const { title, api, elapsedSeconds, cameras, alertLines, alertCount, placeName } = state;
  const cores = cameras.reduce((sum, { status }) => sum + (status?.costCores ?? 0), 0);
  const lost = (reason: DropReason): number =>
    cameras.reduce((sum, { status }) => sum + (status?.dropped[reason] ?? 0), 0);
  const live = cameras.filter(({ state: cameraState }) => cameraState === 'live').length;
  const head = [
    `${bold}雪亮 Xueliang${reset}  ${title}  ${dim}${formatElapsed(elapsedSeconds)}${reset}`,
    `${bold}${api}${reset}  ${live}/${cameras.length} cameras live  ${cores.toFixed(2)} cores  ${alertCount} alerts`,
    `${dim}frames not looked at: ${lost('behind')} behind, ${lost('detector-busy')} detector busy, ${lost('shed')} shed${reset}`,
    '',
    `${dim}${row(['PLACE', 'CAMERA', 'STATE', 'TIER', 'FPS', 'LOOKS/s', 'COST', 'RING'])}${reset}`,
  ];
  const table = cameras.map((camera) => cameraRow(camera, placeName));
  const shown = Math.max(3, Math.min(alertRows, rows - head.length - table.length - 4));
  const alerts = alertLines.slice(0, shown);
  const tail = [
    '',
    `${bold}预警 alerts${reset}`,
    ...(alerts.length > 0 ? alerts : [`${dim}none yet${reset}`]),
  ];
  return [...head, ...table, ...tail].slice(0, Math.max(1, rows - 1)).map((line) => cutTo(line, columns));
};

const cameraRow = (
  { name, place, state, status }: ShownCamera,
  placeName: (code: string) => string,
): string => {
  const colour = state === 'live' ? green : state === 'lost' || state === 'unknown' ? red : yellow;
  const cells = row([
    placeName(place),
    name,
    status?.cause ?? state,
    status?.degraded ? `↓${status.degraded.to}` : (status?.tier ?? ''),
    status ? status.streamFps.toFixed(0) : '',
    status ? status.detectFps.toFixed(1) : '',
    status ? `${(status.costCores * 100).toFixed(1)} %` : '',
    status ? `${status.ringSeconds.toFixed(0)} s ${(status.ringBytes / 1024 ** 2).toFixed(1)} MB` : '',
  ]);
  return status?.tier === 'awake' ? `${colour}${cells}${reset}` : `${colour}${dim}${cells}${reset}`;
};

const widths = [16, 18, 14, 10, 5, 9, 9, 14];

const row = (cells: readonly string[]): string =>
  cells.map((cell, index) => padTo(cell, widths[index] ?? 10)).join(' ');

const formatElapsed = (seconds: number): string =>
  `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
