import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Place } from '../aws/arn.ts';
import { Conditions } from './conditions.ts';
import { checkDependencies, checkReferences } from './dependencies.ts';
import { TemplateError } from './error.ts';
import type { Stack } from './model.ts';
import { readOutputs, settleOutputs } from './outputs.ts';
import { ParameterScope } from './parameter-scope.ts';
import { readParameters } from './parameters.ts';
import { Problems } from './problems.ts';
import { pseudoParameters } from './pseudo-parameters.ts';
import { parseYaml, rememberedYaml } from './read-yaml.ts';
import { readResources } from './resource.ts';
import { ResourceIndex } from './resource-index.ts';
import { ResourceScope } from './resource-scope.ts';
import { expandSam } from './sam/expand.ts';
import { applyGlobals } from './sam/globals.ts';
import { readTemplate, type Template } from './sections.ts';
import { readStack } from './stack.ts';
import { World } from './world.ts';

export interface LoadOptions {
  /** Of the template; its folder is where CodeUri begins. */
  path: string;
  /** The template's text; read from the path when absent. */
  source?: string;
  stackName: string;
  place: Place;
  /** What queue URLs start with, e.g. `http://127.0.0.1:4580`. */
  endpoint: string;
  parameterOverrides?: Record<string, string>;
  /** Where the parsed template is remembered for the next start; it isn't when absent. */
  cacheDir?: string;
  /** Refuses a template with anything that is not emulated, instead of running the rest. */
  strict?: boolean;
}

/**
 * Reads a template as SAM and CloudFormation would deploy it.
 * Throws a TemplateError with every problem that it finds.
 */
export function loadStack(options: LoadOptions): Stack {
  const problems = new Problems(options.path);
  const { cacheDir } = options;
  const readYaml = cacheDir === undefined ? parseYaml : rememberedYaml(options.path, cacheDir);
  const template = readTemplate(options.source ?? readSource(options.path), problems, readYaml);
  if (!template) problems.throwIfAny();
  const stack = template && deploy(template, options, problems);
  problems.throwIfAny();
  if (!stack) throw new TemplateError(options.path, [{ message: 'expected a template, found nothing' }]);
  return stack;
}

function readSource(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const message = `expected a template at ${resolve(path)}, found none that can be read`;
    throw new TemplateError(path, [{ message }], { cause });
  }
}

function deploy(template: Template, options: LoadOptions, problems: Problems): Stack {
  const { stackName, place, endpoint } = options;
  const values = new Map([
    ...pseudoParameters(place, stackName),
    ...readParameters(template.parameters, options.parameterOverrides ?? {}, problems),
  ]);
  const parameters = new ParameterScope(values, template.mappings);
  const conditions = new Conditions(template.conditions, parameters, problems);
  conditions.checkAll();

  const withGlobals = applyGlobals(template.resources, template.globals, problems);
  const { resources, removed } = readResources(withGlobals, parameters, conditions, problems);
  const outputs = settleOutputs(template.outputs, parameters, conditions, problems);
  const index = new ResourceIndex(expandSam(resources, problems));

  const names = { index, scope: parameters, removed, problems };
  for (const resource of index.all)
    checkReferences(resource.madeFrom ?? resource.logicalId, resource.properties, names);
  for (const [name, output] of outputs) checkReferences(name, output, names);
  if (!checkDependencies(names)) problems.throwIfAny();

  const scope = new ResourceScope({ stackName, place, endpoint }, parameters, index);
  const world = new World(dirname(resolve(options.path)), index, scope, problems);
  const stack = readStack(world, readOutputs(outputs, scope, problems));
  if (options.strict) refuseWhatIsMissing(stack, problems);
  return stack;
}

function refuseWhatIsMissing(stack: Stack, problems: Problems): void {
  for (const { logicalId, line, status, reason } of stack.resources)
    if (status === 'not emulated') problems.add({ line, logicalId, message: `not emulated: ${reason}` });
}
