import process from 'node:process';
import { afterEach, expect, test, vi } from 'vitest';
import { firstSignal } from '../../../src/cli/terminal/stopping.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

test('the first signal aborts, the same key pressed once is heard once, and a second one ends the process', () => {
  const ends = vi.spyOn(process, 'kill').mockReturnValue(true);
  let nowMs = 0;
  const signal = firstSignal(() => nowMs);
  process.emit('SIGINT', 'SIGINT');
  expect(signal.aborted).toBe(true);
  nowMs = 50;
  process.emit('SIGINT', 'SIGINT');
  expect(ends).not.toHaveBeenCalled();
  nowMs = 1_000;
  process.emit('SIGINT', 'SIGINT');
  expect(ends).toHaveBeenCalledWith(process.pid, 'SIGINT');
  expect(process.listenerCount('SIGINT')).toBe(0);
});
