import { expect, test } from 'vitest';
import { ReaderSeats } from './reader-seats.ts';

test('refuses a camera when all seats are taken, and says what to do', () => {
  const seats = new ReaderSeats(2);
  seats.take();
  seats.take();

  expect(() => seats.take()).toThrow(
    expect.objectContaining({
      code: 'stream-no-capacity',
      message: expect.stringMatching(/FFmpeg reads 2 cameras .* raise the site's ffmpegCameras/),
    }),
  );
});

test('gives a seat to the next camera once it was left, however often that is said', () => {
  const seats = new ReaderSeats(1);
  const leave = seats.take();
  leave();
  leave();
  seats.take();

  expect(() => seats.take()).toThrow(expect.objectContaining({ kind: 'exhausted' }));
});

test('threads share their seats, and one that is started anew has left its own', () => {
  const taken = new Int32Array(new SharedArrayBuffer(8));
  const first = new ReaderSeats(2, taken, 0);
  const second = new ReaderSeats(2, taken, 1);
  first.take();
  first.take();

  expect(() => second.take()).toThrow(expect.objectContaining({ code: 'stream-no-capacity' }));
  new ReaderSeats(2, taken, 0);
  second.take();
  second.take();
  expect(() => second.take()).toThrow(expect.objectContaining({ code: 'stream-no-capacity' }));
});
