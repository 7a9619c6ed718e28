import { expect, test } from 'vitest';
import { diagnosisOf } from '../rtsp/diagnose.ts';
import { CameraStateBoard } from './camera-state.ts';

test('goes from waiting over connecting to live', () => {
  const board = new CameraStateBoard(0);
  const states = [board.now.state];
  board.connecting(1);
  states.push(board.now.state);
  board.live(2);
  states.push(board.now.state);

  expect(states).toEqual(['waiting', 'connecting', 'live']);
});

test('stays lost with its cause, since it was lost, until it is live again', () => {
  const board = new CameraStateBoard(0);
  board.live(5);
  board.lost(10, diagnosisOf('stalled'));

  expect([board.waiting(11, diagnosisOf('over-budget')), board.connecting(12)]).toEqual([false, false]);
  expect(board.lost(13, diagnosisOf('stalled', 'again'))).toBe(false);
  expect(board.now).toMatchObject({ state: 'lost', since: 10, cause: 'stalled' });
  board.live(20);
  expect(board.now).toEqual({ state: 'live', since: 20, cause: undefined, message: undefined });
});

test('begins a new reckoning when the cause is another', () => {
  const board = new CameraStateBoard(0);
  board.lost(10, diagnosisOf('stalled'));

  expect(board.lost(20, diagnosisOf('refused'))).toBe(true);
  expect(board.now).toMatchObject({ since: 20, cause: 'refused' });
});
