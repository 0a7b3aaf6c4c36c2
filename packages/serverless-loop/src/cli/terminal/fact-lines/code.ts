import type { CodeFact } from '../../../facts/code.ts';
import type { Fact } from '../../../facts.ts';
import { type FactLines, listed, milliseconds } from '../fact-words.ts';

export const CODE_LINES: FactLines<CodeFact> = {
  'debugger.listening': (fact, { name, quiet }) =>
    `${name(fact.functionName)} ${quiet(`debugger at 127.0.0.1:${fact.port}`)}`,
  'debugger.attached': (fact, { name, quiet }) => `${name(fact.functionName)} ${quiet('debugger attached')}`,
  'debugger.detached': (fact, { name, quiet }) => `${name(fact.functionName)} ${quiet('debugger detached')}`,
  'debugger.paused': (fact, { wait, name }) =>
    `${name(fact.functionName)} ${wait('paused in the debugger')}, its time-out waits`,
  'debugger.resumed': (fact, { name, quiet }) => `${name(fact.functionName)} ${quiet('goes on')}`,
  'build.started': (fact, { name, quiet }) =>
    `${name(fact.functionName)} ${quiet(`building: ${fact.changed}`)}`,
  'build.succeeded': (fact, { good, name }) =>
    `${name(fact.functionName)} ${good('built')} in ${milliseconds(fact.durationMs)}, ${builtSize(fact)}`,
  'build.settled': () => undefined,
  'code.ownWrite': (fact, { bad, name }) =>
    `${name(fact.functionName)} ${bad(`writes ${fact.file} itself`)}, where its code is: that reloads nothing; on AWS the folder is read-only`,
  'sdk.installing': (fact, { name, quiet }) =>
    `${name(fact.functionName)} ${quiet(`installing ${fact.name}`)}, which AWS's runtime has, into the cache`,
  'sdk.installed': (fact, { good, name }) =>
    `${name(fact.functionName)} ${good(`uses ${fact.name}`)}, which AWS's runtime has: installed into the cache in ${milliseconds(fact.durationMs)}`,
  'sdk.missing': (fact, { bad, name }) =>
    `${name(fact.functionName)} ${bad(`lacks ${fact.name}`)}, which AWS's runtime has, and it could not be installed (${fact.reason}): ${fact.command}`,
  'packages.missing': (fact, { bad, name }) =>
    `${name(fact.functionName)} ${bad(`lacks ${fact.names.join(', ')}`)}, which its ${fact.manifest} names: ${fact.command}`,
  'aws.refused': (fact, { bad, name }) =>
    `${name(fact.functionName)} ${bad(`tried to reach ${fact.host}`)}, which is AWS and not this loop: refused; --allow-aws lets it`,
  'build.failed'(fact, { bad, name }) {
    const meanwhile = fact.isServing
      ? 'the last good code keeps serving'
      : 'there is no code to serve until it is fixed';
    return `${name(fact.functionName)} ${bad('build failed')}, ${meanwhile}${listed(fact.errors)}`;
  },
};

function builtSize({ sizeBytes }: Extract<Fact, { kind: 'build.succeeded' }>): string {
  return sizeBytes === undefined ? 'own code alone' : `${Math.ceil(sizeBytes / 1024)} KB`;
}
