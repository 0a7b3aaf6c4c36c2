import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { decodeUtf8, TextError } from '../text-file.ts';
import { type Declared, readDeclared, type StackTree } from './declared.ts';
import type { ReadPlace } from './deployment.ts';
import { TemplateError } from './error.ts';
import type { Kinds } from './kinds.ts';
import type { LoadedDeployment, Stack } from './model.ts';
import { Problems } from './problems.ts';
import { readTemplate, type Template } from './sections.ts';
import { localIdOf, stackPathOf } from './stack-path.ts';
import { evaluate } from './values/intrinsics.ts';
import { steadyStackId } from './values/pseudo-parameters.ts';
import { modelOf } from './whole-stack.ts';
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
  const { cacheDir } = options;
  const yamlOf = (file: string) => (cacheDir === undefined ? parseYaml : rememberedYaml(file, cacheDir));
  const problems = new Problems(options.path);
  const stack = modelOf(readTree(options, problems, yamlOf));
  if (options.strict) refuseWhatIsMissing(stack, problems);
  problems.throwIfAny();
  return stack;
}

/** The template, and all that it nests. Throws a TemplateError when it can't be read; faults inside it are told in `problems`. */
function readTree(options: LoadOptions, problems: Problems, yamlOf: (file: string) => YamlReader): StackTree {
  const source = options.source ?? readSource(options.path);
  const template = readTemplate(source, problems, yamlOf(options.path));
  if (!template) {
    problems.throwIfAny();
    throw new TemplateError(options.path, [{ message: 'expected a template, found nothing' }]);
  }
  const { stackName, place, deployment } = options;
  const file = resolve(options.path);
  const tree: StackTree = { options: { ...options, yamlOf }, stacks: [], files: [] };
  readDeclared(
    {
      file,
      source,
      template,
      problems,
      given: { texts: parametersFor(template, options), unknown: new Map() },
      stackName,
      stackId: deployment?.stackId ?? steadyStackId(place, stackName),
      chain: [file],
    },
    tree,
  );
  return tree;
}

/**
 * The same for a deployment, which goes on where only single resources are wrong. Throws a TemplateError with every other
 * problem that it finds.
 */
export function loadDeployment(options: LoadOptions, readYaml: YamlReader = parseYaml): LoadedDeployment {
  const problems = new Problems(options.path);
  const tree = readTree(options, problems, () => readYaml);
  problems.throwIfAny();
  const stack = modelOf(tree);
  const states = stack.states();
  checkFunctions(tree.stacks);
  // CloudFormation finds faults of the template itself before it makes any resource; of a nested one, when it comes to make that.
  if (problems.found().some(({ words, file }) => words !== undefined && file === undefined))
    problems.throwIfAny();
  const known = new Set(states.map(({ logicalId }) => logicalId));
  const ofResources = problems.found().flatMap((problem) => {
    const logicalId = resourceWithFault(problem.logicalId, known);
    return logicalId === undefined ? [] : [{ logicalId, message: problem.message }];
  });
  if (ofResources.length < problems.found().length) problems.throwIfAny();
  return { stack, problems: ofResources };
}

/** The resource that a problem is of; what is of a nested stack's template as a whole is of the resource that the stack is. */
function resourceWithFault(logicalId: string | undefined, known: ReadonlySet<string>): string | undefined {
  if (logicalId === undefined || known.has(logicalId)) return logicalId;
  return resourceWithFault(stackPathOf(logicalId), known);
}

/** Complains about functions that CloudFormation refuses wherever they stand, also in what nothing here reads. */
function checkFunctions(stacks: readonly Declared[]): void {
  for (const { index, scope, problems } of stacks)
    for (const { logicalId, properties } of index.all) {
      const complain = problems.about(localIdOf(logicalId));
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

function parametersFor({ parameters }: Template, options: LoadOptions): Record<string, string> {
  const configured = Object.entries(options.configuredParameters ?? {});
  return {
    ...Object.fromEntries(configured.filter(([name]) => parameters.entries.has(name))),
    ...options.parameterOverrides,
  };
}

function refuseWhatIsMissing(stack: Stack, problems: Problems): void {
  for (const { logicalId, line, file, status, reason } of stack.resources)
    if (status === 'not emulated' || status === 'unavailable')
      problems.add({
        line,
        logicalId,
        message: `${status}: ${reason}`,
        ...(file !== undefined && { file }),
      });
  for (const { isMissing, ...note } of stack.notes) if (isMissing) problems.add(note);
}
