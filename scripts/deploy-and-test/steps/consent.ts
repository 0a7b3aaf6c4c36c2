import { type Step, StepFailure } from '../step.ts';

/** Shows what will be done, and goes on when the answer is yes. */
export function consent(options: {
  plan(): string[];
  ask(question: string, signal: AbortSignal): Promise<boolean>;
}): Step {
  let answer = false;
  return {
    id: 'consent',
    title: 'Question',
    failure: 'refused',
    limitMs: 3_600_000,
    async start({ signal, say }) {
      for (const line of options.plan()) say(line);
      answer = await options.ask('Go on?', signal);
      signal.throwIfAborted();
    },
    async check() {
      if (!answer) throw new StepFailure('the answer was no: nothing was deployed');
      return 'yes';
    },
  };
}
