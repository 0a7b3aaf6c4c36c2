import { dirname, relative } from 'node:path';
import { checkDependencies, checkReferences } from './dependencies.ts';
import type { ReadPlace } from './deployment.ts';
import type { Kinds } from './kinds.ts';
import { expandMacros } from './macros.ts';
import { type GivenParameters, nestedParameters } from './nested/nested-parameters.ts';
import { exportOf, NestedStacks, type TreeStack } from './nested/nested-stacks.ts';
import { findNestedTemplate } from './nested/nested-template.ts';
import { settleOutputs } from './outputs.ts';
import type { Problems } from './problems.ts';
import { readResources } from './read-resources.ts';
import type { Resource } from './resource.ts';
import { ResourceIndex } from './resource-index.ts';
import { ResourceScope, storedLookup } from './resource-scope.ts';
import { withImplicitApis } from './sam/api-events.ts';
import { expandSam } from './sam/expand.ts';
import { applyGlobals } from './sam/globals.ts';
import { readTemplate, type Template } from './sections.ts';
import { Conditions } from './values/conditions.ts';
import { ParameterScope } from './values/parameter-scope.ts';
import { readParameters } from './values/parameters.ts';
import { pseudoParameters, steadyStackId } from './values/pseudo-parameters.ts';
import type { Node } from './yaml/node.ts';
import type { YamlReader } from './yaml/read-yaml.ts';

/** A template with parameters, conditions and SAM's resources worked out. */
export interface Declared extends TreeStack {
  /** The stack's ARN. */
  id: string;
  template: Template;
  source: string;
  parameters: ReadonlyMap<string, Node>;
  nested: NestedStacks<Declared>;
}

export interface ReadingOptions extends ReadPlace {
  kinds: Kinds;
  /** Parses the text of a file. */
  yamlOf(file: string): YamlReader;
}

/** All stacks of a tree share this. */
export interface StackTree {
  options: ReadingOptions;
  /** In the order in which they are read. */
  stacks: Declared[];
  /** Absolute paths of the files that the templates take in. */
  files: string[];
}

/** The text of a template, and how it comes to stand in the tree. */
interface Reading {
  /** Absolute, or a URL. */
  file: string;
  source: string;
  template: Template;
  problems: Problems;
  given: GivenParameters;
  stackName: string;
  stackId: string;
  /** The templates that lead to it, itself the last. */
  chain: readonly string[];
  within?: { path: string; parent: ResourceScope };
}

/** As many operations on the resources of nested stacks CloudFormation does at once (User Guide, "CloudFormation quotas"). */
const MAX_NESTED_RESOURCES = 2500;

/** Of one template, what SAM makes among them (the same page). */
const MAX_RESOURCES = 500;

export function readDeclared(reading: Reading, tree: StackTree): Declared {
  const { file, source, problems, within, stackName, stackId, given } = reading;
  const { options } = tree;
  const { place, deployment, kinds } = options;
  const values = readParameters(reading.template.parameters, given.texts, storedLookup(options), problems);
  for (const [name, value] of given.unknown) values.set(name, value);
  const pseudo = pseudoParameters(place, stackName, stackId);
  const parameters = new ParameterScope(new Map([...pseudo, ...values]), reading.template.mappings);
  const onFile = (path: string) => void tree.files.push(path);
  const template = expandMacros(reading.template, {
    folder: dirname(file),
    scope: parameters,
    problems,
    onFile,
  });
  const conditions = new Conditions(template.conditions, parameters, problems);
  conditions.checkAll();

  const withGlobals = applyGlobals(withImplicitApis(template.resources), template.globals, problems);
  const { resources, removed } = readResources(withGlobals, parameters, conditions, problems);
  const outputs = settleOutputs(template.outputs, parameters, conditions, problems);
  const index = new ResourceIndex(expandSam(resources, problems, (name) => parameters.valueOf(name)));
  if (index.all.length > MAX_RESOURCES) refuseSoMany(index.all.length, problems);

  const names = { index, scope: parameters, removed, problems, isDeployment: deployment !== undefined };
  for (const resource of index.all)
    checkReferences(resource.madeFrom ?? resource.logicalId, resource.properties, names);
  for (const [name, output] of outputs) checkReferences(name, output, names, 'Outputs');
  if (!checkDependencies(names)) problems.throwIfAny();

  if (within) nameInTree(index, within.path);
  const inTree = { file, ...(within && { within }) };
  const scope = new ResourceScope({ ...options, stackName }, { parameters, index }, kinds, inTree);
  const nested = nestedStacks(scope, { chain: reading.chain, tree });
  scope.nested = nested;
  const declared = {
    id: stackId,
    template,
    source,
    parameters: values,
    index,
    scope,
    outputs,
    problems,
    nested,
  };
  tree.stacks.push(declared);
  return declared;
}

