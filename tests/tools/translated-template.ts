import { readFileSync } from 'node:fs';
import { findPythonOfSam } from 'serverless-loop/tests';

export const STAGES = ['dev', 'prod'] as const;
export const templateText = readFileSync('template.yaml', 'utf8');
export const python = await findPythonOfSam();

export interface Resource {
  Type: string;
  Properties: Record<string, unknown>;
  DependsOn?: string | string[];
  Condition?: string;
  DeletionPolicy?: string;
}

/** The template that CloudFormation gets: resources by logical id, as SAM translates them. */
export interface Translated {
  Parameters: Record<string, { Default: unknown }>;
  Conditions: Record<string, unknown>;
  Resources: Record<string, Resource>;
}

/** Rejects with what SAM says of a template that it refuses, as `stderr`. */
export async function translated(text: string, parameters: Record<string, string> = {}): Promise<Translated> {
  const given = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
  const { stdout } = await python.run(['tests/tools/translate.py', ...given], { input: text });
  const template: Translated = JSON.parse(stdout);
  return template;
}

/** Those of the IAM actions to which AWS knows no resource. */
export async function actionsWithoutResource(actions: string[]): Promise<string[]> {
  const { stdout } = await python.run(['tests/tools/no-resource.py', ...actions]);
  const found: string[] = JSON.parse(stdout);
  return found;
}

/** Resources of a type, with their logical ids. */
export function ofType(resources: Record<string, Resource>, type: string): [logicalId: string, Resource][] {
  return Object.entries(resources).filter(([, { Type }]) => Type === type);
}
