import { TemplateError } from './error.ts';
import type { ParameterSummary, TemplateSummary } from './models/summary.ts';
import { Problems } from './problems.ts';
import { isAttribute, nonAlphanumeric, noType } from './read-resources.ts';
import { readTemplate, type Template } from './sections.ts';
import { entryOf, type Node, textOf } from './yaml/node.ts';
import { parseYaml, type YamlReader } from './yaml/read-yaml.ts';

const CONSTRAINTS = [
  'AllowedPattern',
  'ConstraintDescription',
  'MaxLength',
  'MaxValue',
  'MinLength',
  'MinValue',
];

/** Reads a template's text. Throws a TemplateError with what is wrong with its form. */
export function summarizeTemplate(source: string, readYaml: YamlReader = parseYaml): TemplateSummary {
  const template = readSource(source, readYaml);
  const { description, version, transforms, parameters, resources } = template;
  const logicalIds = new Map<string, string[]>();
  for (const [logicalId, node] of resources.entries) {
    if (logicalId.startsWith('Fn::')) continue;
    const type = textOf(entryOf(node, 'Type')) ?? '';
    logicalIds.set(type, [...(logicalIds.get(type) ?? []), logicalId]);
  }
  return {
    ...(description !== undefined && { description }),
    ...(version !== undefined && { version }),
    parameters: [...parameters.entries].map(([key, node]) => summarizeParameter(key, node)),
    resourceTypes: [...logicalIds.keys()],
    logicalIds: Object.fromEntries(logicalIds),
    transforms,
  };
}

/** The sections of a template that is no file. */
export function readSource(source: string, readYaml: YamlReader): Template {
  const problems = new Problems('template');
  const template = readTemplate(source, problems, readYaml);
  if (template) checkForm(template, problems);
  problems.throwIfAny();
  if (!template) throw new TemplateError('template', [{ message: 'expected a template, found nothing' }]);
  return template;
}

/** Finds the faults of resources and parameters before anything is worked out. */
function checkForm({ resources, parameters }: Template, problems: Problems): void {
  for (const [logicalId, node] of resources.entries) {
    // A loop of AWS::LanguageExtensions, or a transform.
    if (logicalId.startsWith('Fn::')) continue;
    const complain = problems.about(logicalId);
    if (textOf(entryOf(node, 'Type')) === undefined)
      complain(node.line, 'expected a resource, a map with Type', noType(logicalId, node));
    if (!/^[A-Za-z0-9]+$/.test(logicalId))
      complain(
        node.line,
        'a logical id may hold only letters and digits',
        nonAlphanumeric('Resource', logicalId),
      );
    for (const [name, value] of node.kind === 'fields' ? node.entries : [])
      if (!isAttribute(name) && !textOf(entryOf(node, 'Type'))?.startsWith('AWS::Serverless::'))
        complain(
          value.line,
          `${name} is no attribute of a resource`,
          `Invalid template resource property '${name}'`,
        );
  }
  for (const [name, node] of parameters.entries)
    if (!/^[A-Za-z0-9]+$/.test(name))
      problems.about(name)(
        node.line,
        'the name of a parameter may hold only letters and digits',
        nonAlphanumeric('Parameter', name),
      );
}

function summarizeParameter(key: string, node: Node): ParameterSummary {
  const text = (name: string) => textOf(entryOf(node, name));
  const defaultValue = text('Default');
  const description = text('Description');
  const allowed = entryOf(node, 'AllowedValues');
  return {
    key,
    type: text('Type') ?? 'String',
    ...(defaultValue !== undefined && { defaultValue }),
    ...(description !== undefined && { description }),
    noEcho: text('NoEcho') === 'true',
    constraints: Object.fromEntries(
      CONSTRAINTS.flatMap((name) => {
        const value = text(name);
        return value === undefined ? [] : [[name, value]];
      }),
    ),
    allowedValues: allowed?.kind === 'list' ? allowed.items.flatMap((item) => textOf(item) ?? []) : [],
  };
}
