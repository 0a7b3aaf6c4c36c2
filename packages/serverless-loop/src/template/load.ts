import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { decodeUtf8, TextError } from '../text-file.ts';
import { checkDependencies, checkReferences } from './dependencies.ts';
import type { ReadPlace, ResourceProblem, ResourceState } from './deployment.ts';
import { TemplateError } from './error.ts';
import type { Kinds } from './kinds.ts';
import { expandMacros } from './macros.ts';
import type { Stack } from './model.ts';
import { readOutputs, settleOutputs } from './outputs.ts';
import { Problems } from './problems.ts';
import { readResources } from './resource.ts';
import { ResourceIndex } from './resource-index.ts';
import { ResourceScope, storedLookup } from './resource-scope.ts';
import { resourceStates } from './resource-states.ts';
import { withImplicitApis } from './sam/api-events.ts';
import { expandSam } from './sam/expand.ts';
import { applyGlobals } from './sam/globals.ts';
import { readTemplate, type Template } from './sections.ts';
import { readStack } from './stack.ts';
import { Conditions } from './values/conditions.ts';
import { evaluate } from './values/intrinsics.ts';
import { ParameterScope } from './values/parameter-scope.ts';
import { parameterModels, readParameters } from './values/parameters.ts';
import { pseudoParameters, steadyStackId } from './values/pseudo-parameters.ts';
import { World } from './world.ts';
import type { Node } from './yaml/node.ts';
import { parseYaml, rememberedYaml, type YamlReader } from './yaml/read-yaml.ts';

export interface LoadOptions extends ReadPlace {
  /** The resources that it may have. */
  kinds: Kinds;
  /** Of the template; its folder is where CodeUri begins. */
  path: string;
  /** The template's text; read from the path when absent. */
  source?: string;
  parameterOverrides?: Record<string, string>;
  /** Parameters from a file that is about several templates: those that this one lacks are nothing to it. */
  configuredParameters?: Record<string, string>;
  /** The folder that keeps the parsed template for the next start; absent: it isn't kept. */
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
  const source = options.source ?? readSource(options.path);
  const template = readTemplate(source, problems, readYaml);
  const read = template && readDeclared(template, options, problems);
  const stack = read && modelOf(read, source, options);
  problems.throwIfAny();
  if (!stack) throw new TemplateError(options.path, [{ message: 'expected a template, found nothing' }]);
  return stack;
}

/** A template with all that a deployment of it needs to know. */
export interface LoadedDeployment {
  stack: Stack;
  resources: ResourceState[];
  /** Faults of single resources; CloudFormation finds it when it comes to make them. */
  problems: ResourceProblem[];
}

/**
 * The same for a deployment, which goes on where only single resources are wrong. Throws a TemplateError with every other
 * problem that it finds.
 */
export function loadDeployment(options: LoadOptions, readYaml: YamlReader = parseYaml): LoadedDeployment {
  const problems = new Problems(options.path);
  const source = options.source ?? readSource(options.path);
  const template = readTemplate(source, problems, readYaml);
  const read = template && readDeclared(template, options, problems);
  problems.throwIfAny();
  if (!read) throw new TemplateError(options.path, [{ message: 'expected a template, found nothing' }]);
  const stack = modelOf(read, source, options);
  checkFunctions(read);
  // CloudFormation finds faults of the template itself before it makes any resource.
  if (problems.found().some(({ words }) => words !== undefined)) problems.throwIfAny();
  const ofResources = problems.found().flatMap((problem) => {
    const { logicalId, message } = problem;
    return logicalId !== undefined && read.index.find(logicalId) ? [{ logicalId, message }] : [];
  });
  if (ofResources.length < problems.found().length) problems.throwIfAny();
  const secrets = stack.parameters.filter(({ noEcho }) => noEcho).map(({ name }) => name);
  return {
    stack,
    resources: resourceStates(read.index, read.scope, new Set(secrets)),
    problems: ofResources,
  };
}

