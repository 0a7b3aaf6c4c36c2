import { readFileSync } from 'node:fs';
import { answerOfSam, python } from './sam-answers.ts';

export { python };

export const STAGES = ['dev', 'prod'] as const;
export const templateText = readFileSync('template.yaml', 'utf8');

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

/** Throws what SAM says of a template that it refuses. */
export async function translated(text: string, parameters: Record<string, string> = {}): Promise<Translated> {
  const template: Translated = Object(await answerOfSam({ text, parameters }));
  return template;
}

/** Those of the IAM actions to which AWS knows no resource. */
export async function actionsWithoutResource(actions: string[]): Promise<string[]> {
  const found: string[] = Object(await answerOfSam({ actions }));
  return found;
}

/** Resources of a type, with their logical ids. */
export function ofType(resources: Record<string, Resource>, type: string): [logicalId: string, Resource][] {
  return Object.entries(resources).filter(([, { Type }]) => Type === type);
}
