import { functionNameOf } from '../../../template/arns.ts';
import type { Properties } from '../../../template/properties.ts';
import type { World } from '../../../template/world.ts';

export function isFunctionName(reference: string, world: World): boolean {
  const name = functionNameOf(reference);
  return world.declared('AWS::Lambda::Function').some((resource) => world.scope.nameOf(resource) === name);
}

/** The function may be another stack's: what names it is unavailable, and a mistake only where all functions are known. */
export function giveUpForFunction(properties: Properties, reference: string, world: World): void {
  if (reference === '') return;
  const suggestion = world.suggestName(functionNameOf(reference), 'AWS::Lambda::Function');
  properties.giveUp(
    'FunctionName',
    `expected a function of this template, found ${JSON.stringify(reference)}${suggestion}`,
  );
}
