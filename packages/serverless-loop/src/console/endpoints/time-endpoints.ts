import { integer, number, required } from '../../aws/members.ts';
import { endpoint } from '../context.ts';
import { invalid } from '../invalid.ts';

/** Half a year of schedules that are due each minute takes minutes to be met. */
const MAX_AT_ONCE_MS = 31 * 86_400_000;

export const TIME_ENDPOINTS = {
  'GET /_loop/time': endpoint({
    purpose: 'the time of day, how far it was moved, the speed of retries, and when the next thing falls due',
    input: {},
    answer: (_input, { time }) => ({ ...time.state() }),
  }),
  'POST /_loop/time/advance': endpoint({
    purpose:
      'lets so much time pass at once: what falls due in it happens in its order, and each comes to its end',
    changes: true,
    input: { ms: required(integer({ min: 0, max: MAX_AT_ONCE_MS })) },
    async answer({ ms }, { time }) {
      await time.advance(ms);
      return { ...time.state() };
    },
  }),
  'POST /_loop/time/speed': endpoint({
    purpose: 'has retries, back-off and visibility timeouts run so many times as fast as on AWS',
    changes: true,
    input: { retrySpeed: required(number({ max: 1_000_000 })) },
    answer({ retrySpeed }, { time }) {
      if (!(retrySpeed > 0)) throw invalid('retrySpeed is a number above 0.');
      time.setRetrySpeed(retrySpeed);
      return { ...time.state() };
    },
  }),
  'POST /_loop/time/reset': endpoint({
    purpose: 'undoes both: the speed is that of the start, and the time of day the machine’s',
    changes: true,
    input: {},
    answer(_input, { time }) {
      time.reset();
      return { ...time.state() };
    },
  }),
  'GET /_loop/banner': endpoint({
    purpose:
      'all that is not as it was at the start: the faults that are set, and time that was moved or compressed',
    input: {},
    answer(_input, { faults, time }) {
      const { aheadMs, retrySpeed, startedWithRetrySpeed } = time.state();
      return {
        faults: faults.list().filter(({ isOver }) => !isOver).length,
        aheadMs,
        retrySpeed,
        startedWithRetrySpeed,
      };
    },
  }),
};
