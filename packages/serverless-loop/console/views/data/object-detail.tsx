import { useConsole } from '../../app/context.ts';
import { ask } from '../../app/loop-api.ts';
import { useAnswer } from '../../app/use-answer.ts';
import { Code } from '../../parts/code.tsx';
import { Detail, Members, Section } from '../../parts/detail.tsx';
import { parsedJson } from '../../parts/json-field.tsx';
import { Problem, Waiting } from '../../parts/notice.tsx';
import { Time } from '../../parts/time.tsx';
import { shownText } from '../../state/words.ts';

interface ObjectAnswer {
  sizeBytes: number;
  changedAt: string;
  contentType: string;
  etag: string;
  storageClass?: string;
  versionId?: string;
  metadata: Readonly<Record<string, string>>;
  tags: Readonly<Record<string, string>>;
  text?: string;
}

/** An object of a bucket: its content where that is text, its metadata and tags. */
export function ObjectDetail({ bucket, objectKey: key }: { bucket: string; objectKey: string }) {
  const { facts } = useConsole();
  const { value, error } = useAnswer(`${bucket} ${key}`, () => ask<ObjectAnswer>('object', { bucket, key }), [
    facts.groups.objects,
  ]);
  return (
    <Detail title={shownText(key).text}>
      <Problem text={error} />
      {!value && error === undefined && <Waiting />}
      {value && (
        <>
          <div class="buttons">
            <a
              class="button"
              href={`object/content?${new URLSearchParams({ bucket, key: key.toWellFormed() })}`}
              download
            >
              Download
            </a>
          </div>
          <Members of={membersOf(value)} />
          <Named title="Metadata" values={value.metadata} />
          <Named title="Tags" values={value.tags} />
          <Section title="Content">
            <Content of={value} />
          </Section>
        </>
      )}
    </Detail>
  );
}

function membersOf({ sizeBytes, changedAt, contentType, etag, storageClass, versionId }: ObjectAnswer) {
  return [
    ['bytes', sizeBytes.toLocaleString()],
    ['type', shownText(contentType).text],
    ['changed', <Time key="changed" at={changedAt} />],
    ['ETag', <code key="etag">{shownText(etag).text}</code>],
    ...(storageClass === undefined ? [] : [['storage class', storageClass] as const]),
    ...(versionId === undefined ? [] : [['version', <code key="version">{versionId}</code>] as const]),
  ] as const;
}

function Named({ title, values }: { title: string; values: Readonly<Record<string, string>> }) {
  const all = Object.entries(values);
  if (all.length === 0) return null;
  return (
    <Section title={title}>
      <Members of={all.map(([name, value]) => [shownText(name).text, shownText(value).text] as const)} />
    </Section>
  );
}

function Content({ of: { text, sizeBytes, contentType } }: { of: ObjectAnswer }) {
  if (text === undefined) return <p class="quiet">It is no text: download it to look at it.</p>;
  if (text === '') return <p class="quiet">The object is empty.</p>;
  const read = /json/.test(contentType) ? parsedJson(text) : undefined;
  const isCut = new TextEncoder().encode(text).length < sizeBytes;
  return (
    <>
      <Code value={read && 'value' in read ? read.value : text} label="content" />
      {isCut && <p class="quiet small">These are the first 64 KB.</p>}
    </>
  );
}
