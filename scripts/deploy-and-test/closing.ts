import { addressLines, leftLines } from './addresses.ts';
import type { Place } from './place.ts';
import type { ThrowAwayStack } from './steps/throw-away-stack.ts';

interface Closing {
  place: Place;
  stack: ThrowAwayStack;
  stackName: string;
  /** Of a loop that runs on. */
  loopPid: number | undefined;
}

/** The last words of a run: where logs and traces are, and how to remove what is still there. */
export async function closingLines({ place, stack, stackName, loopPid }: Closing): Promise<string> {
  const isThere = await stack.isThere();
  const outputs = stack.outputs();
  const lines = [
    ...(outputs ? addressLines({ place, outputs, stackName, isThere }) : []),
    ...(isThere ? leftLines({ place, stackName, loopPid }) : []),
  ];
  return lines.map((line) => `${line}\n`).join('');
}
