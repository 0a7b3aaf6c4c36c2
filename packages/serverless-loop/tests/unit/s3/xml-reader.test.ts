import { expect, test } from 'vitest';
import { childrenOf, childText, readXml } from '../../../src/aws/xml-reader.ts';

test('elements, text, entities, comments and prefixes are read', () => {
  const document = readXml(
    '\uFEFF<?xml version="1.0"?>\n<!-- to go --><s:Delete xmlns:s="x" a=\'1\'><Object><Key>a &amp; &#x1F968;&#98; <![CDATA[<c>]]></Key></Object><Quiet/></s:Delete>\n',
  );
  expect(document.name).toBe('Delete');
  expect(childrenOf(document, 'Object').map((object) => childText(object, 'Key'))).toEqual(['a & 🥨b <c>']);
  expect(childText(document, 'Quiet')).toBe('');
  expect(childText(document, 'None')).toBeUndefined();
});

test.each([
  '',
  'text',
  '<a>',
  '</a>',
  '<a></b>',
  '<a/><b/>',
  '<a>&nbsp;</a>',
  '<a>&</a>',
  '<a>&#0;</a>',
  '<a>&#x110000;</a>',
  '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
  '<a'.repeat(10),
  '<a>'.repeat(100),
  '<a b="<"></a>',
])('%j is no document', (source) => {
  expect(() => readXml(source)).toThrow(expect.objectContaining({ code: 'MalformedXML' }));
});

test('a long document is read in no time to speak of', () => {
  const objects = '<Object><Key>k</Key></Object>'.repeat(100_000);
  expect(readXml(`<Delete>${objects}</Delete>`).children).toHaveLength(100_000);
  expect(() => readXml(`<Delete>${'<!'.repeat(100_000)}`)).toThrow();
  expect(() => readXml(`<a ${'b '.repeat(100_000)}`)).toThrow();
});
