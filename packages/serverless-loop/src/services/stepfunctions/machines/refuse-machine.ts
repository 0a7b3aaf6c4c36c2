import { AwsError } from '../../../aws/errors.ts';
import { refusalOf } from '../language/problem.ts';
import { validateDefinition } from '../language/validate-machine.ts';
import type { StateMachineModel } from './state-machine.ts';

/** Refuses a machine whose definition isn't right. Throws the AwsError InvalidDefinition. */
export function refuseDefinition({ definition, type }: Pick<StateMachineModel, 'definition' | 'type'>): void {
  const problems = validateDefinition(definition, type);
  if (problems.length > 0) throw new AwsError('InvalidDefinition', refusalOf(problems));
}