/** Complains about functions that CloudFormation refuses wherever they stand, also in what nothing here reads. */
function checkFunctions({ index, scope, problems }: Declared): void {
  for (const { logicalId, properties } of index.all) {
    const complain = problems.about(logicalId);
    evaluate(properties, scope, (line, message, words) => {
      if (words !== undefined) complain(line, message, words);
    });
  }
}

function readSource(path: string): string {
  try {
    return decodeUtf8(readFileSync(path));
  } catch (cause) {
    const message =
      cause instanceof TextError
        ? cause.message
        : `expected a template at ${resolve(path)}, found none that can be read`;
    throw new TemplateError(path, [{ message }], { cause });
  }
}

/** A template with parameters, conditions and SAM's resources worked out. */
interface Declared {
  template: Template;
  parameters: ReadonlyMap<string, Node>;
  index: ResourceIndex;
  scope: ResourceScope;
  outputs: ReadonlyMap<string, Node>;
  problems: Problems;
  includedFiles: readonly string[];
}

function readDeclared(declared: Template, options: LoadOptions, problems: Problems): Declared {
  const { stackName, place, deployment } = options;
  const given = readParameters(
    declared.parameters,
    parametersFor(declared, options),
    storedLookup(options),
    problems,
  );
  const pseudo = pseudoParameters(place, stackName, deployment?.stackId);
  const parameters = new ParameterScope(new Map([...pseudo, ...given]), declared.mappings);
  const folder = dirname(resolve(options.path));
  const includedFiles: string[] = [];
  const onFile = (file: string) => void includedFiles.push(file);
  const template = expandMacros(declared, { folder, scope: parameters, problems, onFile });
  const conditions = new Conditions(template.conditions, parameters, problems);
  conditions.checkAll();

  const withGlobals = applyGlobals(withImplicitApis(template.resources), template.globals, problems);
  const { resources, removed } = readResources(withGlobals, parameters, conditions, problems);
  const outputs = settleOutputs(template.outputs, parameters, conditions, problems);
  const index = new ResourceIndex(expandSam(resources, problems));

  const isDeployment = deployment !== undefined;
  const names = { index, scope: parameters, removed, problems, isDeployment };
  for (const resource of index.all)
    checkReferences(resource.madeFrom ?? resource.logicalId, resource.properties, names);
  for (const [name, output] of outputs) checkReferences(name, output, names, 'Outputs');
  if (!checkDependencies(names)) problems.throwIfAny();

  const scope = new ResourceScope(options, parameters, index, options.kinds);
  return { template, parameters: given, index, scope, outputs, problems, includedFiles };
}

function parametersFor({ parameters }: Template, options: LoadOptions): Record<string, string> {
  const configured = Object.entries(options.configuredParameters ?? {});
  return {
    ...Object.fromEntries(configured.filter(([name]) => parameters.entries.has(name))),
    ...options.parameterOverrides,
  };
}

function modelOf(declared: Declared, source: string, options: LoadOptions): Stack {
  const { template, parameters, index, scope, outputs, problems, includedFiles } = declared;
  const { description } = template;
  const world = new World(dirname(resolve(options.path)), index, scope, problems, options.deployment);
  const stack = {
    id: options.deployment?.stackId ?? steadyStackId(options.place, options.stackName),
    ...(description !== undefined && { description }),
    source,
    includedFiles,
    parameters: parameterModels(template.parameters, parameters),
    ...readStack(world, options.kinds, readOutputs(outputs, scope, problems)),
  };
  if (options.strict) refuseWhatIsMissing(stack, problems);
  return stack;
}

function refuseWhatIsMissing(stack: Stack, problems: Problems): void {
  for (const { logicalId, line, status, reason } of stack.resources)
    if (status === 'not emulated' || status === 'unavailable')
      problems.add({ line, logicalId, message: `${status}: ${reason}` });
  for (const { line, message, isMissing } of stack.notes) if (isMissing) problems.add({ line, message });
}
