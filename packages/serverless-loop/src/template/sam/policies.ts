import { didYouMean } from '../nearest.ts';
import type { Complain } from '../problems.ts';
import { call, callOf } from '../yaml/call.ts';
import { describe, type Fields, fields, list, type Node, scalar, textOf, unknown } from '../yaml/node.ts';
import { OTHER_POLICY_TEMPLATES, POLICY_TEMPLATES, type PolicyTemplate } from './policy-templates.ts';

/** A function's `Policies` after SAM's expansion: managed policies by name or ARN, and inline documents. */
export interface ExpandedPolicies {
  managed: Node[];
  /** Policies of an AWS::IAM::Role. */
  inline: Node[];
}

/** SAM developer guide, "AWS::Serverless::Function", property Policies. */
export function expandPolicies(
  policies: Node | undefined,
  roleLogicalId: string,
  complain: Complain,
): ExpandedPolicies {
  const expanded: ExpandedPolicies = { managed: [], inline: [] };
  const entries = policies?.kind === 'list' ? policies.items : policies ? [policies] : [];
  for (const [index, entry] of entries.entries()) {
    if (entry.kind === 'unknown') continue;
    if (textOf(entry) !== undefined || callOf(entry)) {
      expanded.managed.push(entry);
      continue;
    }
    const document = readDocument(entry, complain);
    if (document.kind === 'scalar') expanded.managed.push(document);
    else expanded.inline.push(inlinePolicy(`${roleLogicalId}Policy${index}`, document));
  }
  return expanded;
}

export function inlinePolicy(name: string, document: Node): Node {
  return fields(document.line, { PolicyName: scalar(document.line, name), PolicyDocument: document });
}

/** A policy document; or the template's name alone, when what it grants is not known here. */
function readDocument(entry: Node, complain: Complain): Node {
  if (entry.kind === 'fields' && entry.entries.has('Statement')) return entry;
  const [name, given] =
    entry.kind === 'fields' && entry.entries.size === 1 ? ([...entry.entries][0] ?? []) : [];
  if (name === undefined || given === undefined) {
    complain(
      entry.line,
      `Policies, expected a managed policy's name, a policy template or a map with Statement, found ${describe(entry)}`,
    );
    return unknown(entry.line);
  }
  const template = Object.hasOwn(POLICY_TEMPLATES, name) ? POLICY_TEMPLATES[name] : undefined;
  if (template) return templateDocument(name, template, given, complain);
  if (OTHER_POLICY_TEMPLATES.has(name)) return scalar(entry.line, name);
  const known = [...Object.keys(POLICY_TEMPLATES), ...OTHER_POLICY_TEMPLATES];
  complain(entry.line, `Policies, ${name} is no policy template of SAM${didYouMean(name, known)}`);
  return unknown(entry.line);
}

function templateDocument(name: string, template: PolicyTemplate, given: Node, complain: Complain): Node {
  const { line } = given;
  const values = given.kind === 'fields' ? given : fields(line, {});
  const missing = template.parameters.filter((parameter) => !values.entries.has(parameter));
  if (missing.length > 0) complain(line, `Policies, ${name} needs ${missing.join(' and ')}`);
  for (const parameter of values.entries.keys())
    if (!template.parameters.includes(parameter))
      complain(line, `Policies, ${name} has no ${parameter}${didYouMean(parameter, template.parameters)}`);
  if (missing.length > 0) return unknown(line);
  const statements = template.statements.map(({ actions, resources }) =>
    fields(line, {
      Effect: scalar(line, 'Allow'),
      Action: texts(line, actions),
      Resource: list(
        line,
        resources.map((resource) => substitute(line, resource, values)),
      ),
    }),
  );
  return fields(line, { Statement: list(line, statements) });
}

function substitute(line: number, text: string, values: Fields): Node {
  const subText = text.replaceAll(/<(\w+)>/g, (_, name: string) => `\${${name}}`);
  return call(line, 'Fn::Sub', list(line, [scalar(line, subText), values]));
}

export function texts(line: number, values: readonly string[]): Node {
  return list(
    line,
    values.map((value) => scalar(line, value)),
  );
}