function refuseSoMany(count: number, problems: Problems): void {
  problems.add({
    message: `expected at most ${MAX_RESOURCES} resources, found ${count}`,
    words: `Template format error: Number of resources, ${count}, is greater than maximum allowed, ${MAX_RESOURCES}`,
  });
}

/** The tree knows each resource by the logical ids that lead to it; its own template, by its own. */
function nameInTree(index: ResourceIndex, path: string): void {
  for (const resource of index.all) {
    resource.logicalId = `${path}/${resource.logicalId}`;
    if (resource.madeFrom !== undefined) resource.madeFrom = `${path}/${resource.madeFrom}`;
  }
}

function nestedStacks(
  scope: ResourceScope,
  { chain, tree }: { chain: readonly string[]; tree: StackTree },
): NestedStacks<Declared> {
  let isSearching = false;
  return new NestedStacks<Declared>(
    (resource) => readNested(resource, scope, { chain, tree }),
    (name, asking) => {
      // The name of an export may itself ask for an export.
      if (isSearching) return undefined;
      isSearching = true;
      const others = everyStack(tree).filter(({ nested }) => nested !== asking);
      const found = others.map((stack) => exportOf(stack, name)).find((value) => value !== undefined);
      isSearching = false;
      return found;
    },
  );
}

/** All stacks of a tree, once each is read. */
export function everyStack({ stacks }: StackTree): readonly Declared[] {
  // Reading one adds it, and those that it holds come after it.
  for (const { index, nested } of stacks) for (const resource of index.all) nested.of(resource);
  return stacks;
}

function readNested(
  resource: Resource,
  scope: ResourceScope,
  { chain, tree }: { chain: readonly string[]; tree: StackTree },
): Declared | undefined {
  if (resource.unavailable || resource.notEmulated !== undefined) return undefined;
  const { options, files } = tree;
  const [root] = tree.stacks;
  if (!root) return undefined;
  const complain = root.problems.about(resource.logicalId);
  const { deployment } = options;
  const onFile = (file: string) => void files.push(file);
  const found = findNestedTemplate(resource, { scope, chain, deployment, complain, onFile });
  if (!found) return undefined;
  const { file, source } = found;
  const resourceCount = tree.stacks.slice(1).reduce((count, { index }) => count + index.all.length, 0);
  if (resourceCount > MAX_NESTED_RESOURCES) {
    complain(resource.line, `the nested stacks have more than ${MAX_NESTED_RESOURCES} resources`);
    return undefined;
  }
  const shownFile = deployment ? file : relative(dirname(root.scope.file), file);
  const problems = root.problems.within(resource.logicalId, shownFile);
  const template = readTemplate(source, problems, options.yamlOf(file));
  if (!template) return undefined;
  const stackName = scope.nameOf(resource);
  return readDeclared(
    {
      file,
      source,
      template,
      problems,
      given: nestedParameters(resource, template.parameters, { scope, complain }),
      stackName,
      stackId: steadyStackId(options.place, stackName),
      chain: [...chain, file],
      within: { path: resource.logicalId, parent: scope },
    },
    tree,
  );
}
