import path from 'node:path';
import { projectFolder } from '../../loop.ts';

/** The template of a project with one function, which esbuild bundles in no time, until the test ends. */
export function smallTemplate(): string {
  const folder = projectFolder({
    'template.yaml': `Transform: AWS::Serverless-2016-10-31
Resources:
  Only:
    Type: AWS::Serverless::Function
    Properties: { Runtime: nodejs24.x, Handler: handler.handler, CodeUri: src/ }
    Metadata: { BuildMethod: esbuild, BuildProperties: { EntryPoints: [handler.ts] } }
`,
    'src/handler.ts': `export const handler = async (): Promise<string> => 'here';`,
  });
  return path.join(folder, 'template.yaml');
}
