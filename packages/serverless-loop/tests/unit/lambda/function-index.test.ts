import { describe, expect, it } from 'vitest';
import { functionIndex } from '../../../src/services/lambda/function-index.ts';
import { functionModel } from './function-model.ts';

describe('a function is found', () => {
  const packer = functionModel({
    logicalId: 'Packer',
    name: 'stack-packer',
    qualifiers: [
      { name: '1', version: '1', asyncInvoke: functionModel().asyncInvoke },
      { name: 'live', version: '1', asyncInvoke: functionModel().asyncInvoke },
    ],
  });
  const find = functionIndex([packer, functionModel({ logicalId: 'Sender', name: 'stack-sender' })]);

  it.each([
    'stack-packer',
    'stack-packer:live',
    'stack-packer:1',
    'stack-packer:$LATEST',
    'Packer',
    'arn:aws:lambda:eu-west-1:123456789012:function:stack-packer',
    'arn:aws:lambda:eu-west-1:123456789012:function:stack-packer:live',
    '123456789012:function:stack-packer',
    '123456789012:function:stack-packer:live',
  ])('by %s', (nameOrArn) => {
    expect(find(nameOrArn)).toBe(packer);
  });

  it.each([
    '',
    'other',
    'stack-packer:2',
    'stack-packer:Live',
    'stack-sender:live',
    'arn:aws:lambda:eu-west-1:123456789012:function:stack-packer:beta',
    '123456789012:function:stack-packer:beta',
    '999999999999:function:stack-packer',
    'arn:aws:lambda:us-east-1:123456789012:function:stack-packer',
    'arn:aws:lambda:eu-west-1:123456789012:function:stack',
    '123456789012:function',
  ])('not by %j', (nameOrArn) => {
    expect(find(nameOrArn)).toBeUndefined();
  });
});
