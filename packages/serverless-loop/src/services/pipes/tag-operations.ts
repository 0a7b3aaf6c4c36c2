import { AwsError } from '../../aws/errors.ts';
import { list, required, text } from '../../aws/members.ts';
import { operationsOf } from '../../aws/service.ts';
import type { KeptPipe, KeptPipes } from './kept-pipes.ts';
import { PIPE_ARN, TAGS } from './shapes.ts';

const operation = operationsOf<{ pipes: KeptPipes }>();

const TAGGED = { resourceArn: required(PIPE_ARN) } as const;

export const TAG_OPERATIONS = {
  ListTagsForResource: operation({
    route: 'GET /tags/{resourceArn}',
    input: TAGGED,
    output: { tags: TAGS },
    needs: ({ resourceArn = '*' }) => [resourceArn],
    handle: ({ resourceArn }, { pipes }) => ({ tags: { ...tagged(resourceArn, pipes).model.tags } }),
  }),
  TagResource: operation({
    route: 'POST /tags/{resourceArn}',
    input: { ...TAGGED, tags: required(TAGS) },
    output: {},
    needs: ({ resourceArn = '*' }) => [resourceArn],
    handle({ resourceArn, tags }, { pipes }) {
      const pipe = tagged(resourceArn, pipes);
      pipe.model = { ...pipe.model, tags: { ...pipe.model.tags, ...tags } };
      return {};
    },
  }),
  UntagResource: operation({
    route: 'DELETE /tags/{resourceArn}',
    input: {
      ...TAGGED,
      tagKeys: required(list(text({ min: 1, max: 128 }), { at: 'query', min: 0, max: 50 })),
    },
    output: {},
    needs: ({ resourceArn = '*' }) => [resourceArn],
    handle({ resourceArn, tagKeys }, { pipes }) {
      const pipe = tagged(resourceArn, pipes);
      const left = Object.entries(pipe.model.tags).filter(([key]) => !tagKeys.includes(key));
      pipe.model = { ...pipe.model, tags: Object.fromEntries(left) };
      return {};
    },
  }),
};

function tagged(arn: string, pipes: KeptPipes): KeptPipe {
  const pipe = pipes.find(arn.slice(arn.lastIndexOf('/') + 1));
  if (pipe?.model.arn === arn) return pipe;
  throw new AwsError('NotFoundException', `The resource ${arn} does not exist.`, { status: 404 });
}
