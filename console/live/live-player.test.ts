import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { LiveConnectionEvents } from './live-connection.ts';
import { LivePlayer, type PlayerParts } from './live-player.ts';
import type { LiveState } from './live-state.ts';
import type { Picture, PictureEvents } from './picture.ts';
import type { LiveStart } from './told.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const start = (codec = 'avc1.42c01e'): LiveStart => ({
  ...{ type: 'start', codec, width: 4, height: 3, startedAt: 1_000_000, mediaSeconds: 0 },
});

/** A player over connections and pictures that a test speaks for. */
const scripted = (playable = true) => {
  const opened: { isMpeg1: boolean; isOpen: boolean; events: LiveConnectionEvents }[] = [];
  const pictures: { kind: string; isOpen: boolean; bytes: number; events: PictureEvents }[] = [];
  const states: LiveState[] = [];
  const shown: number[] = [];
  const picture = (kind: string, events: PictureEvents): Picture => {
    const one = { kind, isOpen: true, bytes: 0, events };
    pictures.push(one);
    return {
      element: document.createElement('video'),
      put: ({ byteLength }) => {
        one.bytes += byteLength;
      },
      close: () => {
        one.isOpen = false;
      },
    };
  };
  const parts: PlayerParts = {
    connect: (_cameraId, isMpeg1, events) => {
      const one = { isMpeg1, isOpen: true, events };
      opened.push(one);
      return () => {
        one.isOpen = false;
      };
    },
    canPlay: () => playable,
    openMse: (_start, events) => picture('mse', events),
    openMpeg1: async (_start, events) => picture('mpeg1', events),
    backOffMs: () => 1000,
  };
  const host = document.createElement('div');
  const player = new LivePlayer(
    'gate-1',
    host,
    {
      onState: (state) => states.push(state),
      onTier: () => undefined,
      onShown: (_seconds, capturedAt) => shown.push(capturedAt),
    },
    parts,
  );
  const names = () => states.map(({ name }) => name);
  const last = () => ({ connection: opened.at(-1), picture: pictures.at(-1) });
  return { player, host, opened, pictures, states, shown, names, last };
};

test('a picture is live when it is shown, not when it is connected', () => {
  const { last, names, shown } = scripted();

  last().connection?.events.onTold(start());
  expect(names()).toEqual(['connecting']);
  last().picture?.events.onShown(2.5);

  expect(names()).toEqual(['connecting', 'live']);
  expect(shown).toEqual([1_002_500]);
});

test('regression: a picture that stands still is not called live, and the connection begins anew', () => {
  const { last, names, opened } = scripted();
  last().connection?.events.onTold(start());
  last().picture?.events.onShown(1);

  vi.advanceTimersByTime(3500);
  expect(names().at(-1)).toBe('stalled');
  vi.advanceTimersByTime(12_000);

  expect(opened.map(({ isOpen }) => isOpen)).toEqual([false, true]);
  expect(names().at(-1)).toBe('stalled');
});

test('a dead camera shows no picture and says why; it is woken when it is said to be back', () => {
  const { player, host, last, states, opened, pictures } = scripted();
  last().connection?.events.onTold(start());
  last().picture?.events.onShown(1);

  last().connection?.events.onGone('camera-dark: since noon');

  expect(states.at(-1)).toEqual({ name: 'dead', reason: 'camera-dark: since noon' });
  expect(host.childElementCount).toBe(0);
  expect(pictures[0]?.isOpen).toBe(false);
  player.wake();
  expect(opened).toHaveLength(2);
});

test('a codec that the browser cannot play is asked for as MPEG-1', async () => {
  const { last, opened, pictures } = scripted(false);

  last().connection?.events.onTold(start('hvc1.1.6.L93.B0'));
  last().connection?.events.onTold(start('mpeg1'));
  await vi.advanceTimersByTimeAsync(0);
  last().connection?.events.onBytes(new ArrayBuffer(7));

  expect(opened.map(({ isMpeg1, isOpen }) => [isMpeg1, isOpen])).toEqual([
    [false, false],
    [true, true],
  ]);
  expect(pictures.map(({ kind, bytes }) => [kind, bytes])).toEqual([['mpeg1', 7]]);
});

test('whoever may not watch is told so, and asks no more', () => {
  const { last, states, opened } = scripted();

  last().connection?.events.onGone('signed-out: you may not see this camera any more');
  vi.advanceTimersByTime(60_000);

  expect(states.at(-1)).toEqual({ name: 'refused', code: 'signed-out' });
  expect(opened).toHaveLength(1);
});

test('a camera that is coded anew gets a new picture, and a late word of the old one is not heard', () => {
  const { last, pictures, names } = scripted();
  last().connection?.events.onTold(start());
  const [old] = pictures;

  last().connection?.events.onTold(start());
  old?.events.onShown(9);
  old?.events.onBroken();

  expect(pictures.map(({ isOpen }) => isOpen)).toEqual([false, true]);
  expect(names()).toEqual(['connecting']);
});

test('nothing is left of one that was closed', () => {
  const { player, last, opened, pictures } = scripted();
  last().connection?.events.onTold(start());

  player.close();
  vi.advanceTimersByTime(120_000);

  expect([opened, pictures].map((all) => all.map(({ isOpen }) => isOpen))).toEqual([[false], [false]]);
  expect(vi.getTimerCount()).toBe(0);
});
