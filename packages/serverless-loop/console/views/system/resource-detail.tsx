import { useConsole } from '../../app/context.ts';
import { ask } from '../../app/loop-api.ts';
import { useAnswer } from '../../app/use-answer.ts';
import { Code } from '../../parts/code.tsx';
import { Detail, Members, Section } from '../../parts/detail.tsx';
import { Problem, Waiting } from '../../parts/notice.tsx';
import { addressPart } from '../../state/address.ts';
import { kindWord, type SystemEdge, type SystemResource } from '../../state/diagram.ts';
import { shownText } from '../../state/words.ts';
import { LatestOfFunction } from './latest-of-function.tsx';
import { ResourceStateWord } from './resource-columns.tsx';

interface ResourceAnswer {
  resource: SystemResource;
  parts: readonly SystemResource[];
  declaration: string;
  properties?: object;
  edges: readonly SystemEdge[];
}

/** A resource: its properties, what goes in and out, what is not emulated of it, and what it did last. */
export function ResourceDetail({ id, resources }: { id: string; resources: readonly SystemResource[] }) {
  const { stack } = useConsole();
  const { value, error } = useAnswer(id, () => ask<ResourceAnswer>('resource', { id }), [stack]);
  const resource = value?.resource ?? resources.find(({ logicalId }) => logicalId === id);
  const missing = value?.parts.filter(({ status }) => /^(not emulated|unavailable)$/.test(status)) ?? [];
  const fn = stack?.functions.find(({ logicalId }) => logicalId === id);
  return (
    <Detail
      title={shownText(id).text}
      subtitle={
        resource && (
          <>
            <ResourceStateWord status={resource.status} /> · {kindWord(resource.type)}
          </>
        )
      }
    >
      <Problem text={error} />
      {!value && error === undefined && <Waiting />}
      <Shortcuts resource={resource} isFunction={fn !== undefined} />
      {resource?.reason !== undefined && <p class="warning said">{shownText(resource.reason).text}</p>}
      {missing.length > 0 && (
        <Section title="Not emulated of it">
          <ul class="steps">
            {missing.map(({ logicalId, reason }) => (
              <li key={logicalId}>
                {shownText(logicalId).text}
                {reason !== undefined && <p class="quiet">{shownText(reason).text}</p>}
              </li>
            ))}
          </ul>
        </Section>
      )}
      {fn && <LatestOfFunction functionName={fn.name} />}
      {value && value.edges.length > 0 && (
        <Section title="Relations">
          <ul class="steps">
            {value.edges.map(({ from, to, kind, label }) => (
              <li key={`${from} ${to} ${kind} ${label}`}>
                {shownText(from === id ? kind : `${from} ${kind} it`).text}{' '}
                {from === id && <a href={`#/system/${addressPart(to)}`}>{shownText(to).text}</a>}
                {label !== undefined && <code class="quiet"> {shownText(label).text}</code>}
              </li>
            ))}
          </ul>
        </Section>
      )}
      {resource && (
        <Section title="Names">
          <Members
            of={[
              ['physical id', <code key="id">{shownText(resource.physicalId).text}</code>],
              ...(resource.line === undefined ? [] : [['line of the template', resource.line] as const]),
              ...(resource.madeFrom === undefined ? [] : [['made from', resource.madeFrom] as const]),
            ]}
          />
        </Section>
      )}
      {value?.properties && (
        <Section title="Properties">
          <Code value={value.properties} label="properties" />
        </Section>
      )}
      {value && value.declaration !== '' && (
        <Section title="In the template">
          <Code value={value.declaration} label="lines of the template" />
        </Section>
      )}
    </Detail>
  );
}

/** The places where more is to be seen of a resource, or done to it. */
function Shortcuts({ resource, isFunction }: { resource: SystemResource | undefined; isFunction: boolean }) {
  if (!resource) return null;
  const { logicalId, type, name, physicalId } = resource;
  const own = addressPart(name ?? physicalId);
  const links: (readonly [href: string, words: string])[] = [];
  if (isFunction) {
    links.push([`#/do/invoke/${addressPart(logicalId)}`, 'Invoke']);
    links.push([`#/traces?${new URLSearchParams({ q: `function:${logicalId}` })}`, 'Its requests']);
    links.push([`#/logs?${new URLSearchParams({ q: `function:${logicalId}` })}`, 'Its logs']);
  }
  if (/Table$/.test(type)) links.push([`#/data/tables/${own}`, 'Items']);
  if (/SQS::Queue$/.test(type)) links.push([`#/data/queues/${own}`, 'Messages']);
  if (/Bucket$/.test(type)) links.push([`#/data/buckets/${own}`, 'Objects']);
  if (/EventBus$|Events::Rule$/.test(type)) links.push(['#/events', 'Events']);
  if (/Topic$/.test(type)) links.push(['#/data/topics', 'Subscriptions']);
  if (links.length === 0) return null;
  return (
    <div class="buttons">
      {links.map(([href, words]) => (
        <a class="button" key={href} href={href}>
          {words}
        </a>
      ))}
    </div>
  );
}
