import { type PatternMatcher, patternMatcher } from '../../aws/allowed-pattern.ts';
import type { ParameterModel } from '../model.ts';
import { didYouMean } from '../nearest.ts';
import type { Complain, Problems } from '../problems.ts';
import { entryOf, type Fields, list, type Node, scalar, textOf, unknown } from '../yaml/node.ts';
import { valueProblem } from './parameter-constraints.ts';
import type { StoredLookup } from './stored-values.ts';

/**
 * The value of each parameter: the override or the default, checked against its constraints. A `Parameter Store` parameter is
 * given the name of a value there (CloudFormation guide, "Specify existing resources at runtime with CloudFormation-supplied
 * parameter types"); one that is not there may be given as it is.
 */
export function readParameters(
  declared: Fields,
  overrides: Record<string, string>,
  stored: StoredLookup,
  problems: Problems,
): Map<string, Node> {
  for (const name of Object.keys(overrides))
    if (!declared.entries.has(name))
      problems.add({ message: unknownOverride(name, [...declared.entries.keys()]) });
  const values = new Map<string, Node>();
  const matchesWhole = patternMatcher();
  for (const [name, declaration] of declared.entries) {
    const override = Object.hasOwn(overrides, name) ? overrides[name] : undefined;
    values.set(
      name,
      readParameter(name, declaration, override, { stored, matchesWhole }, problems.about(name)),
    );
  }
  return values;
}

function unknownOverride(name: string, known: string[]): string {
  const has = known.length === 0 ? 'the template has no parameters' : `known parameters: ${known.join(', ')}`;
  return `no parameter ${name} to override${didYouMean(name, known)}; ${has}`;
}

function readParameter(
  name: string,
  node: Node,
  override: string | undefined,
  { stored, matchesWhole }: { stored: StoredLookup; matchesWhole: PatternMatcher },
  complain: Complain,
): Node {
  const { line } = node;
  if (node.kind !== 'fields') {
    complain(line, 'expected a map with Type');
    return unknown(line);
  }
  const type = readType(node, complain);
  const declaredDefault = node.entries.get('Default');
  const given = override ?? textOf(declaredDefault);
  const text = type?.fromParameterStore ? (stored.parameter(given ?? '') ?? override) : given;
  if (!type) return unknown(line);
  if (text === undefined) {
    const why = type.fromParameterStore
      ? `Parameter Store has no ${given ?? 'value for it'}`
      : 'the template has no default and nobody gives a value';
    return unknown(line, {
      name: `the parameter ${name}`,
      why,
      option: type.fromParameterStore
        ? `--store FILE, or --parameter-overrides ${name}=value`
        : `--parameter-overrides ${name}=value`,
    });
  }
  const items = type.isList ? splitList(text) : [text];
  const problem = items
    .map((item) => valueProblem(item, type.isNumber, node, matchesWhole))
    .find((found) => found !== undefined);
  if (problem) {
    complain((override === undefined ? declaredDefault?.line : undefined) ?? line, problem);
    return unknown(line);
  }
  if (!type.isList) return { ...scalar(line, text), parameter: name };
  const scalars = items.map((item) => scalar(line, item));
  return { ...list(line, scalars), parameter: name };
}

/** The parameters as a stack shows them: a list as the text that it is given by. */
export function parameterModels(declared: Fields, values: ReadonlyMap<string, Node>): ParameterModel[] {
  return [...values].map(([name, node]) => ({
    name,
    value: node.kind === 'list' ? node.items.map(textOf).join(',') : (textOf(node) ?? ''),
    noEcho: textOf(entryOf(declared.entries.get(name), 'NoEcho')) === 'true',
  }));
}

interface ParameterType {
  name: string;
  isList: boolean;
  isNumber: boolean;
  fromParameterStore: boolean;
}

function readType(declaration: Fields, complain: Complain): ParameterType | undefined {
  const node = declaration.entries.get('Type');
  const name = textOf(node) ?? '';
  const stored = /^AWS::SSM::Parameter::Value<(.+)>$/.exec(name);
  const inner = stored?.[1] ?? name;
  const element = /^List<(.+)>$/.exec(inner)?.[1] ?? inner;
  if (!/^(String|Number|CommaDelimitedList|AWS::[\w:]+)$/.test(element)) {
    complain(
      node?.line ?? declaration.line,
      `Type, expected String, Number, CommaDelimitedList, List<Number> or an AWS type, found ${name || 'nothing'}`,
    );
    return undefined;
  }
  return {
    name,
    isList: element !== inner || element === 'CommaDelimitedList',
    isNumber: element === 'Number',
    fromParameterStore: stored !== null,
  };
}

function splitList(text: string): string[] {
  return text === '' ? [] : text.split(',').map((item) => item.trim());
}
