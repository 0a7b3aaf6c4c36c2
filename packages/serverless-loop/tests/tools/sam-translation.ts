import path from 'node:path';
import type { Tool } from './tool.ts';

const PROGRAM = path.join(import.meta.dirname, 'list_resources.py');

export interface TranslatedTemplate {
  path: string;
  parameters: Record<string, string>;
}

/**
 * For each template, in turn, the type of every resource that SAM's own translator makes, by logical id; conditions are not
 * decided. One process does for all: it takes 2 s to start.
 */
export async function typesBySam(
  pythonOfSam: Tool,
  templates: TranslatedTemplate[],
): Promise<Record<string, string>[]> {
  const { stdout } = await pythonOfSam.run(['-B', PROGRAM], { input: JSON.stringify(templates) });
  return JSON.parse(stdout);
}
