import path from 'node:path';
import type { Tool } from './tool.ts';

const PROGRAM = path.join(import.meta.dirname, 'list_resources.py');

/** The type of every resource that SAM's own translator makes, by logical id; conditions are not decided. */
export async function typesBySam(
  pythonOfSam: Tool,
  template: string,
  parameters: Record<string, string>,
): Promise<Record<string, string>> {
  const { stdout } = await pythonOfSam.run(['-B', PROGRAM, template, JSON.stringify(parameters)]);
  return JSON.parse(stdout);
}
