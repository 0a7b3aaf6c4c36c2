import { setTimeout as pause } from 'node:timers/promises';
import type { Eventual } from '../aws/eventual.ts';
import { InterruptedCall } from '../aws/interrupted-call.ts';
import type { Answer } from './answer.ts';

/** A call that may be disturbed, once. */
interface Disturbable {
  isDisturbed?: boolean;
}

/**
 * Answers a call, and does to it what it is interrupted for: lets it wait, does it twice or not at all. Undefined where the client
 * gets no answer. `repeatable` makes an answer that can be given again of one that takes the request's body as it comes.
 */
export async function disturbed(
  call: Disturbable,
  answer: () => Eventual<Answer>,
  repeatable: () => Eventual<() => Eventual<Answer>> = () => answer,
): Promise<Answer | undefined> {
  try {
    return await answer();
  } catch (error) {
    if (!(error instanceof InterruptedCall)) throw error;
    const { delayMs = 0, times = 1, isUnanswered } = error.interruption;
    call.isDisturbed = true;
    // A client that goes away meanwhile has its call done all the same, as on AWS.
    if (delayMs > 0) await pause(delayMs);
    const again = times > 1 ? await repeatable() : answer;
    let last: Answer | undefined;
    for (let done = 0; done < times; done += 1) {
      dropBody(last);
      last = await again();
    }
    if (isUnanswered) dropBody(last);
    return isUnanswered ? undefined : last;
  }
}

function dropBody(answer: Answer | undefined): void {
  if (typeof answer?.body === 'object' && 'pipe' in answer.body) answer.body.destroy();
}
