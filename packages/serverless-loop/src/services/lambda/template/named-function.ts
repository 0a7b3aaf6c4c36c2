import { functionNameOf } from '../../../template/arns.ts';
import type { Properties } from '../../../template/properties.ts';
import type { World } from '../../../template/world.ts';

export function isFunctionName(reference: string, world: World): boolean {
  const name = functionNameOf(reference);
  return world.declared('AWS::Lambda::Function').some((resource) => world.scope.nameOf(resource) === name);
}

export function complainAboutFunction(properties: Properties, reference: string, world: World): void {
  if (reference === '') return;
  const suggestion = world.suggestName(functionNameOf(reference), 'AWS::Lambda::Function');
  properties.complain(
    'FunctionName',
    `expected a function of this template, found ${JSON.stringify(reference)}${suggestion}`,
  );
}
