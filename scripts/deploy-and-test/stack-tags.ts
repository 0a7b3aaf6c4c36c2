import { randomBytes } from 'node:crypto';
import type { Stack } from '@aws-sdk/client-cloudformation';

/** Says that a stack is there to be tested and removed. */
const PURPOSE = { key: 'purpose', value: 'deploy-and-test' };

/** A name that no other run has. */
export function throwAwayName(): string {
  return `serverless-snacks-test-${randomBytes(4).toString('hex')}`;
}

export function throwAwayTags(stage: string): string[] {
  return [`application=serverless-snacks`, `stage=${stage}`, `${PURPOSE.key}=${PURPOSE.value}`];
}

export function isThrowAway({ Tags = [] }: Stack): boolean {
  return Tags.some(({ Key, Value }) => Key === PURPOSE.key && Value === PURPOSE.value);
}
