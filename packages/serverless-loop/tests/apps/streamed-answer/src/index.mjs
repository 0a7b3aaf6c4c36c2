import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

export const streaming = awslambda.streamifyResponse(
  async ({ failsAtOnce, failsLater, waitsFor }, stream) => {
    console.log('streaming');
    if (failsAtOnce) throw new RangeError('at once');
    stream.write('first ');
    while (waitsFor && !existsSync(waitsFor)) await pause(10);
    if (failsLater) throw new RangeError('later');
    stream.end('last');
  },
);

export const silent = awslambda.streamifyResponse(async (_event, stream) => stream.end());

export const whole = async (event) => event;
